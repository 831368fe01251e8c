internal import MonotoneProbability

/// How the second policy of a pair relates to the first.
public enum PolicyStep: Sendable, Equatable {
  /// Any of the following, and tiny steps, single states, dropped and regained actions, no step.
  case any
  /// Drawn without regard to the first.
  case independent
  /// max_s TV(s) = p/q: in each state the likeliest action gives up this much to another. Less where
  /// the likeliest has less, and nothing where there is no other action.
  case totalVariation(numerator: Int, denominator: Int)
  /// (1 − p/q) π + p/q π' for a random π'.
  case mixture(numerator: Int, denominator: Int)
}

/// Draws policies for the drafts of models.
struct PolicyDrawing {
  var stream: RandomStream

  /// A policy of a draft: a row of weights a live state.
  mutating func policy(_ draft: ModelDraft) -> [Int: Weights] {
    let style = stream.integer(below: 6)
    var rows: [Int: Weights] = [:]
    for state in draft.liveStates { rows[state] = row(style, draft.states[state].pairs.count) }
    return rows
  }

  private mutating func row(_ style: Int, _ count: Int) -> Weights {
    switch style {
    case 0: .uniform(count)
    case 1: .point(stream.integer(below: count), of: count)
    case 2: sparse(count)
    case 3: nearlyDeterministic(count)
    default: Weights((0..<count).map { _ in 1 + stream.integer(below: 9) })
    }
  }

  /// A second policy.
  mutating func candidate(
    from current: [Int: Weights], _ draft: ModelDraft, step: PolicyStep
  ) -> [Int: Weights] {
    switch step {
    case .independent: return policy(draft)
    case .mixture(let numerator, let denominator):
      return mixed(current, draft, by: Fraction(numerator, over: denominator))
    case .totalVariation(let numerator, let denominator):
      return shifted(current, by: Fraction(numerator, over: denominator))
    case .any: break
    }
    switch stream.integer(below: 12) {
    case 0...3: return policy(draft)
    case 4: return mixed(current, draft, by: Fraction(1, over: 2))
    case 5: return mixed(current, draft, by: Fraction(1, over: 10))
    case 6: return mixed(current, draft, by: Fraction(1, over: 1000))
    case 7: return shifted(current, by: Fraction(1, over: 100))
    case 8: return inOneState(current, policy(draft))
    case 9: return withoutOneAction(current)
    case 10: return mixed(current, draft, by: Fraction(1, over: 1_000_000))
    default: return stream.integer(below: 3) == 0 ? current : policy(draft)
    }
  }

  private mutating func sparse(_ count: Int) -> Weights {
    let taken = Set(stream.subset(of: count, count: 1 + stream.integer(below: count)))
    return Weights((0..<count).map { taken.contains($0) ? 1 + stream.integer(below: 9) : 0 })
  }

  private mutating func nearlyDeterministic(_ count: Int) -> Weights {
    let favourite = stream.integer(below: count)
    return Weights((0..<count).map { $0 == favourite ? 999 : 1 })
  }

  private mutating func mixed(
    _ current: [Int: Weights], _ draft: ModelDraft, by weight: Fraction
  ) -> [Int: Weights] {
    let target = policy(draft)
    return current.merging(target) { $0.mixed(with: $1, weight: weight) }
  }

  private mutating func shifted(_ current: [Int: Weights], by distance: Fraction) -> [Int: Weights]
  {
    var shifted = current
    for state in current.keys.sorted() {
      guard let row = current[state], row.count > 1 else { continue }
      let scale = distance.denominator
      var weights = row.values.map { $0 * scale }
      let favourite = weights.indices.max { weights[$0] < weights[$1] } ?? 0
      let amount = min(distance.numerator * row.total, weights[favourite])
      let other = (favourite + 1 + stream.integer(below: row.count - 1)) % row.count
      weights[favourite] -= amount
      weights[other] += amount
      shifted[state] = Weights(weights)
    }
    return shifted
  }

  private mutating func inOneState(
    _ current: [Int: Weights], _ other: [Int: Weights]
  ) -> [Int: Weights] {
    let states = current.keys.sorted()
    let state = states[stream.integer(below: states.count)]
    var result = current
    result[state] = other[state]
    return result
  }

  private mutating func withoutOneAction(_ current: [Int: Weights]) -> [Int: Weights] {
    var result = current
    for state in current.keys.sorted() {
      guard let row = current[state], row.support.count > 1 else { continue }
      var weights = row.values
      weights[row.support[stream.integer(below: row.support.count)]] = 0
      result[state] = Weights(weights)
    }
    return result
  }
}

extension ModelDraft {
  /// With one policy more.
  func adding(_ policy: [Int: Weights]) -> ModelDraft {
    var draft = self
    for (state, row) in policy { draft.states[state].policies.append(row) }
    return draft
  }

  /// The policy of an index by live state.
  func rows(_ policy: Int) -> [Int: Weights] {
    Dictionary(uniqueKeysWithValues: liveStates.map { ($0, states[$0].policies[policy]) })
  }
}

public import MonotoneProbability

extension UpdateInput {
  /// A nearby input: one number of it changed, or one row.
  ///
  /// For local searches. The input is unchanged where its numbers are too long to work on.
  ///
  /// - Parameters:
  ///   - size: How large a change, 1 for anything.
  ///   - stream: Where the change is drawn from.
  public func neighbour(size: Double, using stream: inout RandomStream) -> UpdateInput {
    do throws(NotSmall) {
      var draft = try ModelDraft(mdp, [current, candidate])
      let changes = 1 + stream.integer(below: 3)
      for _ in 0..<changes { draft.perturb(size: size, using: &stream) }
      return UpdateInput(draft: draft)
    } catch {
      return self
    }
  }
}

extension ModelDraft {
  /// Changes one number or one row.
  mutating func perturb(size: Double, using stream: inout RandomStream) {
    let live = liveStates
    let state = live[stream.integer(below: live.count)]
    let pair = stream.integer(below: states[state].pairs.count)
    switch stream.integer(below: 12) {
    case 0: discount = Self.discount(discount, size, &stream)
    case 1: initial = initial.perturbed(size, &stream)
    case 2, 3:
      states[state].pairs[pair].next = states[state].pairs[pair].next.perturbed(size, &stream)
    case 4, 5, 6:
      states[state].pairs[pair].reward = Self.reward(
        states[state].pairs[pair].reward, size, &stream)
    case 7, 8, 9:
      let policy = stream.integer(below: policyCount)
      states[state].policies[policy] = states[state].policies[policy].perturbed(size, &stream)
    case 10:
      // The same row everywhere, where that fits.
      let policy = stream.integer(below: policyCount)
      let row = states[state].policies[policy]
      for other in live where states[other].policies[policy].count == row.count {
        states[other].policies[policy] = row
      }
    default:
      // The whole step shorter or longer.
      guard policyCount == 2 else { return }
      let share = Fraction(1 + stream.integer(below: 99), over: 100)
      for other in live {
        let (before, after) = (states[other].policies[0], states[other].policies[1])
        states[other].policies[1] =
          before.mixed(with: after, weight: share).coarsened(to: 1_000_000)
      }
    }
  }

  private static func discount(
    _ discount: Fraction, _ size: Double, _ stream: inout RandomStream
  ) -> Fraction {
    let distance = (1 - discount.value) * factor(size, &stream)
    let resolution = 100_000
    let parts = Int(clamping: (distance * Double(resolution)).rounded())
    return Fraction(resolution - min(max(parts, 1), resolution), over: resolution)
  }

  private static func reward(
    _ reward: Fraction, _ size: Double, _ stream: inout RandomStream
  ) -> Fraction {
    switch stream.integer(below: 8) {
    case 0: return .zero
    case 1: return Fraction(-reward.numerator, over: reward.denominator)
    case 2: return Fraction(1 - 2 * stream.integer(below: 2))
    default:
      let value = reward.value + size * (2 * stream.uniform() - 1) * max(1, abs(reward.value))
      return Fraction(Int(clamping: (value * 1000).rounded()), over: 1000)
    }
  }

  /// A factor around 1, from 1/8 to 8 for a size of 1.
  static func factor(_ size: Double, _ stream: inout RandomStream) -> Double {
    var factor = 1.0
    let range = 2 * size * (2 * stream.uniform() - 1)
    // e^range by its first terms: any increasing positive function serves.
    factor += range + range * range / 2 + range * range * range / 6
    return max(factor, 0.1)
  }
}

extension Weights {
  /// Near these weights: one of them larger or smaller, gone, or all that is left.
  func perturbed(_ size: Double, _ stream: inout RandomStream) -> Weights {
    guard count > 1 else { return self }
    let outcome = stream.integer(below: count)
    switch stream.integer(below: 10) {
    case 0: return .point(outcome, of: count)
    case 1:
      var rest = values
      rest[outcome] = 0
      return Weights(rest)
    case 2:
      var exchanged = values
      exchanged.swapAt(outcome, stream.integer(below: count))
      return Weights(exchanged)
    default:
      let resolution = 100_000.0
      let scale = resolution / Double(total)
      var scaled = values.map { Int(clamping: (Double($0) * scale).rounded()) }
      let factor = ModelDraft.factor(size, &stream)
      scaled[outcome] = max(
        Int(clamping: (Double(scaled[outcome]) * factor).rounded()),
        Int(clamping: size * 100) * stream.integer(below: 2))
      return Weights(scaled)
    }
  }

  /// These weights with a total near `parts` at most, none of the positive ones gone.
  func coarsened(to parts: Int) -> Weights {
    let total = total
    guard total > parts else { return self }
    return Weights(
      values.map {
        $0 == 0 ? 0 : max(1, Int(clamping: (Double($0) * Double(parts) / Double(total)).rounded()))
      })
  }
}

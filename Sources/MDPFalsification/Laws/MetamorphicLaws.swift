internal import MonotoneArithmetic

/// Laws that tie the results on a model to the results on a changed one, exactly.
enum MetamorphicLaws {
  static let all: [NamedProperty] = [
    .metamorphic(
      "state-renaming", "the order of the states changes nothing",
      change: { model in
        var changed = model
        changed.initial.reverse()
        changed.update { $1.next.reverse() }
        changed.pairs.reverse()
        return changed
      }),
    .metamorphic(
      "action-renaming", "the order of the actions changes nothing",
      change: { model in
        var changed = model
        for state in changed.pairs.indices { changed.pairs[state].reverse() }
        return changed
      }),
    .metamorphic(
      "reward-scale", "rewards times −7/3 make returns −7/3, penalties 7/3 times as large",
      change: { model in
        var changed = model
        changed.update { $1.reward = $1.reward * scale }
        return changed
      },
      relation: { before, _ in
        before.changing(UpdateNumbers.returns + [.policyAdvantage]) { scale * $0 }
          .changing([.maxAdvantage, .maxExpectedAdvantage, .penaltyCoefficient]) {
            scale.magnitude * $0
          }
      }),
    .metamorphic(
      "reward-shift", "a bonus of 5 a step adds 5/(1−γ) to returns and nothing to advantages",
      change: { model in
        guard !model.hasTerminals else { return nil }
        var changed = model
        changed.update { $1.reward += Rational(5) }
        return changed
      },
      relation: { before, model in
        let gain = Rational(5) / (Rational(1) - model.discount)
        return before.changing(UpdateNumbers.returns) { $0 + gain }
      }),
    .metamorphic(
      "potential-shaping", "γΦ(s') − Φ(s) added to rewards takes Φ(s₀) from returns, nothing else",
      change: { model in
        var changed = model
        let potential = potential(model)
        changed.update { state, pair in
          pair.reward +=
            model.discount * NaiveOracle.dot(pair.next, potential) - potential[state]
        }
        return changed
      },
      relation: { before, model in
        let start = NaiveOracle.dot(model.initial, potential(model))
        return before.changing(UpdateNumbers.returns) { $0 - start }
      }),
    .metamorphic(
      "action-twin", "an action given twice, its probability shared, changes nothing",
      change: { model in
        var changed = model
        for state in changed.pairs.indices where !changed.pairs[state].isEmpty {
          let half = Rational(numerator: 1, denominator: 2)
          changed.pairs[state][0].current = half * changed.pairs[state][0].current
          changed.pairs[state][0].candidate = half * changed.pairs[state][0].candidate
          changed.pairs[state].append(changed.pairs[state][0])
        }
        return changed
      }),
    .metamorphic(
      "state-twin", "a state split in two, its visitors shared, changes nothing",
      change: { model in
        var changed = model
        let (last, third) = (model.stateCount - 1, Rational(numerator: 1, denominator: 3))
        changed.addState(changed.pairs[last])
        changed.pairs[last + 1] = changed.pairs[last]
        changed.initial[last + 1] = third * changed.initial[last]
        changed.initial[last] = changed.initial[last] - changed.initial[last + 1]
        changed.update { _, pair in
          pair.next[last + 1] = third * pair.next[last]
          pair.next[last] = pair.next[last] - pair.next[last + 1]
        }
        return changed
      }),
    .metamorphic(
      "unreachable-state", "a state that nothing leads to changes nothing",
      change: { model in
        var changed = model
        changed.addState([])
        var next = [Rational](repeating: .zero, count: model.stateCount + 1)
        next[0] = .one
        changed.pairs[model.stateCount] = [
          .init(next: next, reward: Rational(9), current: .one, candidate: .one)
        ]
        return changed
      }),
    .metamorphic(
      "terminal-loop", "a terminal state is a state with one action, a self-loop without reward",
      change: { model in
        guard model.hasTerminals else { return nil }
        var changed = model
        for state in changed.pairs.indices where changed.pairs[state].isEmpty {
          var next = [Rational](repeating: .zero, count: model.stateCount)
          next[state] = .one
          changed.pairs[state] = [.init(next: next, reward: .zero, current: .one, candidate: .one)]
        }
        return changed
      }),
  ]

  private static let scale = Rational(numerator: -7, denominator: 3)

  /// A potential that differs from state to state; 0 at terminal states.
  private static func potential(_ model: PlainModel) -> [Rational] {
    model.pairs.indices.map { model.pairs[$0].isEmpty ? .zero : Rational(3 * $0 - 4) }
  }
}

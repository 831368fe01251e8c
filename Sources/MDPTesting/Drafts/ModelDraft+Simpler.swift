// What shrinking tries, the greatest simplifications first. Every candidate is valid and strictly
// less complex, so that shrinking ends.

extension ModelDraft {
  /// Simpler drafts: fewer states, actions, policies and transitions, then rounder numbers, then
  /// policies that are nearer to uniform and to each other.
  func simpler() -> [ModelDraft] {
    var candidates: [ModelDraft] = []
    withoutStates(&candidates)
    withoutActions(&candidates)
    withoutPolicies(&candidates)
    simplerTransitions(&candidates)
    rounderNumbers(&candidates)
    simplerPolicies(&candidates)
    let complexity = complexity
    return candidates.filter { $0.complexity < complexity }
  }

  private func changed(_ change: (inout ModelDraft) -> Void) -> ModelDraft {
    var draft = self
    change(&draft)
    return draft
  }

  private func withoutStates(_ candidates: inout [ModelDraft]) {
    for state in states.indices.reversed() where states.count > 1 {
      let rest = states.indices.filter { $0 != state }
      guard rest.contains(where: { !states[$0].isTerminal }) else { continue }
      // Its visitors stay where they came from, or are sent to another state.
      candidates.append(removing(state, to: nil))
      candidates += rest.map { removing(state, to: $0) }
    }
    for state in liveStates where liveStates.count > 1 {
      candidates.append(changed { $0.states[state] = StateDraft() })
    }
  }

  private func removing(_ state: Int, to target: Int?) -> ModelDraft {
    changed { draft in
      draft.states.remove(at: state)
      let heir = target.map { $0 > state ? $0 - 1 : $0 }
      draft.initial = initial.removing(state, to: target)
      for other in draft.states.indices {
        for pair in draft.states[other].pairs.indices {
          let original = draft.states[other].pairs[pair]
          let origin = other >= state ? other + 1 : other
          draft.states[other].pairs[pair].next = original.next.removing(
            state, to: target, fallback: heir == nil ? origin : 0)
          if !original.nextRewards.isEmpty {
            draft.states[other].pairs[pair].nextRewards.remove(at: state)
          }
        }
      }
    }
  }

  private func withoutActions(_ candidates: inout [ModelDraft]) {
    for action in Set(states.flatMap { $0.pairs.map(\.action) }).sorted(by: >) {
      let without = changed { draft in
        for state in draft.states.indices where draft.states[state].pairs.count > 1 {
          draft.states[state].remove { $0.action == action }
        }
      }
      candidates.append(without)
    }
    for state in states.indices where states[state].pairs.count > 1 {
      for pair in states[state].pairs.indices.reversed() {
        let action = states[state].pairs[pair].action
        candidates.append(changed { $0.states[state].remove { $0.action == action } })
      }
    }
    for state in states.indices {
      candidates.append(
        changed { draft in
          for pair in draft.states[state].pairs.indices {
            draft.states[state].pairs[pair].action = pair
          }
        })
    }
  }

  private func withoutPolicies(_ candidates: inout [ModelDraft]) {
    guard policyCount > policyMinimum else { return }
    for policy in 0..<policyCount {
      candidates.append(
        changed { draft in
          for state in draft.liveStates { draft.states[state].policies.remove(at: policy) }
        })
    }
  }

  private func simplerTransitions(_ candidates: inout [ModelDraft]) {
    candidates += initial.simpler().map { row in changed { $0.initial = row } }
    for state in states.indices {
      for pair in states[state].pairs.indices {
        for row in states[state].pairs[pair].next.simpler() {
          candidates.append(changed { $0.states[state].pairs[pair].next = row })
        }
      }
    }
  }

  private func rounderNumbers(_ candidates: inout [ModelDraft]) {
    candidates += scaling.simpler().map { scaling in changed { $0.scaling = scaling } }
    candidates += ([Fraction(1, over: 2)] + discount.rounder(from: .zero, below: Fraction(1))).map {
      discount in changed { $0.discount = discount }
    }
    candidates.append(
      changed { draft in
        for state in draft.states.indices {
          for pair in draft.states[state].pairs.indices {
            draft.states[state].pairs[pair].nextRewards = []
          }
        }
      })
    for state in states.indices {
      for pair in states[state].pairs.indices {
        for reward in states[state].pairs[pair].reward.rounder() {
          candidates.append(changed { $0.states[state].pairs[pair].reward = reward })
        }
        for (next, reward) in states[state].pairs[pair].nextRewards.enumerated() {
          for rounder in reward.rounder() {
            candidates.append(
              changed { $0.states[state].pairs[pair].nextRewards[next] = rounder })
          }
        }
        if !states[state].pairs[pair].nextRewards.isEmpty {
          candidates.append(changed { $0.states[state].pairs[pair].nextRewards = [] })
        }
      }
    }
  }

  private func simplerPolicies(_ candidates: inout [ModelDraft]) {
    for policy in 0..<policyCount {
      candidates.append(
        changed { draft in
          for state in draft.liveStates {
            draft.states[state].policies[policy] = .uniform(draft.states[state].pairs.count)
          }
        })
    }
    for state in liveStates {
      for (policy, row) in states[state].policies.enumerated() {
        var rows = [Weights.uniform(row.count)]
        if policy > 0 { rows.append(states[state].policies[policy - 1]) }
        if policy + 1 < policyCount { rows.append(states[state].policies[policy + 1]) }
        for simpler in rows + row.simpler() {
          candidates.append(changed { $0.states[state].policies[policy] = simpler })
        }
      }
    }
  }
}

extension ModelDraft.StateDraft {
  /// Takes out the pairs that a condition names.
  mutating func remove(where isRemoved: (ModelDraft.PairDraft) -> Bool) {
    for pair in pairs.indices.reversed() where isRemoved(pairs[pair]) {
      pairs.remove(at: pair)
      policies = policies.map { $0.removing(pair) }
    }
  }
}

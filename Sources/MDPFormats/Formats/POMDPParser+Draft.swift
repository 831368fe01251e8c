internal import MonotoneArithmetic
internal import MDPCore

/// The model that the entries make together.
extension POMDPParser {
  /// The observation of each state, where states have different ones; nil, and perhaps a fault, where not.
  mutating func stateOfObservation() -> [Int]? {
    guard let observations else { return nil }
    guard isReady(input.count) else { return nil }
    var seen = Array(repeating: -1, count: states.count)
    var taken = Array(repeating: -1, count: observations.count)
    for action in 0..<actions.count {
      for state in 0..<states.count {
        let row = observed[action * states.count + state].filter { !$0.value.isZero }
        guard row.count == 1, let entry = row.first, entry.value == ExactNumber(1),
          seen[state] < 0 || seen[state] == entry.key,
          taken[entry.key] < 0 || taken[entry.key] == state
        else {
          log.add(
            .value, at: 0, path: "O",
            "state \(states.list?[state] ?? "\(state)") has not one observation of its own: the model is "
              + "only partially observed, and cannot be read as an MDP")
          return nil
        }
        seen[state] = entry.key
        taken[entry.key] = state
      }
    }
    return seen
  }

  mutating func draft(_ seen: [Int]?) -> ModelDraft {
    var draft = ModelDraft(stateCount: states.count, log: log, configuration)
    draft.decimals = numbers.decimals
    draft.marked = markedStates()
    guard isReady(input.count) else { return draft }
    for state in 0..<states.count {
      for action in 0..<actions.count {
        let path = "state \(state), action \(action)"
        // Looking through the rewards costs something for each pair, too.
        guard spend(rewards.count / 8, "R") else { return draft }
        let row = transitions[action * states.count + state].sorted { $0.key < $1.key }
        var paid = Array(repeating: ExactNumber(0), count: row.count)
        for reward in rewards
        where (reward.action ?? action) == action && (reward.state ?? state) == state {
          guard spend(row.count, "R") else { return draft }
          for (index, entry) in row.enumerated() where (reward.target ?? entry.key) == entry.key {
            if let wanted = reward.observation, let seen, seen[entry.key] != wanted { continue }
            paid[index] = isCost ? ExactNumber(-reward.value.rational) : reward.value
          }
        }
        for (entry, reward) in zip(row, paid) {
          draft.add(
            to: entry.key, probability: entry.value, reward: reward, at: 0, path: path)
        }
        draft.endChoice(
          .init(state: Int32(state), number: Int32(action), label: Int32(action), offset: 0))
      }
    }
    draft.shareRewards()
    return draft
  }

  /// The states that a comment of ours marks as terminal; nil where there is none.
  private func markedStates() -> [Bool]? {
    guard let words = tokens.terminalStates else { return nil }
    var isTerminal = Array(repeating: false, count: states.count)
    for word in words {
      if let state = word.wholeNumber, state < states.count {
        isTerminal[state] = true
      } else {
        log.add(
          .value, at: word.start, path: "terminal states",
          "found \(word.excerpt); expected the number of a state, from 0 to \(states.count - 1)")
      }
    }
    return isTerminal
  }
}

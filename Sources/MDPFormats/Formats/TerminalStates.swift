internal import MonotoneArithmetic
internal import MonotoneFiles

/// Finds the terminal states of a draft.
struct TerminalStates {
  let draft: ModelDraft
  let order: ModelDraft.Order

  /// Whether each state is terminal by a rule; states that the rule does not allow are faults.
  func states(by rule: TerminalRule) -> [Bool] {
    let count = draft.stateCount
    var isTerminal = Array(repeating: false, count: count)
    switch rule {
    case .marked:
      guard let marked = draft.marked else {
        draft.log.add(.schema, at: 0, path: "--terminal", ModelFault.unmarked)
        return isTerminal
      }
      isTerminal = marked
    case .absorbing:
      for state in 0..<count where isAbsorbing(state) { isTerminal[state] = true }
      // What a file marks and says nothing more of ends an episode under any rule but none.
      if draft.ignoresMarkedChoices, let marked = draft.marked {
        for state in 0..<count where marked[state] { isTerminal[state] = true }
      }
    case .none: break
    }
    for state in 0..<count { require(state, isTerminal[state], rule) }
    return isTerminal
  }

  /// Whether a state does nothing but return to itself, for nothing.
  private func isAbsorbing(_ state: Int) -> Bool {
    draft.stateRewards.value(at: state).isZero
      && order.choices(of: state).allSatisfy { choice in
        let range = draft.entries(ofChoice: choice)
        return range.count == 1 && draft.entries.index[range.lowerBound] == Int32(state)
          && draft.entryRewards.value(at: range.lowerBound).isZero
          && draft.choiceRewards.value(at: choice).isZero
      }
  }

  private func require(_ state: Int, _ isTerminal: Bool, _ rule: TerminalRule) {
    let choices = order.choices(of: state)
    let offset = choices.first.map { draft.choices[$0].offset } ?? 0
    if isTerminal {
      guard !draft.ignoresMarkedChoices, !isAbsorbing(state) else { return }
      draft.log.add(
        .value, at: offset, path: "state \(state)", ModelFault.leavesTerminal)
    } else if choices.isEmpty {
      draft.log.add(
        .value, at: offset, path: "state \(state)", ModelFault.noChoice(under: rule))
    }
  }
}

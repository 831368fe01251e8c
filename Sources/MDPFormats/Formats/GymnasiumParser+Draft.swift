internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// The choices of the table, and the states where episodes end.
extension GymnasiumParser {
  /// The choices, with the states where episodes end.
  func draft(startingIn initial: ModelDraft.Initial) -> ModelDraft {
    let ends = configuration.terminal == TerminalRule.none ? nil : endings(startingIn: initial)
    let isMixed = ends?.isMixed ?? false
    var draft = ModelDraft(stateCount: stateCount + (isMixed ? 1 : 0), log: log, configuration)
    draft.marked = ends.map { $0.marked + (isMixed ? [true] : []) }
    draft.ignoresMarkedChoices = true
    draft.decimals = decimals
    for row in rows {
      if draft.marked?[row.state] == true { continue }
      let path = "P[\(row.state)][\(row.action)]"
      for outcome in outcomes[row.outcomes] {
        draft.add(
          to: isMixed && outcome.isTerminated ? stateCount : outcome.target,
          probability: outcome.probability, reward: outcome.reward, at: outcome.offset, path: path)
      }
      draft.endChoice(
        ModelDraft.Choice(
          state: Int32(row.state), number: Int32(row.action), label: -1, offset: row.offset))
    }
    draft.shareRewards()
    return draft
  }

  /// The states that terminated transitions enter, and whether an episode is ever in one, and goes on.
  private func endings(startingIn initial: ModelDraft.Initial) -> (marked: [Bool], isMixed: Bool) {
    var marked = Array(repeating: false, count: stateCount)
    for outcome in outcomes
    where outcome.isTerminated && outcome.target < stateCount && !outcome.probability.isZero {
      marked[outcome.target] = true
    }
    var seen = Array(repeating: false, count: stateCount)
    var open: [Int] = [0]
    if case .distribution(let entries, _) = initial { open = entries.map(\.state) }
    for state in open { seen[state] = true }
    var rowsOfState: [[Int]] = Array(repeating: [], count: stateCount)
    for (index, row) in rows.enumerated() { rowsOfState[row.state].append(index) }
    while let state = open.popLast() {
      for row in rowsOfState[state] {
        for outcome in outcomes[rows[row].outcomes]
        where !outcome.isTerminated && outcome.target < stateCount && !outcome.probability.isZero
          && !seen[outcome.target]
        {
          seen[outcome.target] = true
          open.append(outcome.target)
        }
      }
    }
    let isMixed = marked.indices.contains {
      marked[$0] && seen[$0] && !rowsOfState[$0].allSatisfy(isOver)
    }
    return (isMixed ? Array(repeating: false, count: stateCount) : marked, isMixed)
  }

  /// Whether a row ends the episode where it is, for nothing, as the rows of Gymnasium's terminal states do.
  private func isOver(row index: Int) -> Bool {
    let row = rows[index]
    return outcomes[row.outcomes].allSatisfy {
      $0.probability.isZero
        || $0.isTerminated && $0.target == row.state && $0.reward.isZero
    }
  }
}

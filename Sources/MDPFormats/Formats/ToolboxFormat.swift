internal import MDPCore
internal import MonotoneFiles

/// The arrays that pymdptoolbox takes, `P` (A, S, S), `R` (S, A) and `discount`, as `.npz`.
///
/// Every state offers every action; a terminal state leads back to itself for nothing.
struct ToolboxFormat: NPZLayout {
  let name = "pymdptoolbox"
  let noun = "pymdptoolbox's form"

  /// Rewards are written as their expectation.
  func write(
    _ document: MDPDocument, _ writing: ModelWriting
  ) throws(ModelNotHeld) -> [ModelFile] {
    let file = try NPZModelArrays.file(document, writing, change: \.withExpectedRewards) {
      arrays throws(ModelNotHeld) in
      let document = arrays.document
      let space = document.space
      let (states, actions) = (space.stateCount, space.actions.count)
      var table = try DenseTable(rows: actions * states, columns: states, noun)
      var rewards = [Double](repeating: 0, count: states * actions)
      for state in 0..<states {
        for action in 0..<actions {
          let row = action * states + state
          guard !space.isTerminal[state] else {
            table[row, state] = 1
            continue
          }
          let pair = try space.pair(state, action, in: noun)
          table.set(row, document.transitions, pair)
          rewards[state * actions + action] = document.actionRewards[pair].approximation
        }
      }
      arrays.add("P", NPYBytes.doubles(table.values, shape: [actions, states, states]))
      arrays.add("R", NPYBytes.doubles(rewards, shape: [states, actions]))
    }
    return [file]
  }
}

internal import MDPCore
internal import MonotoneFiles

/// The arrays that QuantEcon's `DiscreteDP` takes, by pairs of a state and an action, as `.npz`: `R` (L),
/// `Q` (L, S), `beta`, `s_indices` and `a_indices`.
///
/// A terminal state has one action, which leads back to it for nothing.
struct QuantEconFormat: NPZLayout {
  let name = "quantecon"
  let noun = "QuantEcon's form"

  /// Rewards are written as their expectation.
  func write(
    _ document: MDPDocument, _ writing: ModelWriting
  ) throws(ModelNotHeld) -> [ModelFile] {
    let file = try NPZModelArrays.file(document, writing, change: \.withExpectedRewards) {
      arrays throws(ModelNotHeld) in
      let document = arrays.document
      let space = document.space
      let rows = space.pairCount + space.isTerminal.count { $0 }
      var table = try DenseTable(rows: rows, columns: space.stateCount, noun)
      var stateOf: [Int] = []
      var actionOf: [Int] = []
      var rewards: [Double] = []
      for state in space.states.indices {
        if space.isTerminal[state] {
          table[stateOf.count, state] = 1
          stateOf.append(state)
          actionOf.append(0)
          rewards.append(0)
        }
        for pair in space.pairs(of: state) {
          table.set(stateOf.count, document.transitions, pair)
          stateOf.append(state)
          actionOf.append(Int(space.pairAction[pair]))
          rewards.append(document.actionRewards[pair].approximation)
        }
      }
      arrays.add("s_indices", NPYBytes.integers(stateOf))
      arrays.add("a_indices", NPYBytes.integers(actionOf))
      arrays.add("R", NPYBytes.doubles(rewards, shape: [rows]))
      arrays.add("Q", NPYBytes.doubles(table.values, shape: [rows, space.stateCount]))
      arrays.add("beta", NPYBytes.doubles([document.discount.approximation], shape: []))
    }
    return [file]
  }
}

internal import MDPCore
internal import MonotoneFiles

extension NPZFormat: WritableModelFormat {
  package var beginnings: [String] { ["PK\u{3}\u{4}"] }

  func write(
    _ document: MDPDocument, _ writing: ModelWriting
  ) throws(ModelNotHeld) -> [ModelFile] {
    let file = try NPZModelArrays.file(document, writing) { arrays throws(ModelNotHeld) in
      let document = arrays.document
      arrays.add("pair_start", NPYBytes.integers(document.space.pairStart))
      arrays.add("pair_action", NPYBytes.integers(document.space.pairAction))
      arrays.add("row_start", NPYBytes.integers(document.transitions.rowStart))
      arrays.add("next_state", NPYBytes.integers(document.transitions.nextState))
      arrays.add("probability", document.transitions.probability)
      arrays.add("reward", document.actionRewards)
      arrays.add("state_reward", document.stateRewards)
      arrays.add("next_state_reward", document.transitionRewards)
    }
    return [file]
  }
}

internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

extension UMBFormat: WritableModelFormat {
  package var beginnings: [String] { ["index.json", "\u{1F}\u{8B}", "\u{FD}7zXZ"] }

  /// Rewards keep their forms. A terminal state gets the label `terminal` and one choice that leads back to it.
  /// Facts that the format has no place for (γ, names of states, unequal initial probabilities, features)
  /// stand under `file-data.parameters`.
  func write(
    _ document: MDPDocument, _ writing: ModelWriting
  ) throws(ModelNotHeld) -> [ModelFile] {
    let bytes = try UMBWriter(document.dividedBySums, writing).archive()
    return [ModelFile(ending: "umb", bytes: writing.compression.compress(bytes))]
  }
}

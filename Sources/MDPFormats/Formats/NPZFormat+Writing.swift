internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

extension NPZFormat: WritableModelFormat {
  package var beginnings: [String] { ["PK\u{3}\u{4}"] }

  /// Numbers are float64. With `exact` the file names the reading that gives every number back, and a model
  /// for which there is none is refused.
  func write(
    _ document: MDPDocument, _ writing: ModelWriting
  ) throws(ModelNotHeld) -> [ModelFile] {
    guard writing.numbers == .exact else {
      return [try Self.file(document.withinTolerance, decimals: nil)]
    }
    for model in [document.withinTolerance, document.dividedBySums] {
      for decimals in [DecimalReading.exact, .shortest, .simplest]
      where (decimals != .simplest || model.transitions.rowSum.isEmpty)
        && Self.isHeld(model, by: decimals)
      {
        return [try Self.file(model, decimals: decimals)]
      }
    }
    throw ModelNotHeld(
      message: "float64 holds its numbers neither exactly nor as shortest decimals nor as simplest "
        + "fractions; round them with --numbers float64, or use umb")
  }

  private static func isHeld(_ document: MDPDocument, by decimals: DecimalReading) -> Bool {
    let columns = [
      document.initial, document.transitions.probability, document.stateRewards,
      document.actionRewards, document.transitionRewards,
      ExactNumberArray(document.features.joined()),
    ]
    return columns.allSatisfy { numbers in
      numbers.allSatisfy { decimals.number($0.approximation) == $0 }
    }
  }

  private static func file(
    _ document: MDPDocument, decimals: DecimalReading?
  ) throws(ModelNotHeld) -> ModelFile {
    var archive = ZipWriter()
    func add(_ name: String, _ bytes: [UInt8]) { archive.add("\(name).npy", bytes) }
    func add(_ name: String, _ numbers: ExactNumberArray) {
      guard !numbers.isEmpty else { return }
      add(name, NPYBytes.doubles(numbers.map(\.approximation), shape: [numbers.count]))
    }
    let space = document.space
    for (name, text) in [
      ("name", document.name), ("description", document.description), ("source", document.source),
      ("discount", document.discount.description), ("decimals", decimals?.rawValue),
    ] {
      if let text, !text.isEmpty { add(name, NPYBytes.text(text)) }
    }
    for (name, names) in [("states", space.states), ("actions", space.actions)] {
      add(
        name,
        names.isCount
          ? NPYBytes.integers([names.count]) : NPYBytes.texts(Array(names), shape: [names.count]))
    }
    add("initial", document.initial)
    add("terminal", NPYBytes.marks(space.isTerminal))
    add("pair_start", NPYBytes.integers(space.pairStart))
    add("pair_action", NPYBytes.integers(space.pairAction))
    add("row_start", NPYBytes.integers(document.transitions.rowStart))
    add("next_state", NPYBytes.integers(document.transitions.nextState))
    add("probability", document.transitions.probability)
    add("reward", document.actionRewards)
    add("state_reward", document.stateRewards)
    add("next_state_reward", document.transitionRewards)
    if let width = document.features.first?.count {
      add(
        "features",
        NPYBytes.doubles(
          document.features.joined().map(\.approximation), shape: [document.features.count, width]))
    }
    do throws(ArchiveOverflow) {
      return ModelFile(ending: "npz", bytes: try archive.finish())
    } catch {
      throw ModelNotHeld(
        message:
          "the model needs more than the 4 GiB that an archive can have (at \(error.member)); use umb"
      )
    }
  }
}

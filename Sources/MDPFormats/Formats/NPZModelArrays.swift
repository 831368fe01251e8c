internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// A model on its way into an archive of float64 arrays.
struct NPZModelArrays {
  /// The model as it is written.
  let document: MDPDocument
  /// How float64 gives its numbers back; nil where it does not.
  private let decimals: DecimalReading?
  private var archive = ZipWriter()

  private init(_ document: MDPDocument, _ decimals: DecimalReading?) {
    self.document = document
    self.decimals = decimals
  }

  /// The file of a model. With `exact` it names the reading that gives every number back, and a model for
  /// which there is none is refused.
  ///
  /// - Parameters:
  ///   - change: Made to the model before.
  ///   - table: Adds transitions and rewards in the layout of a format.
  static func file(
    _ document: MDPDocument, _ writing: ModelWriting,
    change: (MDPDocument) -> MDPDocument = { $0 },
    _ table: (inout NPZModelArrays) throws(ModelNotHeld) -> Void
  ) throws(ModelNotHeld) -> ModelFile {
    var arrays = try arrays(document, writing, change)
    arrays.addHeader()
    try table(&arrays)
    do throws(ArchiveOverflow) {
      return ModelFile(ending: "npz", bytes: try arrays.archive.finish())
    } catch {
      throw ModelNotHeld(
        message: "the model does not fit into an archive of 4 GiB (at \(error.member)); use umb")
    }
  }

  private static func arrays(
    _ document: MDPDocument, _ writing: ModelWriting, _ change: (MDPDocument) -> MDPDocument
  ) throws(ModelNotHeld) -> NPZModelArrays {
    guard writing.numbers == .exact else {
      return NPZModelArrays(change(document.withinTolerance), nil)
    }
    for model in [document.withinTolerance, document.dividedBySums] {
      let changed = change(model)
      for decimals in [DecimalReading.exact, .shortest, .simplest]
      where (decimals != .simplest || model.transitions.rowSum.isEmpty)
        && isHeld(changed, by: decimals)
      {
        return NPZModelArrays(changed, decimals)
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

  mutating func add(_ name: String, _ bytes: [UInt8]) { archive.add("\(name).npy", bytes) }

  /// Adds a column, if it has entries.
  mutating func add(_ name: String, _ numbers: ExactNumberArray) {
    guard !numbers.isEmpty else { return }
    add(name, NPYBytes.doubles(numbers.map(\.approximation), shape: [numbers.count]))
  }

  /// All but transitions and rewards.
  private mutating func addHeader() {
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
    if let width = document.features.first?.count {
      add(
        "features",
        NPYBytes.doubles(
          document.features.joined().map(\.approximation), shape: [document.features.count, width]))
    }
  }
}

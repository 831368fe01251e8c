internal import MDPCore
internal import MDPFormats
internal import MonotoneArithmetic
internal import MonotoneFiles

extension ModelSession {
  /// The largest transitions that a reply holds as a dense array, in numbers.
  private static let largestDense = 10_000_000

  /// Opens the model of a file.
  static func open(path: String, _ text: String?) throws -> Reply {
    let reading = try formatReading(CallOptions(text, known: readingOptions + formatOptions))
    guard path != "-" else { throw CallFailure.standardInput("the model's text") }
    return try open(try InputFile.bytes(path), reading)
  }

  /// Opens the model of bytes.
  static func open(_ input: InputBytes, options text: String?) throws -> Reply {
    try open(input, try formatReading(CallOptions(text, known: readingOptions + formatOptions)))
  }

  /// Opens a model that is given as arrays.
  static func open(
    options text: String?, _ arrays: (NumberArray.Decimals) throws(CallFailure) -> ModelArrays
  ) throws -> Reply {
    let options = try CallOptions(text, known: readingOptions + ["decimals"])
    let words = NumberArray.Decimals.allCases.map(\.rawValue)
    let word = try options.word("decimals", among: words)
    let model = try arrays(word.flatMap(NumberArray.Decimals.init(rawValue:)) ?? .shortest)
    let input = InputBytes(try model.text(), name: model.name)
    guard input.count <= ModelMemory.bytes / 3 else {
      throw CallFailure(
        "\(model.name): larger than this machine's memory allows for; give transitions by rows, "
          + "with columns and row_starts", .badData)
    }
    return try open(input, try reading(options))
  }

  private static func open(_ input: InputBytes, _ reading: MDPReaderConfiguration) throws -> Reply {
    let document = try ModelReader.read(input, configuration: reading)
    let session = ModelSession(document, file: input.name, reading)
    let arrays = session.arrays()
    return Reply(handle: Sessions.open(session), arrays: arrays) { session.summary }
  }

  /// The model's file.
  func write(_ text: String?) throws -> Reply {
    let options = try CallOptions(text, known: ["dense"])
    let document = model.document
    let isDense = try options.flag("dense")
    return Reply { MDPWriter.write(document, form: isDense ? .dense : .sparse) }
  }

  /// A description of the model: `monotone/model/v1`.
  private var summary: String {
    let document = model.document
    func list(_ names: some Sequence<String>) -> String {
      "[\(names.map(JSONText.quoted).joined(separator: ", "))]"
    }
    let space = document.space
    return """
      {"schema": "monotone/model/v1", "name": \(JSONText.quoted(document.name)), \
      "discount": \(JSONText.quoted(document.discount.description)), \
      "states": \(list(space.states.indices.map { space.states[$0] })), \
      "actions": \(list(space.actions.indices.map { space.actions[$0] })), \
      "normalised": \(list(document.normalised))}
      """
  }

  /// The model in float64; of one with numbers beyond that, what is available and what is terminal.
  private func arrays() -> [Reply.Output] {
    let space = model.document.space
    let (s, a) = (space.stateCount, space.actions.count)
    var available = [Int8](repeating: 0, count: s * a)
    for state in space.states.indices {
      for pair in space.pairs(of: state) { available[state * a + Int(space.pairAction[pair])] = 1 }
    }
    let shape: [Reply.Output] = [
      .init(name: "available", shape: [s, a], elements: .int8(available)),
      .init(name: "terminal", shape: [s], elements: .int8(space.isTerminal.map { $0 ? 1 : 0 })),
    ]
    do throws(NumberOutOfRange) { return shape + numbers(try FloatMDP(model.document)) } catch {
      // Such a model is for exact arithmetic.
      return shape
    }
  }

  private func numbers(_ mdp: FloatMDP) -> [Reply.Output] {
    let space = mdp.space
    let (s, a) = (space.stateCount, space.actions.count)
    var rewards = [Double](repeating: 0, count: s * a)
    let size = s.multipliedReportingOverflow(by: s * a)
    let isDense = !size.overflow && size.partialValue <= Self.largestDense
    var transitions = [Double](repeating: 0, count: isDense ? s * s * a : 0)
    for state in space.states.indices {
      for pair in space.pairs(of: state) {
        let place = state * a + Int(space.pairAction[pair])
        rewards[place] = mdp.expectedReward[pair]
        guard isDense else { continue }
        for entry in mdp.transitions.rowStart[pair]..<mdp.transitions.rowStart[pair + 1] {
          transitions[place * s + Int(mdp.transitions.columns[entry])] =
            mdp.transitions.values[entry]
        }
      }
    }
    let arrays: [Reply.Output] = [
      .init(name: "initial", shape: [s], elements: .float64(mdp.initial)),
      .init(name: "rewards", shape: [s, a], elements: .float64(rewards)),
    ]
    guard isDense else { return arrays }
    return arrays + [
      .init(name: "transitions", shape: [s, a, s], elements: .float64(transitions))
    ]
  }
}

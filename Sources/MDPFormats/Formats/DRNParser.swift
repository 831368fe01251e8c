internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Parses DRN: a head of `@` entries, then the states, line by line.
struct DRNParser {
  let input: InputBytes
  let configuration: MDPReaderConfiguration
  let log: FaultLog
  var numbers: TextNumbers
  var draft: ModelDraft

  /// The head's entry whose value stands on the next line.
  var awaited: String?
  var isRational = false
  var hasNoTerminal = false
  var rewardNames: [String] = []
  var stateCount: Int?
  var isInModel = false

  /// The state whose choices are being read; −1 before the first.
  var state = -1
  var open: ModelDraft.Choice?
  /// How many choices a state has so far, and which state.
  var choiceCount = 0
  var stateOfCount = -1
  var isInitial: [Bool] = []

  init(
    _ input: InputBytes, _ configuration: MDPReaderConfiguration, _ decimals: DecimalReading
  ) {
    self.input = input
    self.configuration = configuration
    log = FaultLog(limit: configuration.faultLimit, places: .text)
    numbers = TextNumbers(decimals: decimals)
    draft = ModelDraft(stateCount: 0, log: log, configuration)
  }

  /// Reads the whole file.
  mutating func read(_ format: any ModelFormat) throws(InvalidInput) -> MDPDocument {
    for var line in TextLines(input) {
      guard !line.isAtEnd() else { continue }
      guard !Self.isComment(line) else {
        if !isInModel, line.rest().equals(Self.noTerminalMark) { hasNoTerminal = true }
        continue
      }
      if isInModel { modelLine(&line) } else { headLine(&line) }
      // Nothing is known of what follows a broken head.
      if !isInModel, !log.isEmpty { throw log.error(in: input) }
    }
    endChoice()
    guard isInModel else {
      log.add(.syntax, at: input.count, path: "head", "the file ends before @model")
      throw log.error(in: input)
    }
    if state + 1 < draft.stateCount {
      log.add(
        .syntax, at: input.count, path: "state \(state + 1)",
        "the file ends; expected \(draft.stateCount) states, found \(state + 1)")
    }
    var header = ModelDraft.Header(format: format, name: input.name.modelName)
    header.initial = .marked(isInitial)
    header.reward = rewardNames.isEmpty ? nil : rewardNames[chosenReward() ?? 0]
    header.holdsDecimals = !isRational
    if log.isEmpty, let document = draft.finish(header) { return document }
    throw log.error(in: input)
  }

  /// The comment by which a model without terminal states says so: labels cannot.
  static let noTerminalMark: StaticString = "// no terminal states"

  private static func isComment(_ line: TextLine) -> Bool {
    var line = line
    return line.accept("/") && line.byte == UInt8(ascii: "/")
  }
}

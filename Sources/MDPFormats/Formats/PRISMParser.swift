internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Parses the parts of PRISM's explicit files, line by line.
struct PRISMParser {
  /// A part of a model: a file, or a section of one.
  enum Part {
    case transitions, labels, states, stateRewards, transitionRewards
  }

  let numbers: TextNumbers
  let configuration: MDPReaderConfiguration
  /// Whether the files are of Storm's dialect: without counts at their heads.
  private(set) var isStorm = false
  var draft: ModelDraft
  /// The files beside the transitions.
  var files: [String] = []
  let log: FaultLog

  /// The choice whose transitions are being read.
  var open: ModelDraft.Choice?
  var header = PRISMHeader()
  /// Whether each state is labelled `init`; nil where no such label is declared.
  var isInitial: [Bool]?
  var labelOfNumber: [Int: String] = [:]
  var stormLabels: Bool?
  var stateNames: [Int: String] = [:]
  var variables: [String]?
  /// The reward structures of which something was read, in order.
  var rewardNames: [String] = []
  /// The reward structure of the lines to come; empty for one without a name.
  var reward = ""

  /// A parser for a model whose transitions stand in a file.
  init(
    _ input: InputBytes, _ configuration: MDPReaderConfiguration, _ decimals: DecimalReading
  ) throws(InvalidInput) {
    numbers = TextNumbers(decimals: decimals)
    self.configuration = configuration
    log = FaultLog(limit: configuration.faultLimit, places: .text)
    let size = PRISMSize(input)
    isStorm = size.isStorm
    guard configuration.allows(states: size.states, in: input, at: size.offset, log) else {
      throw log.error(in: input)
    }
    draft = ModelDraft(stateCount: size.states, log: log, configuration)
    draft.decimals = decimals
  }

  /// Reads a part from a file of its own, or, for nil, all sections of a file.
  mutating func read(_ part: Part?, from input: InputBytes) throws(InvalidInput) {
    let isMain = part == nil || part == .transitions
    draft.log = isMain ? log : FaultLog(limit: configuration.faultLimit, places: .text)
    var section = part ?? .transitions
    header = PRISMHeader()
    reward = ""
    for var line in TextLines(input) {
      guard !line.isAtEnd() else { continue }
      if line.byte == UInt8(ascii: "#"), !(section == .labels && Self.isStormMark(line)) {
        if let next = heading(line), part == nil, next != section {
          endChoice()
          section = next
          header = PRISMHeader()
        }
        continue
      }
      self.line(&line, of: section)
    }
    endChoice()
    header.finish(self, in: input)
    guard draft.log.isEmpty else { throw draft.log.error(in: input) }
    draft.log = log
  }

  private static func isStormMark(_ line: TextLine) -> Bool {
    var line = line
    let word = line.word()
    return word?.equals("#DECLARATION") == true || word?.equals("#END") == true
  }

  /// The part that a comment announces; also notes the name of a reward structure.
  private mutating func heading(_ line: TextLine) -> Part? {
    var line = line
    _ = line.accept("#")
    let text = line.rest().text
    if text.hasPrefix("Transitions") { return .transitions }
    if text.hasPrefix("Labels") { return .labels }
    if text.hasPrefix("State rewards") { return .stateRewards }
    if text.hasPrefix("Transition rewards") { return .transitionRewards }
    if text.hasPrefix("Reward structure") {
      var rest = line
      rest = TextLine(input: line.input, start: line.end - text.utf8.count, end: line.end)
      _ = rest.word()
      _ = rest.word(endingBefore: "\"")
      reward = rest.quoted()?.text ?? rest.rest().text
    }
    return nil
  }

  private mutating func line(_ line: inout TextLine, of part: Part) {
    switch part {
    case .transitions: transition(&line)
    case .labels: label(&line)
    case .states: state(&line)
    case .stateRewards:
      if header.isDone || isStorm { stateReward(&line) } else { header.read(&line, 2, draft.log) }
    case .transitionRewards:
      if header.isDone || isStorm {
        transitionReward(&line)
      } else {
        header.read(&line, 3, draft.log)
      }
    }
  }

  /// Ends the choice whose transitions were read.
  mutating func endChoice() {
    guard let choice = open else { return }
    draft.endChoice(choice)
    open = nil
  }

  /// The model of what was read.
  mutating func finish(_ format: any ModelFormat, _ input: InputBytes) throws(InvalidInput)
    -> MDPDocument
  {
    let reward = chosenReward()
    draft.shareRewards()
    var header = ModelDraft.Header(format: format, name: input.name.modelName)
    header.initial = .marked(isInitial)
    header.states = names()
    header.reward = reward
    header.files = files
    if log.isEmpty, let document = draft.finish(header) { return document }
    throw log.error(in: input)
  }

  private func names() -> Names? {
    guard stateNames.count == draft.stateCount else { return nil }
    let names = (0..<draft.stateCount).compactMap { stateNames[$0] }
    return Set(names).count == names.count ? Names(names) : nil
  }
}

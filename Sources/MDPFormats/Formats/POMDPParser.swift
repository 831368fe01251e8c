internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Parses Cassandra's format entry by entry; of entries that speak of the same thing the last counts.
struct POMDPParser {
  /// States, actions or observations: their names, and how many there are.
  struct Names {
    var count = 0
    var index: [String: Int] = [:]
    var list: [String]?
  }

  /// An entry `R: action : state : next state : observation value`, each part nil for all.
  struct Reward {
    var action: Int?
    var state: Int?
    var target: Int?
    var observation: Int?
    var value: ExactNumber
  }

  static let keywords: Set<String> = [
    "discount", "values", "states", "actions", "observations", "start", "T", "O", "R",
  ]

  let configuration: MDPReaderConfiguration
  let log: FaultLog
  let numbers: TextNumbers
  var tokens: POMDPTokens
  let input: InputBytes

  var states = Names()
  var actions = Names()
  var observations: Names?
  private var discount: ExactNumber?
  var isCost = false
  var initial = ModelDraft.Initial.unstated
  /// T(s' | s, a) by a · |S| + s.
  var transitions: [[Int: ExactNumber]] = []
  /// O(o | s', a) by a · |S| + s'.
  var observed: [[Int: ExactNumber]] = []
  var rewards: [Reward] = []
  /// How much more may be expanded: wildcards make much of little.
  var budget = 20_000_000

  init(
    _ input: InputBytes, _ configuration: MDPReaderConfiguration, _ decimals: DecimalReading
  ) {
    self.input = input
    self.configuration = configuration
    log = FaultLog(limit: configuration.faultLimit, places: .text)
    numbers = TextNumbers(decimals: decimals)
    tokens = POMDPTokens(input)
  }

  mutating func read(_ format: any ModelFormat) throws(InvalidInput) -> MDPDocument {
    while let word = tokens.peek(), log.isEmpty {
      guard tokens.isAtEntry() else {
        log.add(
          .syntax, at: word.start, path: "file",
          "found \(word.excerpt); expected an entry such as `discount: 0.95`")
        break
      }
      entry()
    }
    if log.isEmpty, states.count == 0 || actions.count == 0 {
      log.add(.syntax, at: input.count, path: "file", "the entries states and actions are missing")
    }
    let seen = log.isEmpty ? stateOfObservation() : nil
    guard log.isEmpty else { throw log.error(in: input) }
    var draft = draft(seen)
    var header = ModelDraft.Header(format: format, name: input.name.modelName)
    header.discount = discount
    header.states = states.list.map { MDPCore.Names($0) }
    header.actions = MDPCore.Names(actions.list ?? (0..<actions.count).map(String.init))
    header.initial = initial
    if log.isEmpty, let document = draft.finish(header) { return document }
    throw log.error(in: input)
  }

  mutating func entry() {
    guard let keyword = tokens.next() else { return }
    let place = keyword.start
    if keyword.equals("start"), tokens.peek()?.equals(":") != true { return startSet() }
    _ = tokens.acceptColon()
    switch keyword.text {
    case "discount": discount = number("discount")
    case "values":
      let word = tokens.next()
      isCost = word?.equals("cost") ?? false
      if !isCost, word?.equals("reward") != true {
        log.add(
          .value, at: word?.start ?? tokens.end, path: "values",
          "found \(word?.excerpt ?? "the end"); expected reward or cost")
      }
    case "states" where isNew(states, "states", place): states = names("states")
    case "actions" where isNew(actions, "actions", place): actions = names("actions")
    case "observations" where isNew(observations, "observations", place):
      observations = names("observations")
    case "start": start()
    case "T" where isReady(place): table("T", columns: states) { $0.transitions[$1] = $2 }
    case "O" where isReady(place):
      if let observations {
        table("O", columns: observations) { $0.observed[$1] = $2 }
      } else {
        log.add(
          .syntax, at: place, path: "O", "the entry observations is missing before it; add it")
      }
    case "R" where isReady(place): reward()
    default: break
    }
  }

  mutating func number(_ path: String) -> ExactNumber? {
    numbers.number(tokens.next(), log, at: tokens.end, path: path)
  }

  /// A reference to one of some names, by name or number; nil for `*`.
  mutating func reference(_ names: Names, _ path: String) -> Int?? {
    guard let word = tokens.next() else {
      log.add(.syntax, at: tokens.end, path: path, "the file ends within an entry")
      return nil
    }
    if word.equals("*") { return .some(nil) }
    if let index = names.index[word.text] { return .some(index) }
    if let index = word.wholeNumber, index < names.count { return .some(index) }
    log.add(
      .value, at: word.start, path: path,
      "unknown name \(word.excerpt)" + NearestName.hint(word.text, among: names.list ?? []))
    return nil
  }
}

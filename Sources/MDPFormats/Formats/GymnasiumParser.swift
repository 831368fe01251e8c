internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Decodes a table of Gymnasium.
struct GymnasiumParser {
  /// A possible outcome of a state and an action.
  struct Outcome {
    var probability: ExactNumber
    var target: Int
    var reward: ExactNumber
    var isTerminated: Bool
    var offset: Int
  }

  /// The outcomes of a state and an action.
  struct Row {
    var state: Int
    var action: Int
    var offset: Int
    var outcomes: Range<Int>
  }

  let json: JSONDocument
  let configuration: MDPReaderConfiguration
  let decimals: DecimalReading
  let log: FaultLog
  private var members: [String: Int] = [:]
  var rows: [Row] = []
  var outcomes: [Outcome] = []
  var stateCount = 0

  static let keys = [
    "P", "discount", "initial_state_distrib", "isd", "env_id", "name", "gymnasium", "nS", "nA",
  ]

  init(
    _ json: JSONDocument, _ configuration: MDPReaderConfiguration, _ decimals: DecimalReading
  ) {
    self.json = json
    self.configuration = configuration
    self.decimals = decimals
    log = FaultLog(limit: configuration.faultLimit, places: .text)
  }

  mutating func read(_ format: any ModelFormat) throws(InvalidInput) -> MDPDocument {
    readKeys()
    guard log.isEmpty, let table = cursor("P") else {
      if log.isEmpty {
        log.add(.schema, at: json.root, path: "$", "the key \"P\" is missing; it holds the table")
      }
      throw log.error(in: json.input)
    }
    states(table)
    guard log.isEmpty else { throw log.error(in: json.input) }
    let initial = initial()
    guard log.isEmpty else { throw log.error(in: json.input) }
    var draft = draft(startingIn: initial)
    var header = ModelDraft.Header(format: format, name: text("env_id") ?? text("name") ?? "model")
    if let discount = cursor("discount") { header.discount = number(discount, path: "discount") }
    header.initial = initial
    if log.isEmpty, let document = draft.finish(header) { return document }
    throw log.error(in: json.input)
  }

  private mutating func readKeys() {
    guard json.cursor(at: json.root).kind == .object else {
      log.add(.schema, at: json.root, path: "$", "expected an object with the key \"P\"")
      return
    }
    for member in json.members {
      var cursor = json.cursor(at: member.key)
      let key = cursor.text(cursor.string())
      if !Self.keys.contains(key) {
        log.add(
          .schema, at: member.key, path: "$",
          "unknown key \(Excerpt.quoted(key)); the keys here are \(Self.keys.joined(separator: ", "))"
            + NearestName.hint(key, among: Self.keys))
      } else if members.updateValue(member.value, forKey: key) != nil {
        log.add(
          .schema, at: member.key, path: "$", "the key \"\(key)\" stands here twice; remove one")
      }
    }
  }

  func cursor(_ key: String) -> JSONCursor? { members[key].map { json.cursor(at: $0) } }

  private func text(_ key: String) -> String? {
    guard var cursor = cursor(key), cursor.kind == .string else { return nil }
    let text = cursor.text(cursor.string())
    return text.isEmpty ? nil : text
  }
}

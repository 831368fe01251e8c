internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Decodes a table of Gymnasium.
struct GymnasiumParser {
  /// A possible outcome of a state and an action.
  private struct Outcome {
    var probability: ExactNumber
    var target: Int
    var reward: ExactNumber
    var isTerminated: Bool
    var offset: Int
  }

  /// The outcomes of a state and an action.
  private struct Row {
    var state: Int
    var action: Int
    var offset: Int
    var outcomes: Range<Int>
  }

  private let json: JSONDocument
  private let configuration: MDPReaderConfiguration
  private let decimals: DecimalReading
  private let log: FaultLog
  private var members: [String: Int] = [:]
  private var rows: [Row] = []
  private var outcomes: [Outcome] = []
  private var stateCount = 0

  private static let keys = [
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

  private func cursor(_ key: String) -> JSONCursor? { members[key].map { json.cursor(at: $0) } }

  private func text(_ key: String) -> String? {
    guard var cursor = cursor(key), cursor.kind == .string else { return nil }
    let text = cursor.text(cursor.string())
    return text.isEmpty ? nil : text
  }

  /// The number at a cursor; one in quotes is meant exactly.
  private func number(_ start: JSONCursor, path: @autoclosure () -> String) -> ExactNumber? {
    var cursor = start
    var bytes = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    switch cursor.kind {
    case .number: bytes = cursor.scalar()
    case .string: bytes = cursor.body(cursor.string())
    default:
      log.add(
        .schema, at: start.position, path: path(), "found \(start.excerpt()); expected a number")
      return nil
    }
    let decimals = start.kind == .string ? DecimalReading.shortest : decimals
    do throws(NumberFault) { return try decimals.number(parsing: bytes) } catch {
      log.add(
        .value, at: start.position, path: path(),
        "\(start.excerpt()) is not a number that can be read: \(error.message)")
      return nil
    }
  }

  /// Steps through an object with the keys 0, 1, …, or an array: calls back with index and cursor, and returns
  /// how many entries there are.
  private func entries(
    _ start: JSONCursor, path: String, _ body: (Int, inout JSONCursor) -> Void
  ) -> Int {
    var cursor = start
    guard cursor.kind == .object || cursor.kind == .array else {
      log.add(
        .schema, at: start.position, path: path,
        "found \(start.excerpt()); expected an object with the keys 0, 1, … or an array")
      return 0
    }
    let isObject = cursor.kind == .object
    var seen: Set<Int> = []
    var count = 0
    var more = cursor.enter()
    while more {
      var index: Int? = count
      let place = cursor.position
      if isObject {
        let key = cursor.key()
        let word = TextWord(input: json.input, start: key.start + 1, end: key.end - 1)
        index = word.wholeNumber
        if index.map({ !seen.insert($0).inserted || $0 > Int(Int32.max) }) ?? true {
          log.add(
            .schema, at: place, path: path,
            "found the key \(word.excerpt); expected each whole number at most once")
          index = nil
        }
      }
      if let index { body(index, &cursor) } else { cursor.skipValue() }
      count += 1
      more = cursor.next()
    }
    return count
  }

  private mutating func states(_ table: JSONCursor) {
    var rows: [Row] = []
    var outcomes: [Outcome] = []
    var largest = -1
    stateCount = entries(table, path: "P") { state, cursor in
      largest = max(largest, state)
      let start = cursor
      _ = entries(start, path: "P[\(state)]") { action, cursor in
        let first = outcomes.count
        let place = cursor.position
        _ = entries(cursor, path: "P[\(state)][\(action)]") { index, cursor in
          if let outcome = outcome(cursor, "P[\(state)][\(action)][\(index)]") {
            outcomes.append(outcome)
          }
          cursor.skipValue()
        }
        cursor.skipValue()
        guard outcomes.count > first else { return }
        rows.append(
          Row(state: state, action: action, offset: place, outcomes: first..<outcomes.count))
      }
      cursor.skipValue()
    }
    self.rows = rows
    self.outcomes = outcomes
    if stateCount == 0 || largest != stateCount - 1, log.isEmpty {
      log.add(
        .schema, at: table.position, path: "P",
        stateCount == 0
          ? "there is no state; expected at least one"
          : "\(stateCount) states, the last \(largest); expected every number from 0")
    }
  }

  /// `[probability, next state, reward, terminated]`.
  private func outcome(_ start: JSONCursor, _ path: String) -> Outcome? {
    var cursor = start
    var parts: [JSONCursor] = []
    if cursor.kind == .array {
      var more = cursor.enter()
      while more {
        parts.append(cursor)
        cursor.skipValue()
        more = cursor.next()
      }
    }
    guard parts.count == 4 else {
      log.add(
        .schema, at: start.position, path: path,
        "expected four values: probability, next state, reward, terminated")
      return nil
    }
    let isTerminated = parts[3].byte == UInt8(ascii: "t")
    guard parts[3].kind == .boolean else {
      log.add(
        .schema, at: parts[3].position, path: path,
        "found \(parts[3].excerpt()); expected true or false for terminated")
      return nil
    }
    guard parts[1].kind == .number, let target = parts[1].wholeNumber(below: Int(Int32.max)) else {
      log.add(
        .value, at: parts[1].position, path: path,
        "found \(start.excerpt()); expected the number of the next state as the second value")
      return nil
    }
    guard let probability = number(parts[0], path: path), let reward = number(parts[2], path: path)
    else { return nil }
    return Outcome(
      probability: probability, target: target, reward: reward, isTerminated: isTerminated,
      offset: start.position)
  }

  private func initial() -> ModelDraft.Initial {
    guard let start = cursor("initial_state_distrib") ?? cursor("isd") else { return .unstated }
    var distribution: [(state: Int, probability: ExactNumber)] = []
    let count = entries(start, path: "initial_state_distrib") { state, cursor in
      if let number = number(cursor, path: "initial_state_distrib[\(state)]"), !number.isZero {
        distribution.append((state, number))
      }
      cursor.skipValue()
    }
    if count != stateCount || distribution.contains(where: { $0.state >= stateCount }) {
      log.add(
        .value, at: start.position, path: "initial_state_distrib",
        "\(count) probabilities; expected \(stateCount), one for each state")
    }
    return .distribution(distribution, at: start.position)
  }

  /// The choices, with the states where episodes end.
  private func draft(startingIn initial: ModelDraft.Initial) -> ModelDraft {
    let ends = configuration.terminal == TerminalRule.none ? nil : endings(startingIn: initial)
    let isMixed = ends?.isMixed ?? false
    var draft = ModelDraft(stateCount: stateCount + (isMixed ? 1 : 0), log: log, configuration)
    draft.marked = ends.map { $0.marked + (isMixed ? [true] : []) }
    draft.ignoresMarkedChoices = true
    draft.decimals = decimals
    for row in rows {
      if draft.marked?[row.state] == true { continue }
      let path = "P[\(row.state)][\(row.action)]"
      for outcome in outcomes[row.outcomes] {
        draft.add(
          to: isMixed && outcome.isTerminated ? stateCount : outcome.target,
          probability: outcome.probability, reward: outcome.reward, at: outcome.offset, path: path)
      }
      draft.endChoice(
        ModelDraft.Choice(
          state: Int32(row.state), number: Int32(row.action), label: -1, offset: row.offset))
    }
    draft.shareRewards()
    return draft
  }

  /// The states that terminated transitions enter, and whether an episode is ever in one without ending.
  private func endings(startingIn initial: ModelDraft.Initial) -> (marked: [Bool], isMixed: Bool) {
    var marked = Array(repeating: false, count: stateCount)
    for outcome in outcomes
    where outcome.isTerminated && outcome.target < stateCount && !outcome.probability.isZero {
      marked[outcome.target] = true
    }
    var seen = Array(repeating: false, count: stateCount)
    var open: [Int] = [0]
    if case .distribution(let entries, _) = initial { open = entries.map(\.state) }
    for state in open { seen[state] = true }
    var rowsOfState: [[Int]] = Array(repeating: [], count: stateCount)
    for (index, row) in rows.enumerated() { rowsOfState[row.state].append(index) }
    while let state = open.popLast() {
      for row in rowsOfState[state] {
        for outcome in outcomes[rows[row].outcomes]
        where !outcome.isTerminated && outcome.target < stateCount && !outcome.probability.isZero
          && !seen[outcome.target]
        {
          seen[outcome.target] = true
          open.append(outcome.target)
        }
      }
    }
    let isMixed = zip(marked, seen).contains { $0 && $1 }
    return (isMixed ? Array(repeating: false, count: stateCount) : marked, isMixed)
  }
}

internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// The table P, outcome by outcome.
extension GymnasiumParser {
  /// The number at a cursor; one in quotes is meant exactly.
  func number(_ start: JSONCursor, path: @autoclosure () -> String) -> ExactNumber? {
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
  func entries(
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

  mutating func states(_ table: JSONCursor) {
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
  func outcome(_ start: JSONCursor, _ path: String) -> Outcome? {
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

  func initial() -> ModelDraft.Initial {
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
}

internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

extension PolicyDecoder {
  /// Consumes what the file says of one state; nil is a state that the model does not have.
  mutating func row(
    _ cursor: inout JSONCursor, _ state: Int?, expecting kind: JSONKind, path: () -> String,
    _ builder: inout PolicyBuilder
  ) {
    let start = cursor
    guard cursor.kind == kind || cursor.kind == .null else {
      log.schema(
        at: start.position,
        "found \(start.excerpt()); expected \(kind.phrase) of probabilities by action")
      return cursor.skipValue()
    }
    if let space = model?.space, let state, space.isTerminal[state] {
      terminalRow(&cursor)
    } else if model == nil, hasNoProbability(cursor) {
      // Such a row may well be a terminal state's.
      terminalRow(&cursor)
    } else if cursor.kind == .null {
      if let state {
        log.value(
          at: start.position,
          "state \(states.excerpt(state)) is not terminal; give its probabilities by action")
      }
      cursor.skipValue()
    } else {
      liveRow(&cursor, state, path: path, &builder)
    }
  }

  /// Whether a row is null, an empty object, or zeros.
  private func hasNoProbability(_ cursor: JSONCursor) -> Bool {
    guard cursor.kind != .null else { return true }
    var copy = cursor
    guard copy.enter() else { return cursor.kind == .object }
    var numbers = NumberDecoder(log: FaultLog(limit: 0), memoryLimit: rows.numbers.memoryLimit)
    repeat {
      if cursor.kind == .object { _ = copy.key() }
      guard let number = numbers.number(&copy), number.isZero else { return false }
    } while copy.next()
    return true
  }

  /// Consumes the row of a terminal state, where no action is taken: null, or any numbers at all.
  private mutating func terminalRow(_ cursor: inout JSONCursor) {
    switch cursor.kind {
    case .object: rows.ignoredObject(&cursor, &actions)
    case .array: rows.ignoredArray(&cursor, actions)
    default: cursor.skipValue()
    }
  }

  private mutating func liveRow(
    _ cursor: inout JSONCursor, _ state: Int?, path: () -> String, _ builder: inout PolicyBuilder
  ) {
    let start = cursor
    var entries = SparseEntries()
    let row =
      cursor.kind == .object
      ? rows.object(&cursor, &actions, into: &entries)
      : rows.array(&cursor, actions, into: &entries)
    guard let space = model?.space, let state else { return }
    for entry in row.entries where entries.index[entry] < actions.count {
      let action = Int(entries.index[entry])
      if let pair = space.pair(state: state, action: action) {
        builder.set(entries.number[entry].rational, pair: pair)
      } else {
        log.value(
          at: offset(of: action, in: start),
          "action \(actions.excerpt(action)) is not available in state \(states.excerpt(state)) "
            + "but has probability \(entries.number[entry].excerpt); it must be 0")
      }
    }
    if let sum = row.sum { builder.divide(state, by: sum.rational, path: path()) }
  }

  /// Where a row speaks of an action; only a fault needs to know.
  private mutating func offset(of action: Int, in row: JSONCursor) -> Int {
    let unheard = FaultLog(limit: 0)
    var cursor = row
    let isObject = row.kind == .object
    var index = 0
    var more = cursor.enter()
    while more {
      let start = cursor.position
      if isObject {
        if actions.index(cursor.key(), cursor, unheard) == action { return start }
      } else if index == action {
        return start
      }
      cursor.skipValue()
      index += 1
      more = cursor.next()
    }
    return row.position
  }
}

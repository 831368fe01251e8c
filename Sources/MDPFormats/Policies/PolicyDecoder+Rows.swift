internal import Arithmetic
internal import MDPCore

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
      terminalRow(&cursor, state)
    } else if cursor.kind == .null || (model == nil && isEmptyObject(cursor)) {
      // Without the model, such a row may well be a terminal state's.
      if model != nil, let state {
        log.value(
          at: start.position,
          "state \(states.excerpt(state)) is not terminal; give its probabilities by action")
      }
      cursor.skipValue()
    } else {
      liveRow(&cursor, state, path: path, &builder)
    }
  }

  private func isEmptyObject(_ cursor: JSONCursor) -> Bool {
    var copy = cursor
    return cursor.kind == .object && !copy.enter()
  }

  private func terminalRow(_ cursor: inout JSONCursor, _ state: Int) {
    if cursor.kind != .null, !isEmptyObject(cursor) {
      log.value(
        at: cursor.position,
        "state \(states.excerpt(state)) is terminal, where no action is taken; write null")
    }
    cursor.skipValue()
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

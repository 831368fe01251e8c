internal import MonotoneArithmetic
internal import MonotoneFiles

/// Rewards by action, beside dense transitions, whose rows are in order.
extension MDPDecoder {
  /// Consumes what `rewards` says of one state: an array by action, or null.
  mutating func actionRewards(
    _ cursor: inout JSONCursor, state: Int, depth: Int, _ rowIndex: inout Int
  ) {
    let start = cursor
    if cursor.kind == .null {
      requireNoRow(state, action: nil, rowIndex, at: start.position)
      return cursor.skipValue()
    }
    guard requireArray(cursor, "rewards, one for each action") else { return cursor.skipValue() }
    var action = 0
    var more = cursor.enter()
    while more {
      let key = state * actions.count + action
      while rowIndex < table.rowKey.count, table.rowKey[rowIndex] < key { rowIndex += 1 }
      // Beyond the declared actions the key would be the next state's.
      let hasRow =
        action < actions.count && rowIndex < table.rowKey.count && table.rowKey[rowIndex] == key
      let place = Place(state: state, action: action, row: hasRow ? rowIndex : nil)
      if cursor.kind == .null {
        if hasRow { requireNoRow(state, action: action, rowIndex, at: cursor.position) }
        cursor.skipValue()
      } else if depth == 2 {
        actionReward(&cursor, place)
      } else {
        nextStateRewards(&cursor, place)
      }
      action += 1
      more = cursor.next()
    }
    requireLength(action, of: actions, at: start.position)
  }

  private struct Place {
    let state: Int
    let action: Int
    /// The row, if the action is available.
    let row: Int?
  }

  /// Whether rows can be taken at their word.
  private var knowsRows: Bool { !hasTransitionFaults && !hasTerminalFaults && states.isReliable }

  /// Null stands for no rewards, so it may not stand where there is a row.
  private func requireNoRow(_ state: Int, action: Int?, _ rowIndex: Int, at offset: Int) {
    guard knowsRows, states.count > state, action != nil || !isTerminal[state] else { return }
    log.schema(
      at: offset,
      "found null; expected rewards, because state \(states.excerpt(state)) "
        + (action.map { "offers action \(actions.excerpt($0))" } ?? "is not terminal"))
  }

  private mutating func actionReward(_ cursor: inout JSONCursor, _ place: Place) {
    let start = cursor.position
    guard let reward = rows.numbers.number(&cursor), !reward.isZero else { return }
    if let row = place.row {
      if log.isEmpty { table.setReward(reward, row: row) }
    } else {
      refuseReward(place, at: start)
    }
  }

  private mutating func nextStateRewards(_ cursor: inout JSONCursor, _ place: Place) {
    let start = cursor.position
    guard requireArray(cursor, "rewards, one for each next state") else {
      return cursor.skipValue()
    }
    let entries = place.row.map { table.entries(ofRow: $0) } ?? 0..<0
    var entry = entries.lowerBound
    var isRefused = false
    var next = 0
    var more = cursor.enter()
    while more {
      let element = cursor.position
      if cursor.kind == .null, place.row == nil {
        cursor.skipValue()
      } else if let reward = rows.numbers.number(&cursor), !reward.isZero {
        if place.row == nil, !isRefused {
          refuseReward(place, at: element)
          isRefused = true
        }
        while entry < entries.upperBound, table.entries.index[entry] < next { entry += 1 }
        // Where the row does not lead, a dense array must hold something; it is never paid.
        if log.isEmpty, entry < entries.upperBound, table.entries.index[entry] == next {
          table.setReward(reward, entry: entry)
        }
      }
      next += 1
      more = cursor.next()
    }
    requireLength(next, of: states, at: start)
  }

  private func refuseReward(_ place: Place, at offset: Int) {
    guard knowsRows, place.state < states.count, place.action < actions.count else { return }
    if isTerminal[place.state] {
      log.value(
        at: offset,
        "the terminal state \(states.excerpt(place.state)) has a reward; move it onto the "
          + "transitions into it")
    } else {
      log.value(
        at: offset,
        "a reward for action \(actions.excerpt(place.action)), which state "
          + "\(states.excerpt(place.state)) does not offer; write null or 0")
    }
  }
}

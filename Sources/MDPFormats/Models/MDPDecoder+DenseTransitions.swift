internal import MonotoneFiles

extension MDPDecoder {
  /// Consumes the elements of `[state][action][nextState]`, null for terminal states and
  /// unavailable actions.
  mutating func denseTransitions(_ cursor: inout JSONCursor, start: Int) {
    var state = 0
    var more = true
    while more {
      denseState(&cursor, state)
      state += 1
      more = cursor.next()
    }
    requireLength(state, of: states, at: start)
  }

  private mutating func denseState(_ cursor: inout JSONCursor, _ state: Int) {
    let start = cursor
    let isKnown = isTerminal.indices.contains(state)
    var hasRows = false
    switch cursor.kind {
    case .null: cursor.skipValue()
    case .array:
      var action = 0
      var more = cursor.enter()
      while more {
        hasRows = denseRow(&cursor, state, action) || hasRows
        action += 1
        more = cursor.next()
      }
      requireLength(action, of: actions, at: start.position)
      // Not a state without actions, but one that is not understood.
      if action != actions.count { hasRows = true }
    default:
      log.schema(
        at: start.position,
        "found \(start.excerpt()); expected the rows of a state, an array with one entry for each "
          + "action, or null for a terminal state")
      cursor.skipValue()
      return
    }
    guard isKnown, states.isReliable, !hasTerminalFaults else { return }
    if isTerminal[state] {
      if hasRows { refuseTransitions(ofTerminal: state, at: start.position) }
    } else if !hasRows {
      refuseActionless(state, at: start.position)
    }
  }

  /// Consumes a row or null; returns whether there is a row.
  private mutating func denseRow(
    _ cursor: inout JSONCursor, _ state: Int, _ action: Int
  ) -> Bool {
    let start = cursor
    switch cursor.kind {
    case .null:
      cursor.skipValue()
      return false
    case .array:
      let row = rows.array(&cursor, states, into: &table.entries)
      if row.sum != nil { normalised.append("$.transitions[\(state)][\(action)]") }
      // Beyond the declared states or actions there is no key; that is a fault already.
      if state < states.count, action < actions.count {
        table.endRow(key: state * actions.count + action, sum: row.sum)
      }
    default:
      log.schema(
        at: start.position,
        "found \(start.excerpt()); expected an array of probabilities by next state, or null for "
          + "an unavailable action")
      cursor.skipValue()
    }
    return true
  }

  func requireLength(_ length: Int, of names: DeclaredNames, at offset: Int) {
    guard names.isReliable, length != names.count else { return }
    let (count, noun) = (names.count, names.noun)
    log.schema(at: offset, "found \(length) entries; expected \(count), one for each \(noun)")
  }
}

extension MDPDecoder {
  /// Decodes `transitions`; returns whether they are dense.
  mutating func transitions() -> Bool {
    guard var cursor = members.cursor(at: "transitions") else { return false }
    let (start, faults) = (cursor.position, log.count)
    defer { hasTransitionFaults = log.count > faults }
    guard requireArray(cursor, "transitions, sparse or dense") else { return false }
    var mentioned = MentionedStates(count: states.count)
    guard cursor.enter() else {
      requireActions(mentioned, at: start)
      return false
    }
    let isDense = cursor.kind == .array || cursor.kind == .null
    if isDense {
      denseTransitions(&cursor, start: start)
    } else {
      sparseTransitions(&cursor, &mentioned)
      requireActions(mentioned, at: start)
    }
    return isDense
  }

  /// The states that transitions speak of, rightly or wrongly.
  struct MentionedStates {
    var isMentioned: [Bool]
    /// Whether some row is of an unknown state: it may be any that seems to have no row.
    var hasUnknown = false

    init(count: Int) { isMentioned = Array(repeating: false, count: count) }
  }

  private func requireActions(_ mentioned: MentionedStates, at offset: Int) {
    guard states.isReliable, !states.hasDuplicates, !hasTerminalFaults, !mentioned.hasUnknown
    else { return }
    for state in isTerminal.indices where !isTerminal[state] && !mentioned.isMentioned[state] {
      refuseActionless(state, at: offset)
    }
  }

  func refuseActionless(_ state: Int, at offset: Int) {
    log.value(
      at: offset,
      "state \(states.excerpt(state)) has no action; give it one or list it under \"terminal\"")
  }

  func refuseTransitions(ofTerminal state: Int, at offset: Int) {
    log.value(
      at: offset,
      "state \(states.excerpt(state)) is terminal and has no transitions; remove them, and move "
        + "their rewards onto the transitions into it")
  }
}

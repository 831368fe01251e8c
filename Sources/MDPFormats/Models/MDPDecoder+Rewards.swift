internal import MonotoneArithmetic
internal import MonotoneFiles

extension MDPDecoder {
  /// Decodes the top-level `rewards`: r(s), or beside dense transitions also r(s,a) or r(s,a,s').
  /// Returns r(s), empty if there is none; the others go to the table.
  mutating func rewards(besideDenseTransitions isDense: Bool) -> ExactNumberArray {
    guard var cursor = members.cursor(at: "rewards") else { return ExactNumberArray() }
    let start = cursor
    var stateRewards = ExactNumberArray(zeros: states.count)
    switch cursor.kind {
    case .object: rewardsByName(&cursor, &stateRewards)
    case .array:
      let depth = depth(cursor)
      guard depth == 1 || isDense else {
        log.schema(
          at: start.position,
          "rewards by action belong to dense transitions; write each as \"reward\" of its row")
        break
      }
      var index = 0
      var rowIndex = 0
      var more = cursor.enter()
      while more {
        if depth == 1 {
          if let reward = stateReward(&cursor, index), index < states.count {
            stateRewards[index] = reward
          }
        } else {
          actionRewards(&cursor, state: index, depth: depth, &rowIndex)
        }
        index += 1
        more = cursor.next()
      }
      requireLength(index, of: states, at: start.position)
    default:
      log.schema(
        at: start.position,
        "found \(start.excerpt()); expected an object of rewards by state, or an array")
    }
    return stateRewards.isAllZero ? ExactNumberArray() : stateRewards
  }

  /// How deep the arrays of numbers nest, by the first branch that is not null.
  private func depth(_ start: JSONCursor) -> Int {
    var cursor = start
    var depth = 0
    while cursor.kind == .array {
      depth += 1
      var more = cursor.enter()
      while more, cursor.kind == .null {
        cursor.skipValue()
        more = cursor.next()
      }
      if !more { return depth }
    }
    return depth
  }

  private mutating func rewardsByName(
    _ cursor: inout JSONCursor, _ stateRewards: inout ExactNumberArray
  ) {
    rewardKeys.begin(states.count)
    var more = cursor.enter()
    while more {
      let key = cursor.key()
      let state = states.index(key, cursor, log)
      if let state, !rewardKeys.insert(state) {
        log.schema(at: key.start, "the key \(cursor.excerpt(key)) stands here twice; remove one")
      }
      if let reward = stateReward(&cursor, state), let state { stateRewards[state] = reward }
      more = cursor.next()
    }
  }

  /// Consumes r(s): a number, or null for a terminal state.
  private mutating func stateReward(_ cursor: inout JSONCursor, _ state: Int?) -> ExactNumber? {
    let start = cursor
    let isKnown = state.map { $0 < isTerminal.count } ?? false
    let isAtTerminal = isKnown && state.map { isTerminal[$0] } ?? false
    if cursor.kind == .null, isAtTerminal || !isKnown || hasTerminalFaults {
      cursor.skipValue()
      return nil
    }
    guard let reward = rows.numbers.number(&cursor) else { return nil }
    if let state, isAtTerminal, !reward.isZero, !hasTerminalFaults {
      log.value(
        at: start.position,
        "the terminal state \(states.excerpt(state)) has a reward; move it onto the transitions "
          + "into it")
      return nil
    }
    return reward
  }
}

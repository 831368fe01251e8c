internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

extension MDPDecoder {
  /// Consumes the elements of `[{"from": …, "action": …, "to": {…}, "reward": …}, …]`.
  mutating func sparseTransitions(_ cursor: inout JSONCursor, _ mentioned: inout MentionedStates) {
    var index = 0
    var more = true
    while more {
      sparseTransition(&cursor, index, &mentioned)
      index += 1
      more = cursor.next()
    }
    for duplicate in table.sort() {
      let (state, action) = duplicate.key.quotientAndRemainder(dividingBy: actions.count)
      log.value(
        at: duplicate.offset,
        "action \(actions.excerpt(action)) of state \(states.excerpt(state)) is given twice; "
          + "remove one")
    }
  }

  private enum Field: UInt8 {
    case from = 1
    case action = 2
    case to = 4
    case reward = 8
  }

  /// The members of one element read so far.
  private struct Fields {
    var seen: UInt8 = 0
    var fromOffset = 0
    var state: Int?
    var action: Int?
    var row: RowDecoder.Row?
    /// A reward that stands before `to`, of whose states it may speak.
    var reward: JSONCursor?

    mutating func see(_ field: Field) -> Bool {
      defer { seen |= field.rawValue }
      return seen & field.rawValue == 0
    }
  }

  private mutating func sparseTransition(
    _ cursor: inout JSONCursor, _ index: Int, _ mentioned: inout MentionedStates
  ) {
    let start = cursor
    guard cursor.kind == .object else {
      log.schema(
        at: start.position,
        "found \(start.excerpt()); expected an object with the keys from, action and to")
      mentioned.hasUnknown = true
      cursor.skipValue()
      return
    }
    var fields = Fields()
    var more = cursor.enter()
    while more {
      field(&cursor, &fields)
      more = cursor.next()
    }
    requireFields(fields, at: start.position)
    if var reward = fields.reward { self.reward(&reward, of: fields.row) }
    if let state = fields.state {
      mentioned.isMentioned[state] = true
      if isTerminal[state], !hasTerminalFaults {
        refuseTransitions(ofTerminal: state, at: fields.fromOffset)
      }
    } else {
      mentioned.hasUnknown = true
    }
    if let state = fields.state, let action = fields.action {
      let sum = fields.row?.sum
      if sum != nil { normalised.append("$.transitions[\(index)].to") }
      table.endRow(key: state * actions.count + action, sum: sum, at: start.position)
    }
  }

  private mutating func field(_ cursor: inout JSONCursor, _ fields: inout Fields) {
    let key = cursor.key()
    guard let field = field(key, cursor) else {
      log.schema(
        at: key.start,
        "unknown key \(cursor.excerpt(key)); the keys here are from, action, to, reward"
          + NearestName.hint(cursor.text(key), among: ["from", "action", "to", "reward"]))
      return cursor.skipValue()
    }
    guard fields.see(field) else {
      log.schema(at: key.start, "the key \(cursor.excerpt(key)) stands here twice; remove one")
      return cursor.skipValue()
    }
    switch field {
    case .from:
      fields.fromOffset = cursor.position
      fields.state = states.reference(&cursor, log)
    case .action: fields.action = actions.reference(&cursor, log)
    case .to:
      if cursor.kind == .object {
        fields.row = rows.object(&cursor, &states, into: &table.entries)
      } else {
        log.schema(
          at: cursor.position,
          "found \(cursor.excerpt()); expected an object of probabilities by state")
        cursor.skipValue()
      }
    case .reward:
      if fields.row != nil {
        reward(&cursor, of: fields.row)
      } else {
        fields.reward = cursor
        cursor.skipValue()
      }
    }
  }

  @inline(__always)
  private func field(_ key: JSONString, _ cursor: JSONCursor) -> Field? {
    guard !key.hasEscapes else { return field(named: cursor.text(key)) }
    // The word behind the quote holds the whole key: comparing it makes no string.
    let word = WordScan.load(cursor.base + key.start + 1)
    switch key.end - key.start - 2 {
    case 2 where word & 0xFFFF == 0x6F74: return .to
    case 4 where word & 0xFFFF_FFFF == 0x6D6F_7266: return .from
    case 6 where word & 0xFFFF_FFFF_FFFF == 0x6E6F_6974_6361: return .action
    case 6 where word & 0xFFFF_FFFF_FFFF == 0x6472_6177_6572: return .reward
    default: return nil
    }
  }

  private func field(named name: String) -> Field? {
    switch name {
    case "from": .from
    case "action": .action
    case "to": .to
    case "reward": .reward
    default: nil
    }
  }

  private func requireFields(_ fields: Fields, at offset: Int) {
    let required: [(Field, String)] = [(.from, "from"), (.action, "action"), (.to, "to")]
    guard fields.seen & 7 != 7 else { return }
    for (field, name) in required where fields.seen & field.rawValue == 0 {
      log.schema(at: offset, "the key \"\(name)\" is missing; add it")
    }
  }

  /// Consumes `reward` of the row that has not ended yet: r(s,a), or r(s,a,s') by next state.
  private mutating func reward(_ cursor: inout JSONCursor, of row: RowDecoder.Row?) {
    let start = cursor
    switch cursor.kind {
    case .number, .string:
      guard let reward = rows.numbers.number(&cursor), row != nil, log.isEmpty else { return }
      table.setReward(reward, row: table.rowKey.count)
    case .object:
      rewardKeys.begin(states.count)
      var more = cursor.enter()
      while more {
        nextStateReward(&cursor, of: row)
        more = cursor.next()
      }
    case .array, .boolean, .null:
      log.schema(
        at: start.position,
        "found \(start.excerpt()); expected a number, or an object of numbers by next state")
      cursor.skipValue()
    }
  }

  private mutating func nextStateReward(_ cursor: inout JSONCursor, of row: RowDecoder.Row?) {
    let key = cursor.key()
    let state = states.index(key, cursor, log)
    if let state, !rewardKeys.insert(state) {
      log.schema(at: key.start, "the key \(cursor.excerpt(key)) stands here twice; remove one")
    }
    guard let reward = rows.numbers.number(&cursor), let state, let row else { return }
    if let entry = table.entries.position(of: state, in: row.entries) {
      table.setReward(reward, entry: entry)
    } else if !reward.isZero, !rows.keys.contains(state) {
      // A next state that is listed with probability 0 may have a reward; it is never paid.
      log.value(
        at: key.start,
        "a reward for state \(states.excerpt(state)), to which the row does not lead; remove it "
          + "or give the state a probability")
    }
  }
}

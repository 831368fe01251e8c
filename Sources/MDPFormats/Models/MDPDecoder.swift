internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Decodes an MDP, member after member, each after those that it refers to, in whatever order the
/// file has them.
///
/// A fault never stops the decoding, and one mistake makes one fault: what a broken part would
/// have told about others (which states exist, which are terminal, which have actions) is not held
/// against them.
struct MDPDecoder {
  let members: DocumentMembers
  let log: FaultLog
  let configuration: MDPReaderConfiguration

  var states = DeclaredNames(brokenFor: "state")
  var actions = DeclaredNames(brokenFor: "action")
  var isTerminal: [Bool] = []
  var hasTerminalFaults = false
  var hasTransitionFaults = false
  var rows: RowDecoder
  var rewardKeys = KeyStamps()
  var table = TransitionBuilder()
  var normalised: [String] = []

  init(members: DocumentMembers, log: FaultLog, configuration: MDPReaderConfiguration) {
    self.members = members
    self.log = log
    self.configuration = configuration
    let tolerance = configuration.rowTolerance.ofModels
    rows = RowDecoder(log: log, memoryLimit: configuration.memoryLimit) { _ in tolerance }
  }

  /// The document, or nil if there are faults.
  mutating func decode() -> MDPDocument? {
    let name = members.nonEmptyText("name")
    let description = members.text("description")
    let source = members.text("source")
    let discount = discount()
    let declaredStates = names("states", of: states.noun)
    let declaredActions = names("actions", of: actions.noun)
    (states, actions) = (declaredStates.lookup, declaredActions.lookup)
    guard fitsMemory() else { return nil }
    terminal()
    let initial = initial()
    let hasDenseTransitions = transitions()
    let stateRewards = rewards(besideDenseTransitions: hasDenseTransitions)
    let features = features()

    guard log.isEmpty, let name, let discount, let initial, let stateNames = declaredStates.names,
      let actionNames = declaredActions.names
    else { return nil }
    let ordered = table.finish(actionCount: actions.count, isTerminal: isTerminal)
    return MDPDocument(
      name: name, description: description, source: source, discount: discount,
      space: StateActionSpace(
        states: stateNames, actions: actionNames, isTerminal: isTerminal,
        pairStart: ordered.pairStart, pairAction: ordered.pairAction),
      initial: initial.probability, initialSum: initial.sum, transitions: ordered.transitions,
      stateRewards: stateRewards, actionRewards: ordered.actionRewards,
      transitionRewards: ordered.transitionRewards, features: features, normalised: normalised)
  }

  private mutating func discount() -> ExactNumber? {
    guard var cursor = members.cursor(at: "discount") else { return nil }
    let start = cursor
    guard let discount = rows.numbers.number(&cursor) else { return nil }
    guard discount.signum >= 0, discount <= ExactNumber(1) else {
      log.value(
        at: start.position,
        "the discount \(discount.excerpt) is not in [0, 1]; choose one below 1, or 1 where every path "
          + "ends")
      return nil
    }
    return discount
  }

  private mutating func terminal() {
    let faults = log.count
    isTerminal = Array(repeating: false, count: states.count)
    guard var cursor = members.cursor(at: "terminal") else { return }
    guard cursor.kind == .array else {
      log.schema(
        at: cursor.position, "found \(cursor.excerpt()); expected an array of state names")
      hasTerminalFaults = true
      return
    }
    var more = cursor.enter()
    while more {
      let start = cursor
      if let state = states.reference(&cursor, log) {
        if isTerminal[state] {
          log.value(at: start.position, "state \(start.excerpt()) is listed twice; remove one")
        }
        isTerminal[state] = true
      }
      more = cursor.next()
    }
    hasTerminalFaults = log.count > faults
  }

  struct Initial {
    let probability: ExactNumberArray
    let sum: ExactNumber?
  }

  private mutating func initial() -> Initial? {
    guard var cursor = members.cursor(at: "initial") else { return nil }
    var entries = SparseEntries()
    let row: RowDecoder.Row
    switch cursor.kind {
    case .object: row = rows.object(&cursor, &states, into: &entries)
    case .array: row = rows.array(&cursor, states, into: &entries)
    default:
      log.schema(
        at: cursor.position,
        "found \(cursor.excerpt()); expected an object of probabilities by state, or an array")
      return nil
    }
    guard log.isEmpty else { return nil }
    if row.sum != nil { normalised.append("$.initial") }
    var probability = ExactNumberArray(zeros: states.count)
    for entry in row.entries {
      probability[Int(entries.index[entry])] = entries.number[entry]
    }
    return Initial(probability: probability, sum: row.sum)
  }

  /// Feature vectors: one a state, all of one length.
  private mutating func features() -> [[ExactNumber]] {
    guard var cursor = members.cursor(at: "features") else { return [] }
    let start = cursor.position
    var features: [[ExactNumber]] = []
    guard requireArray(cursor, "feature vectors, one for each state") else { return [] }
    var more = cursor.enter()
    while more {
      let start = cursor.position
      var vector: [ExactNumber] = []
      if requireArray(cursor, "numbers, the features of a state") {
        var more = cursor.enter()
        while more {
          if let number = rows.numbers.number(&cursor) { vector.append(number) }
          more = cursor.next()
        }
        if log.isEmpty, vector.isEmpty || vector.count != (features.first ?? vector).count {
          log.schema(
            at: start,
            "found \(vector.count) features; expected \(max(1, features.first?.count ?? 1)), "
              + "as many for every state")
        }
      } else {
        cursor.skipValue()
      }
      features.append(vector)
      more = cursor.next()
    }
    if states.isReliable, features.count != states.count {
      log.schema(
        at: start,
        "found \(features.count) feature vectors; expected \(states.count), one for each state")
    }
    return features
  }

  /// Whether an array is here; if not, that is a fault.
  func requireArray(_ cursor: JSONCursor, _ contents: String) -> Bool {
    if cursor.kind == .array { return true }
    log.schema(
      at: cursor.position, "found \(cursor.excerpt()); expected an array of \(contents)")
    return false
  }
}

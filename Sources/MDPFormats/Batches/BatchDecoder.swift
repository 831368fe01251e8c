internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Decodes the JSON form of a batch.
struct BatchDecoder {
  static let required = ["states", "actions", "advantages"]
  static let optional = ["weights", "trajectories", "mdp"]

  let members: DocumentMembers
  let log: FaultLog
  /// Nil for a batch that is only checked, without its model.
  let model: PolicyModel?
  private var states: DeclaredNames
  private var actions: DeclaredNames
  private var numbers: NumberDecoder
  /// How many rows there are, once some column has said so.
  private var rowCount: Int?

  init(
    members: DocumentMembers, log: FaultLog, model: PolicyModel?,
    configuration: MDPReaderConfiguration
  ) {
    self.init(
      members: members, log: log, model: model,
      states: model.map { DeclaredNames(noun: "state", $0.space.states) }
        ?? DeclaredNames(openFor: "state"),
      actions: model.map { DeclaredNames(noun: "action", $0.space.actions) }
        ?? DeclaredNames(openFor: "action"),
      configuration: configuration)
  }

  /// A decoder of a batch that stands beside a policy, whose names are known already.
  init(
    members: DocumentMembers, log: FaultLog, model: PolicyModel?, states: DeclaredNames,
    actions: DeclaredNames, configuration: MDPReaderConfiguration
  ) {
    self.members = members
    self.log = log
    self.model = model
    self.states = states
    self.actions = actions
    numbers = NumberDecoder(log: log, memoryLimit: configuration.memoryLimit)
  }

  /// The columns; they are a batch if there is a model and no fault was found.
  mutating func decode() -> BatchColumns? {
    if let mdp = members.nonEmptyText("mdp"), let model, mdp != model.name,
      let cursor = members.cursor(at: "mdp")
    {
      log.value(
        at: cursor.position,
        "a batch for the MDP \(Excerpt.quoted(mdp)); expected one for \(Excerpt.quoted(model.name))"
      )
      return nil
    }
    var columns = BatchColumns()
    decodePairs(&columns)
    columns.advantages = entries("advantages").map { number(at: $0) }
    columns.weights = entries("weights").map { weight(at: $0) }
    if let fault = columns.weightFault, let cursor = members.cursor(at: "weights") {
      log.value(at: cursor.position, fault)
    }
    columns.trajectories = entries("trajectories").map { trajectory(at: $0) }
    return columns
  }

  /// Where the entries of a column are; none, with a fault, if it is no array of the right length.
  private mutating func entries(_ key: String) -> [Int] {
    guard var cursor = members.cursor(at: key) else { return [] }
    let start = cursor.position
    guard cursor.kind == .array else {
      log.schema(at: start, "found \(cursor.excerpt()); expected an array, an entry a row")
      return []
    }
    var entries: [Int] = []
    var more = cursor.enter()
    while more {
      entries.append(cursor.position)
      cursor.skipValue()
      more = cursor.next()
    }
    if let rowCount, entries.count != rowCount {
      log.schema(
        at: start, "found \(entries.count) \(key); expected \(rowCount), one for each of the states"
      )
    }
    return entries
  }

  private mutating func decodePairs(_ columns: inout BatchColumns) {
    let stateEntries = entries("states")
    if let cursor = members.cursor(at: "states"), cursor.kind == .array {
      rowCount = stateEntries.count
      if stateEntries.isEmpty {
        log.value(at: cursor.position, "the batch has no rows; expected at least one")
      }
    }
    let found = stateEntries.map { state(at: $0) }
    for (row, entry) in entries("actions").enumerated() {
      var cursor = members.document.cursor(at: entry)
      guard let action = actions.nameOrPlace(&cursor, log), row < found.count,
        let state = found[row], let space = model?.space
      else { continue }
      if let pair = space.pair(state: state, action: action) {
        columns.states.append(state)
        columns.pairs.append(pair)
      } else {
        log.value(
          at: entry,
          "action \(actions.excerpt(action)) is not available in state \(states.excerpt(state))")
      }
    }
  }

  /// The live state of an entry.
  private mutating func state(at entry: Int) -> Int? {
    var cursor = members.document.cursor(at: entry)
    guard let state = states.nameOrPlace(&cursor, log) else { return nil }
    guard let space = model?.space, space.isTerminal[state] else { return state }
    log.value(
      at: entry,
      "state \(states.excerpt(state)) is terminal, where no action is taken; leave the row out")
    return nil
  }

  private mutating func number(at entry: Int) -> Double {
    var cursor = members.document.cursor(at: entry)
    guard let number = numbers.number(&cursor)?.approximation else { return .nan }
    guard number.isFinite else {
      log.value(at: entry, "the number is more than float64 can hold; scale it down")
      return .nan
    }
    return number
  }

  private mutating func weight(at entry: Int) -> Double {
    let weight = number(at: entry)
    guard weight < 0 else { return weight }
    log.value(
      at: entry,
      "found \(members.document.cursor(at: entry).excerpt()); a weight must not be negative")
    return .nan
  }

  private func trajectory(at entry: Int) -> Int {
    var cursor = members.document.cursor(at: entry)
    if let number = cursor.wholeNumber(below: BatchColumns.trajectoryLimit) { return number }
    log.value(
      at: entry,
      "found \(cursor.excerpt()); expected the number of a trajectory, whole and 0 or more")
    return 0
  }
}

internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Decodes the JSON form of a policy.
struct PolicyDecoder {
  let members: DocumentMembers
  let log: FaultLog
  let model: PolicyModel?
  var states: DeclaredNames
  var actions: DeclaredNames
  var rows: RowDecoder
  private var stateKeys = KeyStamps()

  /// - Parameter precision: What the probabilities were computed in, where that is not as configured.
  init(
    members: DocumentMembers, log: FaultLog, model: PolicyModel?,
    configuration: MDPReaderConfiguration, precision: PolicyPrecision? = nil
  ) {
    self.members = members
    self.log = log
    self.model = model
    states =
      model.map { DeclaredNames(noun: "state", $0.space.states) }
      ?? DeclaredNames(openFor: "state")
    actions =
      model.map { DeclaredNames(noun: "action", $0.space.actions) }
      ?? DeclaredNames(openFor: "action")
    let tolerance = configuration.rowTolerance
    rows = RowDecoder(log: log, memoryLimit: configuration.memoryLimit) {
      tolerance.ofPolicies($0, precision: precision ?? tolerance.precision)
    }
  }

  mutating func decode(_ builder: inout PolicyBuilder) {
    if let mdp = members.nonEmptyText("mdp"), let model, mdp != model.name,
      let cursor = members.cursor(at: "mdp")
    {
      // The states and actions of another model would only make more faults.
      log.value(
        at: cursor.position,
        "a policy for the MDP \(Excerpt.quoted(mdp)); "
          + "expected one for \(Excerpt.quoted(model.name))")
      return
    }
    guard var cursor = members.cursor(at: "probabilities") else { return }
    switch cursor.kind {
    case .object: byName(&cursor, &builder)
    case .array: inOrder(&cursor, &builder)
    default:
      log.schema(
        at: cursor.position,
        "found \(cursor.excerpt()); expected an object by state, or an array of rows")
    }
  }

  private mutating func byName(_ cursor: inout JSONCursor, _ builder: inout PolicyBuilder) {
    let start = cursor.position
    var hasUnknown = false
    stateKeys.begin(states.count)
    var more = cursor.enter()
    while more {
      let key = cursor.key()
      let state = states.index(key, cursor, log)
      if let state, !stateKeys.insert(state) {
        log.schema(at: key.start, "the key \(cursor.excerpt(key)) stands here twice; remove one")
      }
      hasUnknown = hasUnknown || state == nil
      let text = cursor
      row(
        &cursor, state, expecting: .object,
        path: { "$.probabilities" + JSONPath.member(text.text(key)) }, &builder)
      more = cursor.next()
    }
    // An unknown state may be any of those that seem to be missing.
    guard let space = model?.space, !hasUnknown else { return }
    for state in space.states.indices
    where !space.isTerminal[state] && !stateKeys.contains(state) {
      log.value(
        at: start, "state \(states.excerpt(state)) is missing; give its probabilities by action")
    }
  }

  private mutating func inOrder(_ cursor: inout JSONCursor, _ builder: inout PolicyBuilder) {
    let start = cursor.position
    var index = 0
    var more = cursor.enter()
    while more {
      let state = index < states.count || model == nil ? index : nil
      row(&cursor, state, expecting: .array, path: { "$.probabilities[\(index)]" }, &builder)
      index += 1
      more = cursor.next()
    }
    if model != nil, index != states.count {
      log.schema(
        at: start, "found \(index) rows; expected \(states.count), one for each state")
    } else if index == 0 {
      log.schema(at: start, "found no rows; expected one for each state")
    }
  }

}

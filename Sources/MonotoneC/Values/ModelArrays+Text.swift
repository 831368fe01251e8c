internal import MonotoneFiles

extension ModelArrays {
  /// The text of the model's file.
  ///
  /// - Throws: ``CallFailure`` with every number that is not finite, up to a hundred.
  func text() throws(CallFailure) -> String {
    try requireShapes()
    let writer = ModelTextWriter(self)
    writer.write()
    guard writer.faults.isEmpty else {
      var failure = CallFailure(
        writer.faults.map { "\($0.path): \($0.message)" }.joined(separator: "\n"), .badData)
      (failure.file, failure.faults) = (name, writer.faults)
      throw failure
    }
    return writer.output
  }
}

/// Writes arrays as a model file, dense or sparse as they are.
private final class ModelTextWriter {
  let arrays: ModelArrays
  var output = ""
  var faults: [Fault] = []

  init(_ arrays: ModelArrays) { self.arrays = arrays }

  private var states: Range<Int> { 0..<arrays.stateCount }
  private var actions: Range<Int> { 0..<arrays.actionCount }

  func write() {
    output += "{\"schema\": \"monotone/mdp/v1\", \"name\": "
    JSONText.appendQuoted(arrays.name, to: &output)
    output += ", \"discount\": "
    JSONText.appendQuoted(arrays.discount, to: &output)
    output += ", \"states\": \(arrays.stateCount), \"actions\": \(arrays.actionCount)"
    writeInitial()
    let terminal = states.filter(arrays.isTerminal)
    if !terminal.isEmpty {
      output += ", \"terminal\": [\(terminal.map { "\"\($0)\"" }.joined(separator: ", "))]"
    }
    output += ", \"transitions\": "
    if arrays.isSparse { writeSparse() } else { writeDense() }
    output += "}\n"
  }

  private func writeInitial() {
    guard let initial = arrays.initial else {
      output += ", \"initial\": {\"0\": 1}"
      return
    }
    output += ", \"initial\": {"
    var separator = ""
    for state in states where !initial.isZero(state) {
      output += "\(separator)\"\(state)\": "
      number(initial, state, "initial[\(state)]")
      separator = ", "
    }
    output += "}"
  }

  private func writeDense() {
    list(states) { state in
      row(state) { action in
        numbers(
          arrays.transitions, arrays.entries(state * arrays.actionCount + action),
          "transitions[\(state)][\(action)]")
      }
    }
    guard let rewards = arrays.rewards, arrays.rewardForm != .none else { return }
    output += ", \"rewards\": "
    list(states) { state in
      if arrays.rewardForm == .states {
        if arrays.isTerminal(state) { output += "null"; return }
        number(rewards, state, "rewards[\(state)]")
        return
      }
      row(state) { action in
        let place = state * arrays.actionCount + action
        let path = "rewards[\(state)][\(action)]"
        if arrays.rewardForm == .actions {
          number(rewards, place, path)
        } else {
          numbers(
            rewards, place * arrays.stateCount..<(place + 1) * arrays.stateCount, path)
        }
      }
    }
  }

  /// The elements of a state, one an action, or null.
  private func row(
    _ state: Int, _ element: (_ action: Int) -> Void
  ) {
    if arrays.isTerminal(state) { output += "null"; return }
    list(actions) { action in
      if arrays.isAvailable(state, action) {
        element(action)
      } else {
        output += "null"
      }
    }
  }

  private func writeSparse() {
    let rows = states.filter { !arrays.isTerminal($0) }
      .flatMap { state in actions.filter { arrays.isAvailable(state, $0) }.map { (state, $0) } }
    list(rows.indices) { index in
      let (state, action) = rows[index]
      let row = state * arrays.actionCount + action
      output += "{\"from\": \"\(state)\", \"action\": \"\(action)\", \"to\": "
      map(arrays.transitions, row, "transitions")
      reward(state, action)
      output += "}"
    }
  }

  private func reward(_ state: Int, _ action: Int) {
    guard let rewards = arrays.rewards else { return }
    let row = state * arrays.actionCount + action
    switch arrays.rewardForm {
    case .none, .nextStates: return
    case .states:
      output += ", \"reward\": "
      number(rewards, state, "rewards[\(state)]")
    case .actions:
      output += ", \"reward\": "
      number(rewards, row, "rewards[\(state)][\(action)]")
    case .entries:
      output += ", \"reward\": "
      map(rewards, row, "rewards")
    }
  }

  /// The numbers of a row's entries by next state.
  private func map(_ numbers: NumberArray, _ row: Int, _ path: String) {
    output += "{"
    var separator = ""
    for entry in arrays.entries(row) where !arrays.transitions.isZero(entry) {
      output += "\(separator)\"\(arrays.columns?.whole(entry) ?? 0)\": "
      number(numbers, entry, "\(path)[\(entry)]")
      separator = ", "
    }
    output += "}"
  }

  private func numbers(_ numbers: NumberArray, _ range: Range<Int>, _ path: String) {
    list(range) { index in
      number(numbers, index, "\(path)[\(index - range.lowerBound)]")
    }
  }

  private func list(
    _ range: Range<Int>, _ element: (Int) -> Void
  ) {
    output += "["
    for index in range {
      if index > range.lowerBound { output += ", " }
      element(index)
    }
    output += "]"
  }

  private func number(
    _ numbers: NumberArray, _ index: Int, _ path: @autoclosure () -> String
  ) {
    guard !numbers.append(index, arrays.decimals, to: &output) else { return }
    output += "0"
    guard faults.count < 100 else { return }
    faults.append(
      Fault(
        kind: .value, line: 1, column: 1, path: "$.\(path())",
        message: "found \(numbers.excerpt(index)); expected a finite number"))
  }
}

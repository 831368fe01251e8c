internal import MonotoneArithmetic
internal import MDPCore

/// Writes what follows the names, with transitions and rewards as arrays.
struct DenseMDPWriter {
  let document: MDPDocument

  private var space: StateActionSpace { document.space }

  func write(to output: inout String) {
    MDPWriter.member("initial", to: &output) { output in
      output.appendList(document.initial, "[", "]") { $1 += $0.json }
    }
    MDPWriter.terminal(of: space, to: &output)
    output += "  \"transitions\": "
    let table = document.transitions
    arrays(to: &output) { _, pair, output in
      row(pair, to: &output) { table.probability[$0] }
    }
    rewards(to: &output)
  }

  private func rewards(to output: inout String) {
    let byNextState = document.transitionRewards
    if !byNextState.isAllZero {
      output += ",\n  \"rewards\": "
      arrays(to: &output) { state, pair, output in
        let shared = actionReward(pair) + stateReward(state)
        row(pair, to: &output) { byNextState[$0] + shared }
      }
    } else if !document.actionRewards.isAllZero {
      output += ",\n  \"rewards\": [\n    "
      rows(to: &output, between: ",\n    ") { state, output in
        pairs(of: state, to: &output, "[", ", ", "]") { pair, output in
          output += (actionReward(pair) + stateReward(state)).json
        }
      }
      output += "\n  ]"
    } else if !document.stateRewards.isAllZero {
      output += ",\n  \"rewards\": ["
      rows(to: &output, between: ", ") { $1 += stateReward($0).json }
      output += "]"
    }
  }

  private func stateReward(_ state: Int) -> ExactNumber {
    document.stateRewards.isEmpty ? ExactNumber(0) : document.stateRewards[state]
  }

  private func actionReward(_ pair: Int) -> ExactNumber {
    document.actionRewards.isEmpty ? ExactNumber(0) : document.actionRewards[pair]
  }

  /// `[state][action]` with one pair a line.
  private func arrays(
    to output: inout String, _ element: (_ state: Int, _ pair: Int, inout String) -> Void
  ) {
    output += "[\n    "
    rows(to: &output, between: ",\n    ") { state, output in
      pairs(of: state, to: &output, "[\n      ", ",\n      ", "\n    ]") { pair, output in
        element(state, pair, &output)
      }
    }
    output += "\n  ]"
  }

  /// One element a state, null for terminal ones.
  private func rows(
    to output: inout String, between separator: String, _ element: (Int, inout String) -> Void
  ) {
    for state in space.states.indices {
      if state > 0 { output += separator }
      if space.isTerminal[state] {
        output += "null"
      } else {
        element(state, &output)
      }
    }
  }

  /// One element an action, null for unavailable ones.
  private func pairs(
    of state: Int, to output: inout String, _ open: String, _ separator: String,
    _ close: String, _ element: (Int, inout String) -> Void
  ) {
    var pair = space.pairStart[state]
    output += open
    for action in space.actions.indices {
      if action > 0 { output += separator }
      if pair < space.pairStart[state + 1], space.pairAction[pair] == action {
        element(pair, &output)
        pair += 1
      } else {
        output += "null"
      }
    }
    output += close
  }

  /// One number a next state, 0 where the row does not lead.
  private func row(_ pair: Int, to output: inout String, _ number: (Int) -> ExactNumber) {
    let table = document.transitions
    var entry = table.rowStart[pair]
    output.appendList(space.states.indices, "[", "]") { state, output in
      if entry < table.rowStart[pair + 1], table.nextState[entry] == state {
        output += number(entry).json
        entry += 1
      } else {
        output += "0"
      }
    }
  }
}

internal import MonotoneFiles
internal import MonotoneArithmetic
internal import MDPCore

/// Writes what follows the names, with transitions as one object a row.
struct SparseMDPWriter {
  let document: MDPDocument

  private var space: StateActionSpace { document.space }

  func write(to output: inout String) {
    MDPWriter.member("initial", to: &output) { output in
      let support = document.initial.indices.filter { !document.initial[$0].isZero }
      output.appendList(support, "{", "}") { state, output in
        number(document.initial[state], of: state, to: &output)
      }
    }
    MDPWriter.terminal(of: space, to: &output)
    output += "  \"transitions\": ["
    for state in space.states.indices {
      for pair in space.pairs(of: state) {
        output += pair == 0 ? "\n" : ",\n"
        row(state, pair, to: &output)
      }
    }
    output += "\n  ]"
    let rewards = document.stateRewards
    guard !rewards.isAllZero else { return }
    output += ",\n  \"rewards\": "
    output.appendList(rewards.indices.filter { !rewards[$0].isZero }, "{", "}") { state, output in
      number(rewards[state], of: state, to: &output)
    }
  }

  private func number(_ number: ExactNumber, of state: Int, to output: inout String) {
    JSONText.appendQuoted(space.states[state], to: &output)
    output += ": "
    output += number.json
  }

  private func row(_ state: Int, _ pair: Int, to output: inout String) {
    let table = document.transitions
    let entries = table.rowStart[pair]..<table.rowStart[pair + 1]
    output += "    {\"from\": "
    JSONText.appendQuoted(space.states[state], to: &output)
    output += ", \"action\": "
    JSONText.appendQuoted(space.actionName(ofPair: pair), to: &output)
    output += ", \"to\": "
    output.appendList(entries, "{", "}") { entry, output in
      number(table.probability[entry], of: Int(table.nextState[entry]), to: &output)
    }
    let shared =
      document.actionRewards.isEmpty ? ExactNumber(0) : document.actionRewards[pair]
    let byNextState = document.transitionRewards
    if !byNextState.isEmpty, entries.contains(where: { !byNextState[$0].isZero }) {
      output += ", \"reward\": "
      output.appendList(entries, "{", "}") { entry, output in
        number(byNextState[entry] + shared, of: Int(table.nextState[entry]), to: &output)
      }
    } else if !shared.isZero {
      output += ", \"reward\": "
      output += shared.json
    }
    output += "}"
  }
}

extension ExactNumber {
  static func + (a: Self, b: Self) -> Self {
    a.isZero ? b : b.isZero ? a : ExactNumber(a.rational + b.rational)
  }
}

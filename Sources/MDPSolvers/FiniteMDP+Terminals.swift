internal import MonotoneArithmetic
internal import MDPCore

extension FiniteMDP {
  /// Visitations with those of the terminal states made from the live ones:
  /// ρ(s) = (ρ₀(s) + inflow) / (1 − γ); 0 for γ = 1, where only live states count.
  func gatheredAtTerminals(_ visits: [Number], policy: TabularPolicy<Number>) -> [Number] {
    guard space.liveStates.count < space.stateCount else { return visits }
    var gathered = visits
    for state in space.states.indices where space.isTerminal[state] {
      gathered[state] = isUndiscounted ? .zero : initial[state]
    }
    guard !isUndiscounted else { return gathered }
    for state in space.liveStates {
      for pair in space.pairs(of: state) where !policy[pair].isExactlyZero {
        for entry in transitions.entries(ofRow: pair) {
          let next = Int(transitions.columns[entry])
          guard space.isTerminal[next] else { continue }
          gathered[next] += discount * visits[state] * policy[pair] * transitions.values[entry]
        }
      }
    }
    for state in space.states.indices where space.isTerminal[state] {
      gathered[state] = gathered[state] / (Number.one - discount)
    }
    return gathered
  }
}

internal import Arithmetic
internal import MDPCore

/// Live states of negative value between which the best actions of an optimal policy can stay for ever.
///
/// Without discounting, an action with A(s,a) = 0 earns V(s) − Σ P V(s'). A policy that takes only such
/// actions and never leaves a set where V < 0 earns V(s) − E V(s_t) in t steps: more than V(s), what
/// ending earns. The sets are closed under union, so the largest decides: it is what remains when states
/// that have to leave are taken away until none has.
///
/// Complexity: O(stored transitions) for each state taken away in turn, at most; far less in practice.
struct FreeCycle {
  /// A state of the largest such set; nil if it is empty, and for γ < 1.
  let state: Int?

  /// - Parameter ties: By state, the actions of A = 0.
  init<Number: Scalar>(_ evaluation: PolicyEvaluation<Number>, ties: [[Int]]) {
    let mdp = evaluation.mdp
    guard mdp.isUndiscounted else {
      state = nil
      return
    }
    var isInside = mdp.space.states.indices.map {
      !mdp.space.isTerminal[$0] && evaluation.stateValues[$0].isNonNegative == .no
    }
    func stays(_ pair: Int) -> Bool {
      mdp.transitions.entries(ofRow: pair).allSatisfy { entry in
        mdp.transitions.values[entry].isExactlyZero || isInside[Int(mdp.transitions.columns[entry])]
      }
    }
    var changes = true
    while changes {
      changes = false
      for state in isInside.indices where isInside[state] && !ties[state].contains(where: stays) {
        isInside[state] = false
        changes = true
      }
    }
    state = isInside.firstIndex(of: true)
  }
}

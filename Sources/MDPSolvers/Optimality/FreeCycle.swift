internal import MonotoneArithmetic
internal import MDPCore

/// Ways to go on for ever by the best actions of an optimal policy that no way to end beats.
///
/// Without discounting, an action with A(s,a) = 0 earns V(s) − Σ P V(s'), so a policy that takes only
/// such actions earns V(s) − E V(s_t) in t steps, where ending earns V(s).
///
/// - Where it never leaves a set with V < 0, going on for ever earns more than ending. Such sets are closed
///   under union, so the largest decides.
/// - Where it comes back again and again to a state x with V(x) < 0, it has earned nothing from x to x
///   each time, more than V(x), and other numbers between: its return does not settle.
/// - Elsewhere a path that never ends stays at last among states with V ≥ 0, and actions with A < 0 are
///   taken finitely often or cost without bound: ending is as good.
///
/// Complexity: O(stored transitions) for each state taken away in turn, at most; far less in practice.
struct FreeCycle {
  /// The endless paths that speak against the optimum; nil where there are none, and for γ < 1.
  let paths: EndlessPaths?

  /// - Parameter ties: By state, the actions of A = 0.
  init<Number: Scalar>(_ evaluation: PolicyEvaluation<Number>, ties: [[Int]]) {
    let mdp = evaluation.mdp
    guard mdp.isUndiscounted else {
      paths = nil
      return
    }
    let graph = TieGraph(
      space: mdp.space, ties: ties,
      successors: { pair in
        mdp.transitions.entries(ofRow: pair).lazy
          .filter { !mdp.transitions.values[$0].isExactlyZero }
          .map { Int(mdp.transitions.columns[$0]) }
      })
    let isNegative = mdp.space.states.indices.map {
      !mdp.space.isTerminal[$0] && evaluation.stateValues[$0].isNonNegative == .no
    }
    if let state = graph.closed(within: isNegative).firstIndex(of: true) {
      paths = .free(state: mdp.space.states[state])
      return
    }
    let endless = graph.closed(within: mdp.space.isTerminal.map { !$0 })
    let recurrent = endless.indices.first {
      endless[$0] && isNegative[$0] && graph.recurs(to: $0, within: endless)
    }
    paths = recurrent.map { .cancelling(state: mdp.space.states[$0]) }
  }
}

/// The states and the ties between their actions as a graph.
private struct TieGraph<Successors: Sequence<Int>> {
  let space: StateActionSpace
  let ties: [[Int]]
  let successors: (_ pair: Int) -> Successors

  /// The largest part of a set that ties need never leave.
  func closed(within set: [Bool]) -> [Bool] {
    var isInside = set
    var changes = true
    while changes {
      changes = false
      for state in isInside.indices
      where isInside[state] && !ties[state].contains(where: { stays($0, in: isInside) }) {
        isInside[state] = false
        changes = true
      }
    }
    return isInside
  }

  /// Whether ties that never leave a set can come back to a state for ever.
  func recurs(to state: Int, within set: [Bool]) -> Bool {
    var isInside = set
    while isInside[state] {
      let returning = closed(within: reaching(state, within: isInside))
      if returning == isInside { return true }
      isInside = returning
    }
    return false
  }

  /// The states of a set from which ties that never leave it may lead to a state.
  private func reaching(_ goal: Int, within set: [Bool]) -> [Bool] {
    var predecessors = [[Int]](repeating: [], count: set.count)
    for state in set.indices where set[state] {
      for pair in ties[state] where stays(pair, in: set) {
        for next in successors(pair) { predecessors[next].append(state) }
      }
    }
    var reaches = [Bool](repeating: false, count: set.count)
    reaches[goal] = true
    var frontier = [goal]
    while let state = frontier.popLast() {
      for predecessor in predecessors[state] where !reaches[predecessor] {
        reaches[predecessor] = true
        frontier.append(predecessor)
      }
    }
    return reaches
  }

  private func stays(_ pair: Int, in set: [Bool]) -> Bool {
    successors(pair).allSatisfy { set[$0] }
  }
}

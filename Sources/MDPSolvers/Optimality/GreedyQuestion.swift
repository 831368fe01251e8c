package import MonotoneArithmetic
package import MDPCore

/// Which deterministic policy takes the best action of every state, the first of equals?
package struct GreedyQuestion: ActionQuestion {
  package init() {}

  package func answer<Number: Scalar>(
    _ evaluation: PolicyEvaluation<Number>
  ) -> DecidedAnswer<ExactPolicy> {
    let space = evaluation.mdp.space
    let best = space.states.indices.map { state in
      LargestPairs(space.pairs(of: state)) { evaluation.actionValues[$0] }
    }
    return DecidedAnswer(
      ExactPolicy.deterministic(space) { best[$0].ties.first ?? -1 },
      isDecided: best.allSatisfy(\.isDecided))
  }
}

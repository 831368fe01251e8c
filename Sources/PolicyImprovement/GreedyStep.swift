internal import MonotoneArithmetic
internal import MDPCore
internal import MDPSolvers

/// The policy that takes the best actions of an evaluation.
///
/// Ties split in proportion to π, evenly where π takes none of them; so a policy that is greedy
/// already stays.
enum GreedyStep {
  /// The greedy policy.
  ///
  /// - Parameter visitedOnly: Whether states that π never visits keep it.
  static func policy(_ start: EvaluatedPolicy, visitedOnly: Bool) -> ExactPolicy {
    let (space, policy) = (start.space, start.policy)
    var probabilities = policy.probabilities
    for state in space.liveStates where !visitedOnly || start.isVisited(state) {
      let best = start.gaps.best(in: state)
      let mass = best.reduce(Rational(0)) { $0 + policy[$1] }
      for pair in space.pairs(of: state) { probabilities[pair] = Rational(0) }
      for pair in best {
        probabilities[pair] =
          mass.signum > 0 ? policy[pair] / mass : Rational(numerator: 1, denominator: best.count)
      }
    }
    return ExactPolicy(space: space, probabilities: probabilities)
  }

  /// The optimum of a penalised objective whose coefficient is 0.
  static func unpenalised(
    _ start: EvaluatedPolicy, _ slackness: DualityGap.Slackness
  ) throws(RuleFailure) -> Proposal {
    var step = try ConvexStep(start, TradeOffs(start), multiplier: 0).proposal(slackness)
    step.policy = policy(start, visitedOnly: true)
    return step
  }
}

/// The shortfall of a step from the greedy one: max_s (max_a A(s,a) − Σ_a π̃ A).
struct GreedyResidual: OptimalityResidual {
  var meaning: String { "the largest advantage that the step leaves untaken in a state" }

  func value<Number: Scalar>(
    from current: PolicyEvaluation<Number>, to candidate: TabularPolicy<Number>
  ) -> Extended<Number.Real> {
    let space = current.mdp.space
    var largest = Number.zero
    for state in space.liveStates {
      // Differences of action values, so that taking a best action leaves exactly nothing.
      let pairs = space.pairs(of: state)
      for best in pairs {
        var missed = Number.zero
        for pair in pairs where pair != best && !candidate[pair].isExactlyZero {
          missed += candidate[pair] * (current.actionValues[best] - current.actionValues[pair])
        }
        largest = Number.maximum(largest, missed)
      }
    }
    return .finite(largest.real)
  }
}

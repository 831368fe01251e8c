internal import Arithmetic
internal import MDPCore
internal import MDPSolvers

/// The policy that takes the best actions of an evaluation.
///
/// Actions that float64 cannot tell from the best within their error bounds are ties. Ties split in
/// proportion to π, evenly where π takes none of them; so a policy that is greedy already stays.
enum GreedyStep {
  /// The greedy policy.
  ///
  /// - Parameter visitedOnly: Whether states that π never visits keep it.
  static func policy(_ start: EvaluatedPolicy, visitedOnly: Bool) -> ExactPolicy {
    let (space, policy) = (start.space, start.policy)
    var probabilities = policy.probabilities
    for state in space.liveStates where !visitedOnly || start.isVisited(state) {
      let best = ties(in: state, start.evaluation)
      let mass = best.reduce(Rational(0)) { $0 + policy[$1] }
      for pair in space.pairs(of: state) { probabilities[pair] = Rational(0) }
      for pair in best {
        probabilities[pair] =
          mass.signum > 0 ? policy[pair] / mass : Rational(numerator: 1, denominator: best.count)
      }
    }
    return ExactPolicy(space: space, probabilities: probabilities)
  }

  private static func ties(
    in state: Int, _ evaluation: PolicyEvaluation<TrackedDouble>
  ) -> [Int] {
    let pairs = evaluation.mdp.space.pairs(of: state)
    guard let best = pairs.map({ evaluation.actionValues[$0].value }).max() else { return [] }
    return pairs.filter {
      evaluation.actionValues[$0].value >= best - 2 * evaluation.actionValues[$0].error
    }
  }

  /// The optimum of a penalised objective whose coefficient is 0.
  static func unpenalised(
    _ start: EvaluatedPolicy, _ slackness: DualityGap.Slackness
  ) -> Proposal {
    var step = ConvexStep(start, TradeOffs(start), multiplier: 0).proposal(slackness)
    step.policy = policy(start, visitedOnly: true)
    return step
  }
}

/// What a step lacks to be greedy: max_s (max_a A(s,a) − Σ_a π̃ A).
struct GreedyResidual: OptimalityResidual {
  var meaning: String { "the largest advantage that the step leaves untaken in a state" }

  func value<Number: Scalar>(
    from current: PolicyEvaluation<Number>, to candidate: TabularPolicy<Number>
  ) -> Extended<Number.Real> {
    let space = current.mdp.space
    var largest = Number.zero
    for state in space.liveStates {
      let pairs = space.pairs(of: state)
      var taken = Number.zero
      for pair in pairs { taken += candidate[pair] * current.advantages[pair] }
      for pair in pairs { largest = Number.maximum(largest, current.advantages[pair] - taken) }
    }
    return .finite(largest.real)
  }
}

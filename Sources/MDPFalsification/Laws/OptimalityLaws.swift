internal import MonotoneArithmetic
internal import MDPCore
internal import MDPSolvers
internal import MDPTesting

/// Laws of policies that are proved to be near optimal.
enum OptimalityLaws {
  static let all = [gap]

  /// Whatever way a large model's policy was found, and wherever it was left.
  private static let gap = NamedProperty.law(
    "optimality-gap",
    "no value exceeds a policy's by more than its proved gap, and its returns lie as proved"
  ) { experiment in
    let document = experiment.input.mdp
    guard !document.isUndiscounted else { return false }
    let optimum = try optimalEvaluation(experiment)
    for rounds in [0, 1, 3, Int.max] {
      let found: EpsilonOptimalPolicy
      // Numbers may be beyond float64.
      do throws(EvaluationFailure) {
        found = try EpsilonOptimalPolicy(document, within: 0) { $0.rounds < rounds }
      } catch { return false }
      let reached = try experiment.evaluator.solveExactly(found.policy(document.space))
      for (best, value) in zip(optimum.stateValues, reached.stateValues)
      where !isAtMost(best - value, found.gap) {
        throw Broken(description: "\(best) exceeds \(value) by more than \(found.gap)")
      }
      guard isAtMost(-reached.expectedReturn, -found.lower),
        isAtMost(optimum.expectedReturn, found.upper)
      else {
        throw Broken(
          description: """
            returns \(reached.expectedReturn) of the policy and \(optimum.expectedReturn) of optimal \
            ones; proved were at least \(found.lower) and at most \(found.upper)
            """)
      }
    }
    return true
  }

  private static func isAtMost(_ number: Rational, _ limit: Double) -> Bool {
    guard let limit = Rational(exactly: limit) else { return limit == .infinity }
    return number <= limit
  }

  /// Policy iteration in rational numbers: every state takes its best action until none is better.
  private static func optimalEvaluation(
    _ experiment: Experiment
  ) throws -> PolicyEvaluation<Rational> {
    let space = experiment.input.mdp.space
    var evaluation = try experiment.evaluator.solveExactly(experiment.input.current)
    while true {
      let (advantages, policy) = (evaluation.advantages, evaluation.policy)
      let isOptimal = advantages.allSatisfy { $0.signum <= 0 }
      if isOptimal { return evaluation }
      let better = ExactPolicy.deterministic(space) { state in
        let pairs = space.pairs(of: state)
        let best = pairs.max { advantages[$0] < advantages[$1] } ?? pairs.lowerBound
        // What is taken already stays where nothing is better: the rounds end.
        return advantages[best].signum > 0
          ? best : pairs.first { policy[$0].signum > 0 } ?? pairs.lowerBound
      }
      evaluation = try experiment.evaluator.solveExactly(better)
    }
  }
}

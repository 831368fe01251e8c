internal import MDPSolvers
internal import NeuralTRPO

/// Knows what a step from a policy is worth.
struct StepJudge {
  private let evaluator: PolicyEvaluator
  let policy: NetworkPolicy
  private let direction: ExactDirection
  /// η of the policy.
  private let before: Double

  /// - Throws: ``EvaluationFailure``.
  init(
    _ evaluator: PolicyEvaluator, _ policy: NetworkPolicy, _ direction: ExactDirection
  ) throws(EvaluationFailure) {
    self.evaluator = evaluator
    self.policy = policy
    self.direction = direction
    before = try evaluator.evaluate(policy.exact).expectedReturn.value
  }

  /// The efficiency and the exact KL of an update.
  struct Verdict {
    /// nil where there was no step.
    var efficiency: Double?
    var gain = 0.0
    var meanKL = 0.0
  }

  /// Makes an update and judges it.
  ///
  /// - Throws: ``EvaluationFailure``.
  func verdict(
    _ batch: PolicyBatch<Double>, _ update: UpdateConfiguration
  ) throws(EvaluationFailure) -> Verdict {
    var moved = policy
    _ = TrustRegionUpdate.perform(on: &moved.parameters, batch, update)
    guard moved.parameters != policy.parameters else { return Verdict() }
    let step = zip(moved.parameters, policy.parameters).map { $0 - $1 }
    return Verdict(
      efficiency: direction.efficiency(of: step),
      gain: try evaluator.evaluate(moved.exact).expectedReturn.value - before,
      meanKL: direction.meanDivergence(moved.parameters))
  }
}

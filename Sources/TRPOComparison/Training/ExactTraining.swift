package import MDPSolvers
package import NeuralTRPO

/// Trust region policy optimization with infinitely many samples: the same network, the same update, and
/// the theory twin in place of a batch.
package struct ExactTraining {
  /// The policy as it is.
  package private(set) var policy: NetworkPolicy
  /// η of the policies so far, the first included.
  package private(set) var returns: [Double] = []
  private let evaluator: PolicyEvaluator
  private let configuration: UpdateConfiguration

  /// Training that begins with a policy.
  package init(
    _ evaluator: PolicyEvaluator, from policy: NetworkPolicy, _ configuration: UpdateConfiguration
  ) {
    self.evaluator = evaluator
    self.policy = policy
    self.configuration = configuration
  }

  /// One iteration.
  ///
  /// - Throws: ``EvaluationFailure``.
  package mutating func advance() throws(EvaluationFailure) -> UpdateRecord {
    let evaluation = try evaluator.evaluate(policy.exact)
    if returns.isEmpty { returns.append(evaluation.expectedReturn.value) }
    // As practice weighs states: budgets are of means, and damping is relative to them.
    let twin = Twin(theory: evaluation).scaled(toWeight: 1)
    let record = TrustRegionUpdate.perform(
      on: &policy.parameters, twin.batch(at: policy), twin.exactConfiguration(configuration))
    returns.append(try evaluator.evaluate(policy.exact).expectedReturn.value)
    return record
  }
}

internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPCore
internal import MDPSolvers

/// The promises of a policy improvement rule about every step.
public struct RulePromises: Sendable {
  /// E_{s~d_π} KL(π‖π̃) stays at or below this.
  public var meanDivergence: Double?
  /// max_s KL(π‖π̃) stays at or below this.
  public var maxDivergence: Double?
  /// L_π(π̃) ≥ η(π): the step goes up the surrogate.
  public var raisesSurrogate = true
  /// η(π̃) ≥ η(π).
  public var raisesReturn = false
  /// The rule starts only from policies that take every action, as softmax rules do.
  public var needsFullSupport = false
  /// How far rounding may carry a promise past its limit, relative to the sizes involved.
  public var tolerance = 1e-9

  /// No promise; set those that the rule makes.
  public init() {}
}

/// Checks a policy improvement rule on random models and policies.
///
/// The rule gets a model and a policy in float64 tables and answers with a policy. The answer must be
/// a policy, the same each time, and keep the promises; what it is worth is computed with proofs, so
/// a failure is a fact about the answer. The first failure is shrunk and thrown.
///
/// - Parameters:
///   - name: What the rule is called.
///   - promises: What holds of every step.
///   - count: How many cases to check.
///   - models: What the models are like.
///   - configuration: Seed, replay, folder of regressions.
///   - rule: The rule.
/// - Throws: ``PropertyFailure``.
public func checkPolicyImprovementRule(
  _ name: String, promises: RulePromises, count: Int = 1000, models: ModelConfiguration = .init(),
  configuration: PropertyConfiguration = .init(),
  _ rule: (_ model: TabularModel, _ policy: [[Double]]) throws -> [[Double]]
) throws(PropertyFailure) {
  let input = Gen.policy(models).filter { input in
    !promises.needsFullSupport || input.policy.probabilities.allSatisfy { $0.signum > 0 }
  }
  try propertyCheck(name, count: count, input: input, configuration: configuration) { input in
    let model = try TabularModel(input.mdp)
    let table = input.policy.table
    let answer = try rule(model, table)
    guard try rule(model, table) == answer else {
      throw Broken(description: "asked twice, the rule gives two answers")
    }
    let candidate = try ExactPolicy(answer, space: input.mdp.space)
    let ladder = ProofLadder(PolicyEvaluator(input.mdp), from: input.policy, to: candidate)
    try RuleVerdict(update: ladder.enclosed(), promises: promises).require()
  }
}

/// Holds a step to its promises.
private struct RuleVerdict {
  let update: PolicyUpdate<FloatBall>
  let promises: RulePromises

  func require() throws(Broken) {
    try require(update.meanDivergence, atMost: promises.meanDivergence, "mean KL")
    try require(update.maxDivergence, atMost: promises.maxDivergence, "max KL")
    // A step may lose what rounding loses of a return.
    let size = max(
      1, update.current.expectedReturn.approximation.magnitude,
      update.maxAdvantage.approximation / (1 - update.mdp.discount.approximation))
    let slack = FloatBall(promises.tolerance * size)
    if promises.raisesSurrogate, (update.policyAdvantage + slack).isNonNegative == .no {
      throw Broken(
        description: """
          the surrogate falls by \(-update.policyAdvantage.approximation): the step goes against \
          the advantages
          """)
    }
    let gain = update.candidate.expectedReturn - update.current.expectedReturn
    if promises.raisesReturn, (gain + slack).isNonNegative == .no {
      throw Broken(description: "the return falls by \(-gain.approximation)")
    }
  }

  private func require(
    _ divergence: Extended<FloatBall>, atMost limit: Double?, _ name: String
  ) throws(Broken) {
    guard let limit else { return }
    guard let value = divergence.number else {
      throw Broken(description: "\(name) is infinite: the step drops an action")
    }
    let room = FloatBall(limit * (1 + promises.tolerance)) - value
    if room.isNonNegative == .no {
      throw Broken(description: "\(name) is \(value.approximation), above \(limit)")
    }
  }
}

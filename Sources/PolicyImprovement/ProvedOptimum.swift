public import Arithmetic
public import MDPCore
public import MDPSolvers

/// The optimal return η*, between proved ends.
///
/// Policy iteration finds a policy; its evaluation proves how good it is. With a = max(0, max A)
/// over all pairs, every policy π' has r_π' + γP_π'V ≤ V + a, hence V_π' ≤ V + a/(1−γ) in every
/// state and
///
///     η ≤ η* ≤ η + a/(1−γ).
///
/// In rationals a is exactly 0 at an optimal policy and the ends meet; there an action that float64
/// took for a tie is found out and the iteration goes on.
///
/// Source: Puterman 1994, Thm 6.2.2.
public struct ProvedOptimum: Sendable {
  /// The policy that attains the lower end.
  public let policy: ExactPolicy
  /// η ≤ η*.
  public let lower: Quantity
  /// η* ≤ this.
  public let upper: Quantity
  /// Whether the ends are one exact number.
  public let isExact: Bool

  /// Solves a model.
  ///
  /// - Parameters:
  ///   - evaluator: The model.
  ///   - start: A policy that may be optimal; nil to find one.
  ///   - exactly: Whether to prove the policy optimal in rationals.
  /// - Throws: ``EvaluationFailure``.
  public init(
    _ evaluator: PolicyEvaluator, from start: ExactPolicy? = nil, exactly: Bool
  ) throws(EvaluationFailure) {
    var policy = if let start { start } else { try OptimalPolicy(evaluator).policy }
    guard exactly else {
      let evaluation = try evaluator.certify(policy)
      self.policy = policy
      lower = evaluation.expectedReturn.quantity
      upper = Self.upperEnd(evaluation).quantity
      isExact = false
      return
    }
    while true {
      let evaluation = try evaluator.solveExactly(policy)
      guard let better = Self.improved(policy, by: evaluation) else {
        self.policy = policy
        lower = evaluation.expectedReturn.quantity
        upper = lower
        isExact = true
        return
      }
      policy = better
    }
  }

  private static func upperEnd<Number: Scalar>(_ evaluation: PolicyEvaluation<Number>) -> Number {
    let best = evaluation.advantages.reduce(Number.zero) { Number.maximum($0, $1) }
    return evaluation.expectedReturn + best / (Number.one - evaluation.mdp.discount)
  }

  /// The policy that takes an action of positive advantage wherever there is one; nil if there is
  /// none, which proves the policy optimal.
  private static func improved(
    _ policy: ExactPolicy, by evaluation: PolicyEvaluation<Rational>
  ) -> ExactPolicy? {
    let space = policy.space
    var probabilities = policy.probabilities
    var isOptimal = true
    for state in space.liveStates {
      let pairs = space.pairs(of: state)
      guard let best = pairs.max(by: { evaluation.advantages[$0] < evaluation.advantages[$1] }),
        evaluation.advantages[best].signum > 0
      else { continue }
      isOptimal = false
      for pair in pairs { probabilities[pair] = Rational(pair == best ? 1 : 0) }
    }
    return isOptimal ? nil : ExactPolicy(space: space, probabilities: probabilities)
  }
}

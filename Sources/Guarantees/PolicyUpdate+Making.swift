public import Arithmetic
public import MDPCore
public import MDPSolvers

// Updates from policies, compiled for the numbers that property tests go through by the thousand.

extension PolicyUpdate<FloatBall> {
  /// The update from one policy to another, enclosed in float balls.
  ///
  /// - Throws: ``EvaluationFailure``.
  public init(
    enclosing evaluator: PolicyEvaluator, from current: ExactPolicy, to candidate: ExactPolicy
  ) throws(EvaluationFailure) {
    self.init(
      current: try evaluator.enclose(current), candidate: try evaluator.enclose(candidate),
      isUnchanged: current.agreement(with: candidate))
  }

  /// The update between policies that were enclosed before: of a chain, each need be only once.
  public init(
    enclosed current: PolicyEvaluation<FloatBall>, _ candidate: PolicyEvaluation<FloatBall>,
    isUnchanged: [Bool]
  ) {
    self.init(current: current, candidate: candidate, isUnchanged: isUnchanged)
  }
}

extension PolicyUpdate<Rational> {
  /// The update from one policy to another in rational numbers.
  ///
  /// - Throws: ``EvaluationFailure``.
  public init(
    exactly evaluator: PolicyEvaluator, from current: ExactPolicy, to candidate: ExactPolicy
  ) throws(EvaluationFailure) {
    self.init(
      current: try evaluator.solveExactly(current),
      candidate: try evaluator.solveExactly(candidate))
  }

  /// The same update with its logarithms taken at the present working precision.
  public func sharpened() -> PolicyUpdate { PolicyUpdate(current: current, candidate: candidate) }
}

internal import MonotoneArithmetic
internal import MDPCore

extension PolicySolution {
  /// The expected number of steps, enclosed; nil for γ < 1.
  ///
  /// - Throws: ``SolverFailure/endTooFar(steps:)`` where float64 proves nothing of it, and with that
  ///   nothing of V and ρ.
  func enclosedSteps<Number: Scalar>(
    _ mdp: FiniteMDP<Number>, _ policy: TabularPolicy<Number>
  ) throws(SolverFailure) -> ExpectedSteps<Number>? {
    guard let expectedSteps else { return nil }
    if expectedSteps.allSatisfy(\.isFinite),
      let enclosed = ExpectedSteps(
        around: expectedSteps.map { Number($0) }, mdp: mdp, policy: policy)
    {
      return enclosed
    }
    throw .endTooFar(
      steps: expectedSteps.reduce(0) { $1.isNaN ? .infinity : Swift.max($0, abs($1)) })
  }
}

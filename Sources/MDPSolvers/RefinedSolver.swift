internal import MonotoneArithmetic
internal import MDPCore

/// Iterative refinement: float64 factors, residuals in balls.
///
/// Each round shrinks the error by the condition of the system times 2⁻⁵³, down to the precision
/// of the balls, so a discount of 0.999999 costs two or three rounds.
///
/// Source: Wilkinson 1963; Higham, 2nd ed., ch. 12.
struct RefinedSolver {
  /// Rounds beyond which refinement has stalled: the system is too ill conditioned for float64.
  private static let roundLimit = 12

  /// The evaluation enclosed around a refined solution, in balls of the working precision.
  ///
  /// - Parameter solver: Holds the factors of the system that the solution is of.
  static func evaluate(
    _ solution: PolicySolution, _ solver: PolicySolver, mdp: FiniteMDP<Ball>,
    policy: TabularPolicy<Ball>
  ) throws(SolverFailure) -> PolicyEvaluation<Ball> {
    var values = solution.stateValues.map { Ball($0) }
    var visits = solution.stateVisitation.map { Ball($0) }
    var previous = Double.infinity
    for _ in 0..<roundLimit {
      let residual = PolicyResidual(values: values, visitation: visits, mdp: mdp, policy: policy)
      let missing = residual.values.map(\.approximation)
      let missed = residual.visits.map(\.approximation)
      let size = (missing + missed).greatestMagnitude
      guard size > 0, size < previous / 2 else { break }
      previous = size
      guard
        let corrections = solver.corrections(values: missing, visits: missed, space: mdp.space),
        (corrections.values + corrections.visits).allSatisfy(\.isFinite)
      else { break }
      values = zip(values, corrections.values).map { ($0 + Ball($1)).midpoint }
      visits = zip(visits, corrections.visits).map { ($0 + Ball($1)).midpoint }
      gatherAtTerminals(&visits, mdp: mdp, policy: policy)
    }
    return PolicyEvaluation(
      around: values, visitation: visits, order: solution.order, mdp: mdp, policy: policy,
      expectedSteps: try solution.enclosedSteps(mdp, policy))
  }

  /// ρ(s) = (ρ₀(s) + inflow) / (1 − γ) at terminal states, without radius.
  private static func gatherAtTerminals(
    _ visits: inout [Ball], mdp: FiniteMDP<Ball>, policy: TabularPolicy<Ball>
  ) {
    let gathered = mdp.gatheredAtTerminals(visits, policy: policy)
    for state in visits.indices where mdp.space.isTerminal[state] {
      visits[state] = gathered[state].midpoint
    }
  }
}

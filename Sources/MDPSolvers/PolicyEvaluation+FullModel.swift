internal import MonotoneArithmetic
internal import MonotoneLinearAlgebra
internal import MDPCore

extension PolicyEvaluation<TrackedDouble> {
  /// The exact evaluation enclosed around a float64 solution, by way of the model's full matrix where
  /// it has one.
  init(
    enclosing solution: PolicySolution, transitions: EnclosedMatrix?,
    mdp: FiniteMDP<TrackedDouble>, policy: TabularPolicy<TrackedDouble>,
    expectedSteps: ExpectedSteps<TrackedDouble>?
  ) {
    let isVisited = mdp.visitedStates(under: policy)
    var solution = solution
    for state in isVisited.indices where !isVisited[state] { solution.stateVisitation[state] = 0 }
    guard let transitions,
      let residual = PolicyResidual(solution, transitions: transitions, mdp: mdp, policy: policy)
    else {
      self.init(
        enclosing: solution, mdp: mdp, policy: policy, expectedSteps: expectedSteps)
      return
    }
    self.init(
      around: solution.stateValues.map { TrackedDouble($0) },
      visitation: solution.stateVisitation.map { TrackedDouble($0) }, isVisited: isVisited,
      residual: residual, order: solution.order, mdp: mdp, policy: policy,
      expectedSteps: expectedSteps)
  }
}

internal import NeuralTRPO
internal import RealModule

extension SweepEstimator {
  /// The run's own estimator, over trajectories from the start.
  static func practice(_ subject: PolicySweeps.Subject) -> SweepEstimator {
    let returns = ReturnEstimator(
      discount: subject.policy.states.environment.model.discount,
      lambda: subject.training.returnEstimator.lambda)
    return SweepEstimator(
      name: "GAE(\(shown(returns.lambda)))", returns: returns,
      weighting: subject.training.stateWeighting, critic: subject.critic)
  }

  /// The estimators that are compared at every policy: single paths by Monte-Carlo returns and by
  /// generalised advantages, weighted as the theory and as practice does, and branches of every kind.
  static func standard(_ subject: PolicySweeps.Subject, horizon: Int) -> [SweepEstimator] {
    let practice = practice(subject)
    let monteCarlo = ReturnEstimator(discount: practice.returns.discount)
    func path(
      _ name: String, _ label: String, _ returns: ReturnEstimator, _ weighting: StateWeighting,
      _ critic: [Double]
    ) -> SweepEstimator {
      SweepEstimator(
        name: name, label: label, returns: returns, weighting: weighting, critic: critic)
    }
    func vine(
      _ name: String, _ label: String, _ choice: TrainingConfiguration.VineChoice, shares: Bool,
      isSelfNormalised: Bool = true
    ) -> SweepEstimator {
      SweepEstimator(
        name: "vine, " + name, label: label, returns: monteCarlo, weighting: .discounted,
        critic: subject.critic,
        branches: Branches(
          VineConfiguration(
            states: 1, actions: 4, choice: choice, horizon: horizon, sharesRandomNumbers: shares),
          isSelfNormalised: isSelfNormalised))
    }
    let name = practice.name
    let none = [Double](repeating: 0, count: subject.critic.count)
    return [
      path("Monte Carlo, discounted", "MC", monteCarlo, .discounted, none),
      path("\(name), discounted", "GAE", practice.returns, .discounted, subject.critic),
      path("\(name), undiscounted", "GAE, 1/N", practice.returns, .undiscounted, subject.critic),
      vine("every action, common random numbers", "vine, CRN", .every, shares: true),
      vine("every action, independent", "independent", .every, shares: false),
      vine("4 draws of the policy (eq. 16)", "eq. 16", .policy, shares: true),
      vine(
        "4 uniform draws, importance weights (eq. 14)", "eq. 14", .uniform, shares: true,
        isSelfNormalised: false),
    ]
  }

  /// Short branches of uniform draws, weighed relative to each other, beyond which values are exact: what
  /// shows the bias of that with as little noise as may be.
  static func relativeDraws(_ subject: PolicySweeps.Subject, values: [Double]) -> SweepEstimator {
    SweepEstimator(
      name: "vine, uniform draws relative to each other (eq. 16)",
      returns: ReturnEstimator(discount: subject.policy.states.environment.model.discount),
      weighting: .discounted, critic: values,
      branches: Branches(VineConfiguration(states: 1, choice: .uniform, horizon: 2)))
  }

  /// A number as in a name.
  private static func shown(_ number: Double) -> String {
    let text = "\((number * 1000).rounded() / 1000)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

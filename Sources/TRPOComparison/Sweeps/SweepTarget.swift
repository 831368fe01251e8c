internal import NeuralTRPO

/// The exact gradients that an estimator's are compared with.
struct SweepTarget {
  let estimator: SweepEstimator
  /// Its expectation, as tables.
  let twin: Twin
  let theory: [Double]
  let practice: [Double]
  /// E of the numerator, of one trajectory.
  let numerator: [Double]
  /// E of what stands below it; nil where that is certain.
  let denominator: Double?
  let isRatio: Bool
  private let rareEvents: RareEvents

  init(
    _ policy: NetworkPolicy, _ theory: Twin, _ estimator: SweepEstimator, horizon: Int
  ) {
    self.estimator = estimator
    let probabilities = policy.probabilities
    let practice = PracticeTwin(
      policy.states.environment, policy: probabilities, critic: estimator.critic,
      plan: SamplingPlan(
        extent: .trajectories(horizon: horizon), returns: estimator.returns,
        weighting: estimator.weighting,
        branches: estimator.branches?.vine))
    // Episodes that are over before they begin are in the theory's return, and nobody plays them.
    let weight =
      estimator.weighting == .discounted
      ? theory.totalWeight / policy.states.environment.liveStart : 1
    self.theory = theory.scaled(toWeight: weight).batch(at: policy).gradient()
    twin = practice.twin
    let gradient = twin.batch(at: policy).gradient()
    self.practice = gradient
    let divisor = estimator.weighting == .discounted ? 1 : practice.sums.rows
    numerator = gradient.map { $0 * divisor }
    // Weights of π/q expect the sum of what their states weigh, and divide nothing.
    denominator =
      estimator.hasRatios
      ? practice.sums.visits.reduce(0, +)
      : estimator.weighting == .undiscounted ? practice.sums.rows : nil
    isRatio = practice.isRatio && !(estimator.hasRatios && estimator.weighting == .discounted)
    rareEvents = RareEvents(practice, probabilities)
  }

  /// How much of the expectation hangs on what so many trajectories see too rarely.
  func rareShare(trajectories: Double) -> Double { rareEvents.share(trajectories: trajectories) }

  /// ‖g_practice − g_theory‖ / ‖g_theory‖.
  var bias: Double { Vectors.distance(practice, theory) / Vectors.norm(theory) }

  /// √mean ‖ĝ − target‖² / ‖g_theory‖.
  func error(_ sums: some Collection<GradientSums>, from target: [Double]) -> SampleMean {
    SampleMean(
      rootOf: sums.map { one in
        let distance = Vectors.distance(one.estimate(estimator.weighting), target)
        return distance * distance
      }
    ).scaled(1 / Vectors.norm(theory))
  }

  /// Whether the noise has mean zero.
  func zeroMean(_ sums: [GradientSums], falseAlarm: Double) -> ZeroMeanTest {
    ZeroMeanTest(
      sums.map {
        .init(
          numerator: $0.gradient, denominator: $0.denominator(estimator), count: $0.trajectories)
      }, numerator: numerator, denominator: denominator, falseAlarm: falseAlarm)
  }
}

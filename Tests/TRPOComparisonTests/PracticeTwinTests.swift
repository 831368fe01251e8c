import TRPOComparison
import MDPCore
import NeuralTRPO
import TestSupport
import Testing

/// The practice twin against an enumeration of all that can happen, estimated by the estimator itself.
@Suite(.tags(.slow)) struct PracticeTwinTests {
  static let returns = [
    ReturnEstimator(discount: 0.9), ReturnEstimator(discount: 0.8, lambda: 0.7),
    ReturnEstimator(discount: 0.9, lambda: 0),
  ]

  /// E of weighted sums over rows by pair, by state, of rows and of first rows.
  private static func enumerated(
    _ world: TestWorld, _ plan: SamplingPlan, _ critic: [Double], steps: Int,
    _ place: SamplingPlan.Place?
  ) -> (returns: [Double], visits: [Double], rows: Double, begun: Double) {
    let trajectories = EnumeratedTrajectories(
      world.environment, world.policy.probabilities, steps: steps, from: place)
    let space = world.document.space
    var returns = [Double](repeating: 0, count: space.pairCount)
    var visits = [Double](repeating: 0, count: space.stateCount)
    var (rowCount, begun, total) = (0.0, 0.0, 0.0)
    for (probability, rows) in trajectories.all {
      total += probability
      let rollout = trajectories.rollout(rows)
      let estimates = plan.returns.estimates(
        rollout, values: rows.map { critic[$0.state] },
        finalValues: rows.filter { $0.end == .truncated }.map { critic[$0.next] })
      // Of the library's weights only the numerator: the divisor is what makes ratios of them.
      let starts = Double(max(1, rows.count { $0.time == 0 }))
      let weights = plan.weighting.weights(of: rollout, discount: plan.returns.discount).map {
        plan.weighting == .discounted ? $0 * starts : $0 * Double(rows.count)
      }
      for (index, row) in rows.enumerated() {
        returns[row.pair] += probability * weights[index] * estimates.advantages[index]
        visits[row.state] += probability * weights[index]
        rowCount += probability
        begun += row.time == 0 ? probability : 0
      }
    }
    precondition(abs(total - 1) < 1e-12, "probabilities sum to \(total)")
    return (returns, visits, rowCount, begun)
  }

  /// A few thousand terms of size 10 at most, each rounded a few times.
  private static let tolerance = 1e-12

  private static func compare(
    _ world: TestWorld, _ plan: SamplingPlan, _ critic: [Double], steps: Int,
    _ places: [SamplingPlan.Place]
  ) {
    let policy = world.policy.probabilities
    let twin = PracticeTwin(world.environment, policy: policy, critic: critic, plan: plan)
    let space = world.document.space
    var expected = enumerated(world, plan, critic, steps: steps, places.first)
    for place in places.dropFirst() {
      let other = enumerated(world, plan, critic, steps: steps, place)
      for index in expected.returns.indices { expected.returns[index] += other.returns[index] }
      for index in expected.visits.indices { expected.visits[index] += other.visits[index] }
      expected.rows += other.rows
      expected.begun += other.begun
    }
    let divisor = plan.weighting == .discounted ? max(expected.begun, 1) : expected.rows
    #expect(abs(twin.sums.rows - expected.rows) <= tolerance)
    #expect(abs(twin.sums.begun - expected.begun) <= tolerance)
    for state in space.liveStates {
      #expect(abs(twin.sums.visits[state] - expected.visits[state]) <= tolerance)
      #expect(abs(twin.twin.stateWeights[state] - expected.visits[state] / divisor) <= tolerance)
      for pair in space.pairs(of: state) {
        let expectation = expected.returns[pair] / divisor
        let found = twin.twin.stateWeights[state] * policy[pair] * twin.twin.advantages[pair]
        #expect(abs(found - expectation) <= tolerance)
        #expect(
          abs(policy[pair] * twin.sums.returns[pair] - expected.returns[pair]) <= tolerance)
      }
    }
  }

  @Test(arguments: returns.indices, StateWeighting.allCases)
  func trajectoriesFromTheStart(_ index: Int, _ weighting: StateWeighting) throws {
    for limit in [nil, 2] {
      let world = try TestWorld.tiny(timeLimit: limit)
      let plan = SamplingPlan(
        extent: .trajectories(horizon: 3), returns: Self.returns[index], weighting: weighting)
      for critic in [world.critic, [0, 0, 0]] {
        Self.compare(world, plan, critic, steps: 3, [])
      }
    }
  }

  @Test(arguments: returns.indices, StateWeighting.allCases)
  func stepsFromWhereEnvironmentsStand(_ index: Int, _ weighting: StateWeighting) throws {
    for limit in [nil, 3, 4] {
      let world = try TestWorld.tiny(timeLimit: limit)
      let places: [SamplingPlan.Place] = [
        .init(state: 1, time: 2), .init(state: 0, time: 0), .init(state: 0, time: 1),
      ]
      let plan = SamplingPlan(
        extent: .steps(4, from: places), returns: Self.returns[index], weighting: weighting)
      Self.compare(world, plan, world.critic, steps: 4, places)
    }
  }

  @Test func saysWhichAreRatios() throws {
    let world = try TestWorld.tiny()
    func isRatio(_ extent: SamplingPlan.Extent, _ weighting: StateWeighting) -> Bool {
      PracticeTwin(
        world.environment, policy: world.policy.probabilities, critic: world.critic,
        plan: SamplingPlan(extent: extent, returns: Self.returns[0], weighting: weighting)
      ).isRatio
    }
    let place = SamplingPlan.Place(state: 0, time: 0)
    #expect(isRatio(.trajectories(horizon: 3), .undiscounted))
    #expect(!isRatio(.trajectories(horizon: 3), .discounted))
    #expect(isRatio(.steps(3, from: [place]), .discounted))
    #expect(!isRatio(.steps(3, from: [place]), .undiscounted))
    #expect(isRatio(.wholeEpisodes(limit: 3), .discounted))
    #expect(isRatio(.wholeEpisodes(limit: 3), .undiscounted))
  }

  /// With a horizon so long that nothing is left after it, the critic exact or absent, and γᵗ as
  /// weights, practice is what the theory says.
  @Test func discountedPracticeTendsToTheory() throws {
    for seed in [2, 5, 9] as [UInt64] {
      let world = try TestWorld.random(seed, discount: .init(1, 2))
      guard world.environment.liveStart == 1 else { continue }
      let theory = try ExactDerivativeTests.theory(world)
      let plan = SamplingPlan(
        extent: .trajectories(horizon: 60), returns: ReturnEstimator(discount: 0.5),
        weighting: .discounted)
      let zeros = [Double](repeating: 0, count: world.critic.count)
      let practice = PracticeTwin(
        world.environment, policy: world.policy.probabilities, critic: zeros, plan: plan
      ).twin
      let (a, b) = (
        theory.batch(at: world.policy).gradient(), practice.batch(at: world.policy).gradient()
      )
      // 0.5⁶⁰ is 1e-18; rows t near the horizon lack tails, but weigh as little.
      for (x, y) in zip(a, b) { #expect(abs(x - y) <= 1e-12) }
    }
  }
}

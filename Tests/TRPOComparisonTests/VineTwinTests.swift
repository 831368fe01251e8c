import TRPOComparison
import MDPCore
import NeuralTRPO
import TestSupport
import Testing

/// The twin of vine against an enumeration of the states that branches leave from, and against samples.
@Suite(.tags(.slow)) struct VineTwinTests {
  /// Q̂'s expectation by plain recursion: m steps, then the critic.
  private static func actionValue(
    _ world: TestWorld, _ policy: TabularPolicy<Double>, _ pair: Int, steps: Int, _ discount: Double
  ) -> Double {
    let model = world.environment.model
    var value = model.expectedReward[pair]
    for entry in model.transitions.rowStart[pair]..<model.transitions.rowStart[pair + 1] {
      let next = Int(model.transitions.columns[entry])
      if model.space.isTerminal[next] { continue }
      let beyond =
        steps == 1
        ? world.critic[next]
        : model.space.pairs(of: next).reduce(0) {
          $0 + policy[$1] * actionValue(world, policy, $1, steps: steps - 1, discount)
        }
      value += discount * model.transitions.values[entry] * beyond
    }
    return value
  }

  @Test(arguments: [nil, 3, 4], StateWeighting.allCases)
  func branchesAreFollowedToTheirEnds(_ limit: Int?, _ weighting: StateWeighting) throws {
    let world = try TestWorld.tiny(timeLimit: limit)
    let (space, policy) = (world.document.space, world.policy.probabilities)
    for place in [nil, SamplingPlan.Place(state: 1, time: 1), .init(state: 0, time: 2)] {
      let steps = 4
      let plan = SamplingPlan(
        extent: place.map { .steps(steps, from: [$0]) } ?? .trajectories(horizon: steps),
        returns: ReturnEstimator(discount: 0.9, lambda: 0.3), weighting: weighting,
        branches: VineConfiguration(choice: .every, horizon: 2))
      let twin = PracticeTwin(
        world.environment, policy: policy, critic: world.critic, plan: plan)
      var returns = [Double](repeating: 0, count: space.pairCount)
      for (probability, rows) in EnumeratedTrajectories(
        world.environment, policy, steps: steps, from: place
      ).all {
        for row in rows {
          let depth = min(2, (limit ?? 100) - row.time)
          let values = space.pairs(of: row.state).map {
            Self.actionValue(world, policy, $0, steps: depth, 0.9)
          }
          let mean = zip(space.pairs(of: row.state), values).reduce(0) {
            $0 + policy[$1.0] * $1.1
          }
          var weight = probability
          if weighting == .discounted { for _ in 0..<row.time { weight *= 0.9 } }
          for (pair, value) in zip(space.pairs(of: row.state), values) {
            returns[pair] += weight * (value - mean)
          }
        }
      }
      // A few hundred terms of size 10 at most.
      for pair in returns.indices { #expect(abs(twin.sums.returns[pair] - returns[pair]) <= 1e-12) }
    }
  }

  /// Means over independent vines within 8 of their standard errors, which Student's t with 39 degrees of
  /// freedom exceeds with probability 1e-9; gradients of four parameters or so, four times.
  @Test(arguments: [true, false])
  func sampledVinesExpectTheTwin(_ sharesRandomNumbers: Bool) throws {
    let world = try TestWorld.tiny()
    let configuration = VineConfiguration(
      states: 60, choice: .every, horizon: 3, sharesRandomNumbers: sharesRandomNumbers)
    let (groups, environments, horizon) = (40, 40, 4)
    let policy = world.policy
    let vectors: [any VectorEnvironment] = [
      EnvironmentVector(world.environment, count: environments, seed: 5)
    ]
    let collector = SinglePath<Double>(vectors, shape: policy.shape, head: policy.head, seed: 5)
    let vine = Vine<Double>(vectors, shape: policy.shape, head: policy.head, seed: 5)
    let batch = PolicyBatch<Double>(shape: policy.shape, head: policy.head, capacity: 1000)
    var gradients: [[Double]] = []
    for group in 0..<groups {
      let rollout = collector.collect(
        .trajectories(horizon: horizon), parameters: policy.parameters, keepingStates: true)
      let grown = vine.grow(
        from: rollout, batch: group, parameters: policy.parameters, discount: 0.9,
        weighting: .discounted, configuration)
      let width = policy.states.width
      let finalValues = stride(from: 0, to: grown.finalObservations.count, by: width).map { start in
        (0..<width).reduce(0) { $0 + grown.finalObservations[start + $1] * world.critic[$1] }
      }
      let rows = grown.rows(finalValues: finalValues)
      batch.load(
        observations: rows.observations, actions: rows.actions, advantages: rows.advantages,
        weights: rows.weights, importance: rows.importance, groupSize: rows.groupSize,
        mask: rows.masks, parameters: policy.parameters)
      gradients.append(batch.gradient())
    }
    let twin = PracticeTwin(
      world.environment, policy: policy.probabilities, critic: world.critic,
      plan: SamplingPlan(
        extent: .trajectories(horizon: horizon), returns: ReturnEstimator(discount: 0.9),
        weighting: .discounted, branches: configuration))
    #expect(!twin.isRatio)
    let expected = twin.twin.batch(at: policy).gradient()
    let count = Double(groups)
    for index in expected.indices {
      let values = gradients.map { $0[index] }
      let mean = values.reduce(0, +) / count
      let spread = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
      #expect(abs(mean - expected[index]) <= 8 * (spread / count).squareRoot() + 1e-12)
      // And the region is small enough to mean something.
      #expect((spread / count).squareRoot() < 0.2)
    }
  }
}

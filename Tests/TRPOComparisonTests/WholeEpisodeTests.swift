import TRPOComparison
import MDPCore
import NeuralTRPO
import RealModule
import TestSupport
import Testing

/// Batches of whole episodes: how many there are depends on how long they turn out to be, and all the same
/// their sums expect as much as their number says.
///
/// With K episodes in a batch, Σ G − K·E[G] has mean zero (Wald), entry by entry of what estimates are made of.
/// It would not if episodes were left out for being long.
@Suite(.tags(.slow)) struct WholeEpisodeTests {
  private static let limit = 6
  /// Few steps a batch, so that when to stop depends much on what was seen.
  private static let least = 9
  private static let batches = 600
  private static let enough = 100

  /// Which of a batch's episodes are looked at.
  private enum Choice { case all, thoseThatEndInTime }

  /// Entries whose mean over batches lies further than 8 standard errors from zero, among those that enough
  /// batches add to for the mean to be nearly normal. There are some 1,500 comparisons, of which a right one
  /// would fail with probability 2e-12, were the mean normal; the rest is room for its skewness.
  private static func strays(
    _ world: TestWorld, vectors: [Int], _ weighting: StateWeighting, _ choice: Choice = .all
  ) -> Int {
    let policy = world.policy
    let returns = ReturnEstimator(discount: 0.9, lambda: 0.8)
    let expected = PracticeTwin(
      world.environment, policy: policy.probabilities, critic: world.critic,
      plan: SamplingPlan(
        extent: .wholeEpisodes(limit: limit), returns: returns, weighting: weighting)
    ).sums
    let wanted =
      zip(policy.probabilities.probabilities, expected.returns).map { $0 * $1 }
      + expected.visits + [expected.rows]
    var first: UInt64 = 0
    let environments = vectors.map { count -> any VectorEnvironment in
      defer { first += UInt64(count) }
      return EnvironmentVector(world.environment, count: count, seed: 3, firstStream: first)
    }
    let path = SinglePath<Double>(environments, shape: policy.shape, head: policy.head, seed: 3)
    var (sums, squares) = (wanted.map { _ in 0.0 }, wanted.map { _ in 0.0 })
    var visitors = wanted.map { _ in 0 }
    for _ in 0..<batches {
      let rollout = path.collect(.wholeEpisodes(atLeast: least), parameters: policy.parameters)
      var (excess, episodes) = numerators(world, rollout, returns, weighting, choice)
      for entry in excess.indices where excess[entry] != 0 { visitors[entry] += 1 }
      for entry in excess.indices { excess[entry] -= episodes * wanted[entry] }
      for entry in excess.indices {
        sums[entry] += excess[entry]
        squares[entry] += excess[entry] * excess[entry]
      }
    }
    let count = Double(batches)
    return wanted.indices.count { entry in
      let mean = sums[entry] / count
      let error = ((squares[entry] / count - mean * mean) / (count - 1)).squareRoot()
      return visitors[entry] >= enough && abs(mean) > 8 * error + 1e-10
    }
  }

  /// Σ w Â by pair, Σ w by state and rows, over the episodes of a batch, and how many those are.
  private static func numerators(
    _ world: TestWorld, _ rollout: Rollout<Double>, _ returns: ReturnEstimator,
    _ weighting: StateWeighting, _ choice: Choice
  ) -> ([Double], Double) {
    let (space, width) = (world.document.space, world.policy.states.width)
    func states(_ observations: [Double]) -> [Int] {
      stride(from: 0, to: observations.count, by: width).map { start in
        (0..<width).first { observations[start + $0] == 1 } ?? 0
      }
    }
    let seen = states(rollout.observations)
    let advantages = returns.estimates(
      rollout, values: seen.map { world.critic[$0] },
      finalValues: states(rollout.finalObservations).map { world.critic[$0] }
    ).advantages
    let episodes = rollout.trajectoryNumbers
    let count = Int(episodes.max() ?? -1) + 1
    var isCounted = [Bool](repeating: true, count: count)
    if choice == .thoseThatEndInTime {
      for row in least..<max(least, rollout.rows) { isCounted[Int(episodes[row])] = false }
    }
    var sums = [Double](repeating: 0, count: space.pairCount + space.stateCount + 1)
    for row in 0..<rollout.rows where isCounted[Int(episodes[row])] {
      let weight =
        weighting == .discounted ? Double.pow(returns.discount, Int(rollout.times[row])) : 1
      let pair = space.pair(state: seen[row], action: Int(rollout.actions[row])) ?? 0
      sums[pair] += weight * advantages[row]
      sums[space.pairCount + seen[row]] += weight
      sums[sums.count - 1] += 1
    }
    return (sums, Double(isCounted.count { $0 }))
  }

  /// One environment, several that finish what they are in, and several on two threads.
  @Test(arguments: 1...12) func sumsExpectWhatTheNumberOfEpisodesSays(_ seed: Int) throws {
    let world = try TestWorld.random(UInt64(seed), timeLimit: Self.limit)
    for vectors in [[1], [3], [2, 2]] {
      for weighting in StateWeighting.allCases {
        #expect(Self.strays(world, vectors: vectors, weighting) == 0)
      }
    }
  }

  @Test(arguments: [[1], [3]]) func leavingOutLongEpisodesIsCaught(_ vectors: [Int]) throws {
    let world = try TestWorld.tiny(timeLimit: Self.limit)
    #expect(Self.strays(world, vectors: vectors, .undiscounted) == 0)
    #expect(Self.strays(world, vectors: vectors, .undiscounted, .thoseThatEndInTime) > 0)
  }
}

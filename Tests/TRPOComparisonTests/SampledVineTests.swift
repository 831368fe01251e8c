import NeuralTRPO
import TestSupport
import Testing

@testable import TRPOComparison

/// Means of sampled vines against their practice twins, on the small models of ``SampledMeanTests``.
///
/// A dozen entries of 4 estimators on 50 models and 50 denominators are below 3,000 comparisons. Means over 40
/// independent groups lie beyond 8.4 standard errors with probability 3e-10 each (Student's t with 39 degrees of
/// freedom), so that a right estimator fails anywhere with probability below 1e-6.
@Suite(.tags(.slow)) struct SampledVineTests {
  private static let trajectories = 20_000
  private static let groups = 40
  private static let limit = 8.4
  private static let horizon = 3

  private static func estimators(_ world: TestWorld) -> [SweepEstimator] {
    func vine(
      _ choice: TrainingConfiguration.VineChoice, _ weighting: StateWeighting, shares: Bool = true,
      isSelfNormalised: Bool = true
    ) -> SweepEstimator {
      SweepEstimator(
        name: "\(choice)", returns: ReturnEstimator(discount: 0.9), weighting: weighting,
        critic: world.critic,
        branches: .init(
          VineConfiguration(
            states: 1, actions: 3, choice: choice, horizon: 2, sharesRandomNumbers: shares),
          isSelfNormalised: isSelfNormalised))
    }
    return [
      vine(.every, .discounted), vine(.every, .undiscounted, shares: false),
      vine(.policy, .discounted), vine(.uniform, .discounted, isSelfNormalised: false),
    ]
  }

  @Test(arguments: 1...50) func meansAreThoseOfTheTwin(_ seed: Int) throws {
    let world = try TestWorld.random(UInt64(seed))
    let theory = try ExactDerivativeTests.theory(world)
    let sampler = TrajectorySampler(world.policy, horizon: Self.horizon)
    let size = Double(Self.trajectories / Self.groups)
    for (place, estimator) in Self.estimators(world).enumerated() {
      let target = SweepTarget(world.policy, theory, estimator, horizon: Self.horizon)
      let sums = (0..<Self.groups).map {
        sampler.branched(
          estimator, Self.trajectories / Self.groups,
          seed: UInt64(seed * 1000 + place * 100 + $0))
      }
      func check(_ values: [Double], _ expected: Double) {
        let count = Double(Self.groups)
        let mean = values.reduce(0, +) / count
        let spread = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        #expect(abs(mean - expected) <= Self.limit * (spread / count).squareRoot() + 1e-12)
      }
      for index in target.numerator.indices {
        check(sums.map { $0.gradient[index] / size }, target.numerator[index])
      }
      if let denominator = target.denominator {
        check(sums.map { ($0.denominator(estimator) ?? .nan) / size }, denominator)
      }
    }
  }
}

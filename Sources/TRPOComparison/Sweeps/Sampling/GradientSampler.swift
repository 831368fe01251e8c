internal import NeuralTRPO

/// Sampled gradients, for several estimators at once and at equal cost.
///
/// Single paths share their trajectories. An estimator that branches has trajectories of its own, fewer of
/// them: as many as make its simulator steps those of the single path.
final class GradientSampler {
  private let trajectories: TrajectorySampler
  private let estimators: [SweepEstimator]
  private let paths: [Int]
  /// The share of its simulator steps that each estimator spends on trajectories.
  private let shares: [Double]

  /// Trajectories whose steps tell what branches cost.
  private static let pilot = 64

  init(_ policy: NetworkPolicy, _ estimators: [SweepEstimator], horizon: Int) {
    let trajectories = TrajectorySampler(policy, horizon: horizon)
    self.trajectories = trajectories
    self.estimators = estimators
    paths = estimators.indices.filter { estimators[$0].branches == nil }
    shares = estimators.map { estimator in
      guard estimator.branches != nil else { return 1 }
      let pilot = trajectories.branched(estimator, Self.pilot, seed: 0x9107)
      return pilot.rows / pilot.steps
    }
  }

  /// Sums that cost about as much as so many single paths, estimator by estimator.
  func sample(_ count: Int, seed: UInt64) -> [GradientSums] {
    var sums = estimators.map { _ in trajectories.empty }
    if !paths.isEmpty {
      trajectories.sample(count, seed: seed) { chunk in
        for index in paths {
          let batch = trajectories.load(trajectories.rows(of: chunk, estimators[index]))
          sums[index].add(batch.gradient())
          sums[index].rows += Double(chunk.rollout.rows)
          sums[index].steps += Double(chunk.rollout.rows)
          sums[index].trajectories += Double(chunk.trajectories)
        }
      }
    }
    for index in estimators.indices where estimators[index].branches != nil {
      let own = max(1, Int(clamping: (Double(count) * shares[index]).rounded()))
      sums[index] = trajectories.branched(
        estimators[index], own, seed: seed &+ 0x9E37_79B9_7F4A_7C15 &* UInt64(index + 1))
    }
    return sums
  }
}

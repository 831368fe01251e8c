internal import MDPCore
internal import NeuralTRPO
internal import RealModule

/// Trajectories of a policy from the start, and what estimators make of them.
///
/// They come in chunks, so that memory does not grow with their number: whatever is estimated is a sum over
/// rows, divided in the end.
final class TrajectorySampler {
  let policy: NetworkPolicy
  let horizon: Int
  private var batch: PolicyBatch<Double>?

  /// At most so many numbers of observations at a time.
  private static let chunkNumbers = 4_000_000

  init(_ policy: NetworkPolicy, horizon: Int) {
    self.policy = policy
    self.horizon = horizon
  }

  /// Some trajectories.
  struct Chunk {
    var rollout: Rollout<Double>
    /// How many.
    var trajectories: Int
    /// A state that looks like each row and has its actions; such states are one to critic and policy.
    var states: [Int]
    /// A state that looks like each observation after a cut; never terminal.
    var finalStates: [Int]
    /// Of all chance in them.
    var seed: UInt64
    /// Where they were sampled; states are kept there if that was asked for.
    var environments: [any VectorEnvironment]
  }

  /// The most trajectories of a chunk.
  var largestChunk: Int { max(1, Self.chunkNumbers / (horizon * policy.states.width)) }

  /// Samples so many trajectories, chunk by chunk.
  func sample<Failure: Error>(
    _ trajectories: Int, seed: UInt64, keepingStates: Bool = false,
    _ body: (Chunk) throws(Failure) -> Void
  ) throws(Failure) {
    for first in stride(from: 0, to: trajectories, by: largestChunk) {
      try body(
        chunk(
          min(largestChunk, trajectories - first), first: first, seed: seed,
          keepingStates: keepingStates))
    }
  }

  /// Samples a chunk.
  ///
  /// - Parameter first: How many trajectories came before with the same seed.
  func chunk(
    _ count: Int, first: Int = 0, seed: UInt64, keepingStates: Bool = false
  ) -> Chunk {
    let chance = seed ^ UInt64(first) << 20
    let environments: [any VectorEnvironment] = [
      EnvironmentVector(
        policy.states.environment, count: count, seed: seed, firstStream: UInt64(first))
    ]
    let rollout = SinglePath<Double>(
      environments, shape: policy.shape, head: policy.head, seed: chance
    ).collect(
      .trajectories(horizon: horizon), parameters: policy.parameters,
      scaling: policy.states.scaling, keepingStates: keepingStates)
    return Chunk(
      rollout: rollout, trajectories: count,
      states: policy.states.states(seen: rollout.observations, masks: rollout.masks),
      finalStates: policy.states.states(seen: rollout.finalObservations), seed: chance,
      environments: environments)
  }

  /// Rows as an estimator has them, weighed with 1 or γᵗ.
  func rows(of chunk: Chunk, _ estimator: SweepEstimator) -> BatchRows<Double> {
    let rollout = chunk.rollout
    let advantages = estimator.returns.estimates(
      rollout, values: chunk.states.map { estimator.critic[$0] },
      finalValues: chunk.finalStates.map { estimator.critic[$0] }
    ).advantages
    let weights =
      estimator.weighting == .discounted
      ? rollout.times.map { Double.pow(estimator.returns.discount, Int($0)) }
      : [Double](repeating: 1, count: rollout.rows)
    return BatchRows(
      observations: rollout.seen, actions: rollout.actions, masks: rollout.masks,
      advantages: advantages, weights: weights)
  }

  /// The policy at work on rows.
  func load(_ rows: BatchRows<Double>) -> PolicyBatch<Double> {
    let batch = workspace(rows.advantages.count)
    batch.load(rows, policy.parameters)
    return batch
  }

  private func workspace(_ rows: Int) -> PolicyBatch<Double> {
    if let batch, batch.capacity >= rows { return batch }
    let new = PolicyBatch<Double>(shape: policy.shape, head: policy.head, capacity: rows)
    batch = new
    return new
  }
}

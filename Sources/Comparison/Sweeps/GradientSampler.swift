internal import MDPCore
internal import NeuralTRPO
internal import RealModule

/// Sampled gradients from trajectories, for several estimators at once.
///
/// Trajectories are worked on in chunks, so that memory does not grow with their number: a gradient is a
/// sum over rows, divided in the end.
final class GradientSampler {
  /// A gradient before its division: Σ w Â ∇ln π over rows, with w = 1 or γᵗ.
  struct Sums {
    var gradient: [Double]
    var rows = 0.0
    var trajectories = 0.0

    /// The estimate.
    func estimate(_ weighting: StateWeighting) -> [Double] {
      let divisor = weighting == .discounted ? trajectories : rows
      return gradient.map { $0 / divisor }
    }
  }

  private let policy: NetworkPolicy
  private let estimators: [SweepEstimator]
  private let horizon: Int
  private var batch: PolicyBatch<Double>?

  /// At most so many numbers of observations at a time.
  private static let chunkNumbers = 4_000_000

  init(_ policy: NetworkPolicy, _ estimators: [SweepEstimator], horizon: Int) {
    self.policy = policy
    self.estimators = estimators
    self.horizon = horizon
  }

  /// Sums over so many trajectories, estimator by estimator.
  func sample(_ trajectories: Int, seed: UInt64) -> [Sums] {
    let empty = Sums(gradient: [Double](repeating: 0, count: policy.parameters.count))
    var sums = estimators.map { _ in empty }
    let chunk = max(1, Self.chunkNumbers / (horizon * policy.states.width))
    for first in stride(from: 0, to: trajectories, by: chunk) {
      let count = min(chunk, trajectories - first)
      let rollout = SinglePath<Double>(
        [
          EnvironmentVector(
            policy.states.environment, count: count, seed: seed, firstStream: UInt64(first))
        ], shape: policy.shape, head: policy.head, seed: seed ^ UInt64(first) << 20
      ).collect(
        .trajectories(horizon: horizon), parameters: policy.parameters,
        scaling: policy.states.scaling)
      let seen = rowStates(rollout.observations)
      let last = rowStates(rollout.finalObservations)
      for index in estimators.indices {
        add(rollout, seen, last, estimators[index], count, to: &sums[index])
      }
    }
    return sums
  }

  private func add(
    _ rollout: Rollout<Double>, _ seen: [Int], _ last: [Int], _ estimator: SweepEstimator,
    _ trajectories: Int, to sums: inout Sums
  ) {
    // What was seen after a cut is never terminal.
    let advantages = estimator.returns.estimates(
      rollout, values: seen.map { estimator.critic[$0] },
      finalValues: last.map { estimator.critic[$0] }
    ).advantages
    let weights =
      estimator.weighting == .discounted
      ? rollout.times.map { Double.pow(estimator.returns.discount, Int($0)) }
      : [Double](repeating: 1, count: rollout.rows)
    let batch = workspace(rollout.rows)
    batch.load(
      observations: rollout.observations, actions: rollout.actions, advantages: advantages,
      weights: weights, mask: rollout.masks, parameters: policy.parameters)
    let gradient = batch.gradient()
    for index in gradient.indices { sums.gradient[index] += gradient[index] }
    sums.rows += Double(rollout.rows)
    sums.trajectories += Double(trajectories)
  }

  /// A state that looks like each row. States that look the same have the same value to a critic.
  private func rowStates(_ observations: [Double]) -> [Int] {
    let width = policy.states.width
    let rows = observations.count / width
    guard policy.states.isOneHot else {
      return (0..<rows).map { states[Array(observations[$0 * width..<($0 + 1) * width])] ?? 0 }
    }
    return observations.withUnsafeBufferPointer { observations in
      (0..<rows).map { row in
        var state = 0
        while observations[row * width + state] == 0 { state += 1 }
        return state
      }
    }
  }

  private lazy var states: [[Double]: Int] = {
    let width = policy.states.width
    var states: [[Double]: Int] = [:]
    for (row, state) in policy.states.space.liveStates.enumerated() {
      states[Array(policy.states.observations[row * width..<(row + 1) * width])] = state
    }
    return states
  }()

  private func workspace(_ rows: Int) -> PolicyBatch<Double> {
    if let batch, batch.capacity >= rows { return batch }
    let new = PolicyBatch<Double>(shape: policy.shape, head: policy.head, capacity: rows)
    batch = new
    return new
  }
}

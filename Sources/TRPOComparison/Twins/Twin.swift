package import MDPCore
package import NeuralTRPO

/// An estimator's expectation as two tables, W(s) and Â(s,a).
///
/// Whatever is estimated from samples of a policy π is, in expectation or in the limit,
///
///     L(θ) = Σ_s W(s) Σ_a π_θ(a|s) Â(s,a)          its gradient the derivative of that
///     D(θ) = Σ_s W(s) KL(π(·|s) ‖ π_θ(·|s)) / Σ W   its Fisher matrix the second derivative
///
/// for an estimator's own W and Â. ``batch(at:)`` puts them into the code that samples go through, a
/// row for every pair, so that what is compared differs in nothing but the samples.
///
/// Source: Schulman et al. 2015, eq. 12–14.
package struct Twin: Sendable {
  /// States, actions and pairs.
  package let space: StateActionSpace
  /// W by state; 0 at terminal states.
  package var stateWeights: [Double]
  /// Â by pair.
  package var advantages: [Double]

  package init(space: StateActionSpace, stateWeights: [Double], advantages: [Double]) {
    precondition(
      stateWeights.count == space.stateCount && advantages.count == space.pairCount,
      """
      \(stateWeights.count) weights for \(space.stateCount) states, \(advantages.count) advantages \
      for \(space.pairCount) pairs
      """)
    self.space = space
    self.stateWeights = stateWeights
    self.advantages = advantages
  }

  /// Σ_s W(s).
  package var totalWeight: Double { stateWeights.reduce(0, +) }

  /// This twin with its weights scaled to another sum.
  package func scaled(toWeight total: Double) -> Twin {
    let factor = total / totalWeight
    return Twin(
      space: space, stateWeights: stateWeights.map { $0 * factor }, advantages: advantages)
  }

  /// The twin as a batch of samples.
  ///
  /// First a row for each state, of weight W/2 and advantage 0; then a row for each pair, of weight
  /// W(s)/2K and advantage 2K π(a|s) Â(s,a), with K the state's number of actions. Summed up they are
  /// L and D; and as D's derivatives need no actions, Fisher products over the first rows alone are
  /// exact: see ``fisherRows`` and ``exactConfiguration(_:)``.
  ///
  /// - Precondition: some state has weight.
  package func batch(at policy: NetworkPolicy) -> PolicyBatch<Double> {
    let states = policy.states
    let live = space.liveStates
    precondition(
      policy.states.space.pairCount == space.pairCount && totalWeight > 0,
      "weights that sum to \(totalWeight)")
    let probabilities = policy.probabilities
    let choices = space.actions.count
    var rows = Rows(masked: !states.masks.isEmpty)
    func add(_ row: Int, action: Int32, advantage: Double, weight: Double) {
      rows.observations += states.observations[row * states.width..<(row + 1) * states.width]
      if rows.masked { rows.masks += states.masks[row * choices..<(row + 1) * choices] }
      rows.actions.append(Double(action))
      rows.advantages.append(advantage)
      rows.weights.append(weight)
    }
    for (row, state) in live.enumerated() {
      add(
        row, action: space.pairAction[space.pairStart[state]], advantage: 0,
        weight: stateWeights[state] / 2)
    }
    for (row, state) in live.enumerated() {
      let pairs = space.pairs(of: state)
      let count = Double(pairs.count)
      for pair in pairs {
        add(
          row, action: space.pairAction[pair],
          advantage: 2 * count * probabilities[pair] * advantages[pair],
          weight: stateWeights[state] / (2 * count))
      }
    }
    let batch = PolicyBatch<Double>(
      shape: policy.shape, head: policy.head, capacity: rows.advantages.count)
    batch.load(
      observations: rows.observations, actions: rows.actions, advantages: rows.advantages,
      weights: rows.weights, mask: rows.masks, parameters: policy.parameters)
    return batch
  }

  private struct Rows {
    var masked: Bool
    var observations: [Double] = []
    var actions: [Double] = []
    var masks: [Bool] = []
    var advantages: [Double] = []
    var weights: [Double] = []
  }

  /// The rows of ``batch(at:)`` that Fisher products need.
  package var fisherRows: Int { space.liveStates.count }

  /// The settings of an update on ``batch(at:)``: Fisher products over its first rows, which are exact
  /// whatever share of a sample would have been used.
  package func exactConfiguration(_ configuration: UpdateConfiguration) -> UpdateConfiguration {
    var exact = configuration
    // The number of rows is rounded up.
    exact.fisherShare =
      (Double(fisherRows) - 0.5) / Double(space.liveStates.count + space.pairCount)
    return exact
  }
}

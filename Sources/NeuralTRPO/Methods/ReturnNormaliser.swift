/// Brings rewards to the scale at which discounted returns have variance 1, by what was seen so far.
///
///     r̂ = clip(r / √(σ² + 10⁻⁸), ±bound),   σ² the variance of R_t = r_t + γ R_{t−1}
///
/// R runs forward in time from each episode's beginning, as in Stable-Baselines3's `VecNormalize`. No
/// mean is taken away: that would make longer episodes better or worse.
///
/// As with ``RunningNormaliser``, what is seen changes nothing until it is committed, and before the
/// first commit rewards pass as they are but for the bound. To save: the committed moments, and the
/// running returns of episodes that go on.
package struct ReturnNormaliser: Sendable, Equatable {
  /// γ.
  package let discount: Double
  /// The largest absolute value that comes out.
  package let bound: Double
  /// The moments that ``factor`` is computed from.
  package private(set) var committed: RunningMoments
  /// The moments of the returns since the last commit.
  package private(set) var pending = RunningMoments(width: 1)
  /// R of each environment.
  package private(set) var runningReturns: [Double]

  /// A normaliser that has seen nothing, or one that was saved.
  package init(
    discount: Double, bound: Double = 10, committed: RunningMoments = RunningMoments(width: 1),
    runningReturns: [Double] = []
  ) {
    precondition(
      (0...1).contains(discount) && bound > 0 && committed.width == 1,
      "γ = \(discount), rewards of at most \(bound), \(committed.width) moments for 1")
    self.discount = discount
    self.bound = bound
    self.committed = committed
    self.runningReturns = runningReturns
  }

  /// Keeps rewards as they came for the next commit.
  ///
  /// - Parameters:
  ///   - rewards: r by row; the rows of each environment in the order of time.
  ///   - slots: Which environment, by row.
  ///   - times: Steps since the row's episode began.
  package mutating func observe(rewards: [Double], slots: [Int32], times: [Int32]) {
    precondition(
      slots.count == rewards.count && times.count == rewards.count,
      "\(rewards.count) rewards, \(slots.count) slots, \(times.count) times")
    let missing = Int(slots.max() ?? -1) + 1 - runningReturns.count
    if missing > 0 { runningReturns += [Double](repeating: 0, count: missing) }
    let returns = rewards.indices.map { row in
      let slot = Int(slots[row])
      let before = times[row] == 0 ? 0 : runningReturns[slot]
      runningReturns[slot] = rewards[row] + discount * before
      return runningReturns[slot]
    }
    pending.add(returns)
  }

  /// Goes by all that was seen from now on.
  package mutating func commit() {
    committed.merge(pending)
    pending = RunningMoments(width: 1)
  }

  /// The factor of rewards until the next commit.
  package var factor: Double { committed.factors[0] }

  /// Rewards, scaled and clipped.
  package func normalised(_ rewards: [Double]) -> [Double] {
    let factor = factor
    return rewards.map { min(max($0 * factor, -bound), bound) }
  }
}

/// Estimates of advantages and returns from rewards and values.
///
/// With δ_t = r_t + γ V(s_{t+1}) − V(s_t),
///
///     Â_t = Σ_k (γλ)ᵏ δ_{t+k}    to the end of the episode,    R̂_t = Â_t + V(s_t)
///
/// Beyond an end that *terminated* V is 0; beyond one that was *truncated* it is the value of what was
/// seen last. λ = 1 gives Monte-Carlo returns, R̂_t = Σ γᵏ r_{t+k} + γⁿ V(s_end), whatever the values
/// in between. Without a critic all values are 0, and a truncated return simply lacks its tail.
///
/// Source: Schulman et al. 2016 (arXiv 1506.02438), eq. 16; λ = 1 is the single path of Schulman et
/// al. 2015, §5.1, less a baseline. Complexity: O(rows).
package struct ReturnEstimator: Sendable, Equatable {
  /// γ.
  package var discount: Double
  /// λ.
  package var lambda: Double

  package init(discount: Double, lambda: Double = 1) {
    precondition(
      discount >= 0 && discount <= 1 && lambda >= 0 && lambda <= 1,
      "no returns have γ = \(discount) and λ = \(lambda)")
    self.discount = discount
    self.lambda = lambda
  }

  /// Advantages and value targets by row.
  package struct Estimates: Sendable, Equatable {
    /// Â.
    package var advantages: [Double]
    /// R̂.
    package var returns: [Double]
  }

  /// Estimates for a rollout.
  ///
  /// - Parameters:
  ///   - values: V by row.
  ///   - finalValues: V of what was seen after each truncated row, in the order of the rows.
  package func estimates<Number: NetworkNumber>(
    _ rollout: Rollout<Number>, values: [Double], finalValues: [Double]
  ) -> Estimates {
    let rows = rollout.rows
    let cuts = rollout.ends.count { $0 == .truncated }
    precondition(
      values.count == rows && finalValues.count == cuts,
      "\(values.count) values for \(rows) rows, \(finalValues.count) for \(cuts) cuts")
    var advantages = [Double](repeating: 0, count: rows)
    // Of each environment: the value and the advantage of the row after, from the last to the first.
    var nextValue = [Double](repeating: 0, count: rollout.slotCount)
    var nextAdvantage = nextValue
    var cut = cuts
    for row in (0..<rows).reversed() {
      let slot = Int(rollout.slots[row])
      switch rollout.ends[row] {
      case .none: break
      case .terminated: (nextValue[slot], nextAdvantage[slot]) = (0, 0)
      case .truncated:
        cut -= 1
        (nextValue[slot], nextAdvantage[slot]) = (finalValues[cut], 0)
      }
      let surprise = rollout.rewards[row] + discount * nextValue[slot] - values[row]
      let advantage = surprise + discount * lambda * nextAdvantage[slot]
      advantages[row] = advantage
      (nextValue[slot], nextAdvantage[slot]) = (values[row], advantage)
    }
    return Estimates(advantages: advantages, returns: zip(advantages, values).map { $0 + $1 })
  }
}

internal import MonotoneArithmetic
internal import MonotoneLinearAlgebra
internal import MDPCore

/// By how much values in float64 miss a policy's equation, bounded a priori, with the backups that tell.
///
/// **Theorem.** Let q(s,a) = r(s,a) + γ Σ P V̂ exactly, Q̂ as computed within E of it
/// (``RoundedMDP/backupError(ofValuesUpTo:)``), d̂ = fl(Q̂ − V̂), D = max |d̂|, π̂ within ω π̂ of the policy, k the most
/// actions of a state and u = 2⁻⁵³. Then in every live state
///
///     |r_π + γP_πV̂ − V̂| ≤ |fl(Σ_a π̂ d̂)| + E + (ω + (k + 2) u) (1 + 2⁻¹⁶) D + k 2⁻¹⁰⁷⁴.
///
/// *Proof.* Σ_a π = 1, so that the left is |Σ π (q − V̂)|. q − V̂ misses d̂ by at most E + u|d̂|, of which π takes a mean;
/// π̂ misses π by ω π̂; and a sum of k products of float64 numbers misses theirs by at most γ_k Σ π̂|d̂|, but for what
/// products lose to underflow. Σ π̂ ≤ 1/(1−ω). What is left is of second order, while ω and ku are below 2⁻²⁰. ∎
///
/// Complexity: O(stored transitions).
struct RoundedValueResidual {
  /// Q̂ by pair.
  let actionValues: [Double]
  /// d̂ by pair.
  let advantages: [Double]
  /// E.
  let backupError: Double
  /// D.
  let largestAdvantage: Double
  /// ‖r_π + γP_πV̂ − V̂‖∞ as computed.
  let residual: Double
  /// An upper bound of ‖r_π + γP_πV̂ − V̂‖∞; +∞ where nothing is proved.
  let bound: Double
  /// The state where V̂ misses its equation by most.
  let worstState: Int?

  init(_ model: RoundedMDP, _ policy: RoundedPolicy, values: [Double], _ work: SharedWork) {
    let space = model.mdp.space
    var actionValues = [Double](repeating: 0, count: space.pairCount)
    var advantages = actionValues
    let parts = model.mdp.withBackupRows(values) { rows in
      policy.policy.probabilities.withUnsafeBufferPointer { weights in
        actionValues.withUnsafeMutableBufferPointer { actionValues in
          advantages.withUnsafeMutableBufferPointer { advantages in
            work.map(values.count, Part()) {
              Self.part($0, rows, weights, actionValues, advantages)
            }
          }
        }
      }
    }
    var total = Part()
    for part in parts { total.include(part) }
    (self.actionValues, self.advantages) = (actionValues, advantages)
    (residual, worstState, largestAdvantage) = (
      total.residual, total.worst, total.largestAdvantage
    )
    backupError = model.backupError(ofValuesUpTo: values.greatestMagnitude)
    let count = Double(total.mostActions)
    let share = policy.relativeError + (count + 2) * 0x1p-53
    guard policy.relativeError < 0x1p-20, count < 0x1p33 else {
      bound = .infinity
      return
    }
    bound =
      (total.residual + backupError + share * total.largestAdvantage * (1 + 0x1p-15)).nextUp
      * (1 + 0x1p-50) + count * .leastNonzeroMagnitude
  }

  /// The residuals of some states.
  private struct Part {
    var residual = 0.0
    var worst: Int?
    var largestAdvantage = 0.0
    var mostActions = 0

    mutating func include(_ other: Part) {
      if worst == nil || !(other.residual <= residual) { worst = other.worst ?? worst }
      residual = .greatest(residual, other.residual)
      largestAdvantage = .greatest(largestAdvantage, other.largestAdvantage)
      mostActions = max(mostActions, other.mostActions)
    }
  }

  private static func part(
    _ states: Range<Int>, _ rows: BackupRows, _ weights: UnsafeBufferPointer<Double>,
    _ actionValues: UnsafeMutableBufferPointer<Double>,
    _ advantages: UnsafeMutableBufferPointer<Double>
  ) -> Part {
    var part = Part()
    for state in states {
      let pairs = rows.pairs(of: state)
      var residual = 0.0
      for pair in pairs {
        let value = rows.backup(pair)
        let advantage = value - rows.values[state]
        actionValues[pair] = value
        advantages[pair] = advantage
        residual += weights[pair] * advantage
        part.largestAdvantage = .greatest(part.largestAdvantage, abs(advantage))
      }
      part.mostActions = max(part.mostActions, pairs.count)
      if !pairs.isEmpty, part.worst == nil || !(abs(residual) <= part.residual) {
        part.worst = state
        part.residual = .greatest(part.residual, abs(residual))
      }
    }
    return part
  }
}

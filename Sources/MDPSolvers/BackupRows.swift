internal import MonotoneLinearAlgebra
internal import MDPCore

/// The rows of a model and V, lent for fast backups: memory that nobody writes meanwhile.
struct BackupRows: @unchecked Sendable {
  let values: UnsafeBufferPointer<Double>
  let pairStart: UnsafeBufferPointer<Int>
  let rowStart: UnsafeBufferPointer<Int>
  let columns: UnsafeBufferPointer<Int32>
  let probabilities: UnsafeBufferPointer<Double>
  let rewards: UnsafeBufferPointer<Double>
  let discount: Double

  func pairs(of state: Int) -> Range<Int> { pairStart[state]..<pairStart[state + 1] }

  /// r(s,a) + γ Σ P(s'|s,a) V(s').
  func backup(_ pair: Int) -> Double {
    var sum = 0.0
    for entry in rowStart[pair]..<rowStart[pair + 1] {
      sum += probabilities[entry] * values[Int(columns[entry])]
    }
    return rewards[pair] + discount * sum
  }

  /// The v that solves v = r(s,a) + γ Σ_{s' ≠ s} P V + γ P(s|s,a) v.
  func backup(_ pair: Int, solvingFor state: Int, _ discount: Double) -> Double {
    var (sum, own) = (0.0, 0.0)
    for entry in rowStart[pair]..<rowStart[pair + 1] {
      let next = Int(columns[entry])
      if next == state {
        own += probabilities[entry]
      } else {
        sum += probabilities[entry] * values[next]
      }
    }
    return (rewards[pair] + discount * sum) / (1 - discount * own)
  }
}

extension FiniteMDP<Double> {
  /// Lends the rows for backups of values.
  func withBackupRows<Result>(_ values: [Double], _ work: (BackupRows) -> Result) -> Result {
    values.withUnsafeBufferPointer { withBackupRows($0, work) }
  }

  /// Lends the rows for backups of values, which may change meanwhile.
  func withBackupRows<Result>(
    _ values: UnsafeBufferPointer<Double>, _ work: (BackupRows) -> Result
  ) -> Result {
    transitions.rowStart.withUnsafeBufferPointer { rowStart in
      transitions.columns.withUnsafeBufferPointer { columns in
        transitions.values.withUnsafeBufferPointer { probabilities in
          expectedReward.withUnsafeBufferPointer { rewards in
            space.pairStart.withUnsafeBufferPointer { pairStart in
              work(
                BackupRows(
                  values: values, pairStart: pairStart, rowStart: rowStart, columns: columns,
                  probabilities: probabilities, rewards: rewards, discount: discount))
            }
          }
        }
      }
    }
  }
}

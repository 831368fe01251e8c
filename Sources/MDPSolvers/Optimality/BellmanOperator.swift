internal import MonotoneLinearAlgebra
internal import MDPCore

/// The two operators of dynamic programming on values, in float64:
///
///     (T V)(s) = max_a [r(s,a) + γ Σ P(s'|s,a) V(s')]        (T_π V)(s) = the backup of a = π(s)
///
/// A terminal state keeps the value 0. Rows are shared out among threads; each number is computed by one
/// of them, so that results are the same for any number of threads.
/// Complexity: O(stored transitions) for T, O(entries of the chosen rows) for T_π.
struct BellmanOperator: Sendable {
  let mdp: FiniteMDP<Double>
  /// The threads that share the rows.
  let work: SharedWork

  /// The residuals of one application of T, and how the choice changed.
  struct Residuals: Sendable {
    /// min_s (T_π V − V)(s) over live states, π the choice after it.
    var lowest = Double.infinity
    /// max_s (T V − V)(s) over live states.
    var highest = -Double.infinity
    /// ‖T_π V‖∞; NaN as soon as a number is.
    var norm = 0.0
    /// In how many states another action was chosen.
    var changes = 0

    fileprivate mutating func include(_ other: Residuals) {
      lowest = .least(lowest, other.lowest)
      highest = .greatest(highest, other.highest)
      norm = .greatest(norm, other.norm)
      changes += other.changes
    }
  }

  /// Chooses the best action of every state, keeping the one it has unless another is better by more than a
  /// margin, and writes the backups of the chosen ones.
  ///
  /// - Parameters:
  ///   - values: V by state.
  ///   - choice: The chosen pair of each state; −1 at terminal states and where none is chosen yet.
  ///   - margin: How much better an action must be.
  ///   - backup: Gets T_π V by state.
  func improve(
    _ values: [Double], choice: inout [Int], margin: Double, into backup: inout [Double]
  ) -> Residuals {
    mdp.withBackupRows(values) { rows in
      backup.withUnsafeMutableBufferPointer { backup in
        choice.withUnsafeMutableBufferPointer { choice in
          work.map(values.count, Residuals()) { states in
            improve(states, rows, choice, margin, backup)
          }.reduce(into: Residuals()) { $0.include($1) }
        }
      }
    }
  }

  private func improve(
    _ states: Range<Int>, _ rows: BackupRows, _ choice: UnsafeMutableBufferPointer<Int>,
    _ margin: Double, _ backup: UnsafeMutableBufferPointer<Double>
  ) -> Residuals {
    var residuals = Residuals()
    for state in states {
      let pairs = rows.pairs(of: state)
      guard !pairs.isEmpty else {
        backup[state] = 0
        continue
      }
      let known = choice[state]
      var (leader, best) = (pairs.lowerBound, -Double.infinity)
      var kept = -Double.infinity
      for pair in pairs {
        let value = rows.backup(pair)
        if pair == known { kept = value }
        // NaN leads, and is seen in the norm.
        if !(value <= best) { (leader, best) = (pair, value) }
      }
      let residual = best - rows.values[state]
      if known < 0 || best > kept + margin {
        choice[state] = leader
        kept = best
        residuals.changes += 1
      }
      backup[state] = kept
      residuals.highest = .greatest(residuals.highest, residual)
      residuals.lowest = .least(residuals.lowest, kept - rows.values[state])
      residuals.norm = .greatest(residuals.norm, abs(kept))
    }
    return residuals
  }

  /// Writes T_π V.
  func evaluate(_ values: [Double], choice: [Int], into backup: inout [Double]) {
    mdp.withBackupRows(values) { rows in
      choice.withUnsafeBufferPointer { choice in
        backup.withUnsafeMutableBufferPointer { backup in
          work.forEachBlock(of: values.count) { states in
            for state in states {
              backup[state] = choice[state] < 0 ? 0 : rows.backup(choice[state])
            }
          }
        }
      }
    }
  }

  /// One sweep of Gauss and Seidel with T, in place: each state in an order takes the best action by the values
  /// that states before it have just got, with its own share solved for.
  ///
  /// In an order in which states come behind those that they lead to, one sweep carries values along whole paths.
  /// Values that lie below T V rise and stay below the optimal ones.
  func sweep(_ values: inout [Double], in order: some Sequence<Int32>) {
    let discount = mdp.discount
    values.withUnsafeMutableBufferPointer { values in
      mdp.withBackupRows(UnsafeBufferPointer(values)) { rows in
        for state in order {
          let state = Int(state)
          var best = -Double.infinity
          for pair in rows.pairs(of: state) {
            best = .greatest(best, rows.backup(pair, solvingFor: state, discount))
          }
          if best.isFinite { values[state] = best }
        }
      }
    }
  }
}

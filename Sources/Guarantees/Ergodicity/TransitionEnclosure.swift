internal import Arithmetic
internal import LinearAlgebra
internal import MDPSolvers

/// P_π in float64, and how far each row may lie from the exact one.
///
/// Terminal states are states here: each has the row of a self-loop.
struct TransitionEnclosure {
  /// P̂ by state.
  let rows: SparseRows<Double>
  /// A bound on max_s ‖P_s − P̂_s‖₁.
  let error: Double

  /// An enclosure from its parts.
  init(rows: SparseRows<Double>, error: Double) {
    self.rows = rows
    self.error = error
  }

  /// P_π of an evaluated policy, the same in every arithmetic: from float64 numbers, with the error
  /// that those have in all of them. Complexity: O(stored transitions).
  init<Number: Scalar>(_ evaluation: PolicyEvaluation<Number>) {
    let (space, transitions) = (evaluation.mdp.space, evaluation.mdp.transitions)
    let policy = evaluation.policy.probabilities
    var rows = SparseRows<Double>(columnCount: space.stateCount)
    var largest = 0.0
    var sum = SparseAccumulator<Double>(count: space.stateCount)
    for state in space.states.indices {
      if space.isTerminal[state] { sum.add(1, at: Int32(state)) }
      let pairs = space.pairs(of: state)
      // A product, and one sum less than there are actions.
      let roundings = Double(pairs.count) * Rounding.unit
      var error = 0.0
      for pair in pairs where !policy[pair].isExactlyZero {
        let (weight, weightError) = (policy[pair].approximation, policy[pair].approximationError)
        for entry in transitions.entries(ofRow: pair) {
          let value = transitions.values[entry]
          let (chance, chanceError) = (value.approximation, value.approximationError)
          sum.add(weight * chance, at: transitions.columns[entry])
          error += (weight + weightError) * chanceError + weightError * chance
          error += roundings * weight * chance + Rounding.underflow
        }
      }
      var columns: [Int32] = []
      var values: [Double] = []
      sum.drain { column, value in
        columns.append(column)
        values.append(value)
      }
      largest = .greatest(largest, error)
      rows.appendRow(columns: columns, values: values)
    }
    self.rows = rows
    self.error = largest * Rounding.inflation
  }
}

/// What rounding can do to the float64 computations here.
///
/// All that is assumed of a sum of n products, in any order and with or without fused
/// multiply–add, is the standard bound: its error is at most n u/(1 − n u) times the sum of the
/// products' magnitudes, u = 2⁻⁵³ (Higham, 2nd ed., §3.1). Bounds are themselves computed in
/// float64, from non-negative numbers only.
enum Rounding {
  /// u, the largest relative error of one rounding.
  static let unit = 0x1p-53

  /// Outweighs every rounding made in computing a bound on an error, and all terms of second order:
  /// for sums of up to 2²⁰ terms those stay below 2⁻³².
  static let inflation = 1 + 0x1p-30

  /// Outweighs up to eight roundings.
  static let outward = 1 + 0x1p-50

  /// Outweighs what underflow can lose in any sum here.
  static let underflow = 0x1p-960
}

extension Scalar {
  /// A bound on |x − `approximation`|, also where `approximation` was rounded from a number that
  /// carries no error bound; the same for a literal of a file in every arithmetic.
  var approximationError: Double {
    .greatest(radius, Rounding.unit * Rounding.inflation * approximation.magnitude)
      + Rounding.underflow
  }
}

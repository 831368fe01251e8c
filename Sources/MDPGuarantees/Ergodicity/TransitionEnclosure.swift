internal import MonotoneArithmetic
internal import MonotoneLinearAlgebra
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
    let space = evaluation.mdp.space
    var rows = SparseRows<Double>(columnCount: space.stateCount)
    var largest = 0.0
    var row = EnclosedChainRow<Number>(count: space.stateCount)
    for state in space.states.indices {
      if space.isTerminal[state] { row.sum.add(1, at: Int32(state)) }
      row.begin(pairCount: space.pairs(of: state).count)
      evaluation.mdp.addChainRow(of: state, under: evaluation.policy, to: &row)
      var columns: [Int32] = []
      var values: [Double] = []
      row.sum.drain { column, value in
        columns.append(column)
        values.append(value)
      }
      largest = .greatest(largest, row.error)
      rows.appendRow(columns: columns, values: values)
    }
    self.rows = rows
    self.error = largest * Rounding.inflation
  }
}

/// A row of P_π in float64, with a bound on its distance from the exact one in the 1-norm.
private struct EnclosedChainRow<Number: Scalar>: ChainRow {
  var sum: SparseAccumulator<Double>
  private(set) var error = 0.0
  /// The sum of the roundings of an entry, relative to it.
  private var roundings = 0.0

  init(count: Int) { sum = SparseAccumulator(count: count) }

  /// Begins the row of a state with so many pairs: an entry is a sum of that many products.
  mutating func begin(pairCount: Int) {
    error = 0
    // A product, and one sum less than there are actions.
    roundings = Double(pairCount) * Rounding.unit
  }

  mutating func add(_ matrix: SparseRows<Number>, row: Int, times weight: Number) {
    let (weight, weightError) = (weight.approximation, weight.approximationError)
    for entry in matrix.entries(ofRow: row) {
      let value = matrix.values[entry]
      let (chance, chanceError) = (value.approximation, value.approximationError)
      sum.add(weight * chance, at: matrix.columns[entry])
      error += (weight + weightError) * chanceError + weightError * chance
      error += roundings * weight * chance + Rounding.underflow
    }
  }
}

/// Bounds on the effect of rounding on the float64 computations here.
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

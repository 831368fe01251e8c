internal import MonotoneArithmetic

/// Exact products of matrices with small entries and vectors with long ones.
enum RationalKernels {
  /// Σ_k values[k] · vector[columns[k]] for each row.
  static func multiply(
    _ rows: SparseRows<Rational>, _ vector: [Rational], into result: inout [Rational]
  ) {
    let scaled = FractionVector(vector)
    let sums = (0..<rows.rowCount).map { row in
      let sum = FractionSum(over: scaled)
      for entry in rows.entries(ofRow: row) {
        sum.add(rows.values[entry], timesEntry: Int(rows.columns[entry]))
      }
      return sum
    }
    result = FractionSum.values(sums, over: scaled)
  }
}

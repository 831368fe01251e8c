package import MonotoneArithmetic

/// A full non-negative matrix M known to a relative error: |M − M̂| ≤ δ M̂, entry by entry.
///
/// Its products bound their errors a priori, from the sizes of what is added up, so that they run at
/// the speed of the float64 matrix M̂ where running bounds would follow every operation.
///
/// **Theorem.** Let u = 2⁻⁵³ and γ_m = mu/(1 − mu). Where no term of a sum passes through more than m
/// roundings, its multiplication counted, and N̂ is the number of terms,
///
///     |M x − fl(M̂ x)|_i   ≤  (δ + γ_m) ‖M̂‖∞ ‖x‖∞ + N̂ 2⁻¹⁰⁷⁴
///     |Mᵀ w − fl(M̂ᵀ ŵ)|_j ≤  (δ + ω + δω + γ_m) Σ_i M̂_ij |ŵ_i| + N̂ 2⁻¹⁰⁷⁴
///
/// for x in float64 and |w − ŵ| ≤ ω |ŵ|.
///
/// *Proof.* The computed sum is Σ_i M̂_ij ŵ_i (1 + θ_i) with |θ_i| ≤ γ_m (Higham, *Accuracy and
/// Stability of Numerical Algorithms*, 2nd ed., Lemma 3.1 and §4.2), apart from products that
/// underflow, each of which loses 2⁻¹⁰⁷⁵ at most; sums lose nothing to underflow. And
/// |M_ij w_i − M̂_ij ŵ_i| ≤ ((1+δ)(1+ω) − 1) M̂_ij |ŵ_i|. The first bound is the case ω = 0 for a row,
/// with |x_j| ≤ ‖x‖∞. ∎
///
/// Where δ, ω and γ_m are below 2⁻²², the coefficients are at most δ + ω + γ_m times 1 + 2⁻²¹, and
/// Σ_i M̂_ij |ŵ_i| is at most its computed value times 1/(1 − γ_m); ``inflation`` pays for both and for
/// the few roundings of the bound itself.
package struct EnclosedMatrix: Sendable {
  private let midpoint: SparseRows<Double>
  /// δ.
  private let relativeError: Double
  /// A bound on ‖M̂‖∞.
  private let norm: Double

  private static let unitRoundoff = 0x1p-53
  private static let inflation = 1 + 0x1p-19
  /// Beyond this the simplifications of the bound do not hold.
  private static let largestRelativeError = 0x1p-22

  /// Partial sums of a row: eight lanes, twice.
  private static let lanes = 16
  /// Rows that are added up before they join the total of a column.
  private static let block = 64

  /// The matrix whose enclosures are given, with their midpoints once more by themselves.
  ///
  /// Nil where an entry is missing, negative, or not known to a small relative error.
  package init?(_ enclosures: SparseRows<TrackedDouble>, midpoints: SparseRows<Double>) {
    guard enclosures.isFull, midpoints.isFull, midpoints.columnCount == enclosures.columnCount,
      max(midpoints.rowCount, midpoints.columnCount) < 1 << 24
    else { return nil }
    var relativeError = 0.0
    for (enclosure, midpoint) in zip(enclosures.values, midpoints.values) {
      guard enclosure.value == midpoint, midpoint > 0 else { return nil }
      relativeError = .greatest(relativeError, enclosure.error / midpoint)
    }
    guard relativeError < Self.largestRelativeError else { return nil }
    var norm = 0.0
    for row in 0..<midpoints.rowCount {
      norm = .greatest(norm, midpoints.entries(ofRow: row).reduce(0) { $0 + midpoints.values[$1] })
    }
    guard norm.isFinite else { return nil }
    midpoint = midpoints
    self.relativeError = relativeError
    self.norm = norm * Self.inflation
  }

  /// M x and Mᵀ w with bounds on their errors, in one pass over the matrix.
  ///
  /// Nil where a number is not finite or a weight not known to a small relative error.
  package func multiply(
    _ vector: [Double], transposed weights: [TrackedDouble]
  ) -> (product: [TrackedDouble], transposed: [TrackedDouble])? {
    precondition(
      vector.count == midpoint.columnCount && weights.count == midpoint.rowCount,
      """
      a vector of \(vector.count) and weights of \(weights.count) for \(midpoint.rowCount) × \
      \(midpoint.columnCount)
      """)
    var weightError = 0.0
    for weight in weights where !weight.isExactlyZero {
      guard weight.value.isFinite, weight.value != 0 else { return nil }
      weightError = .greatest(weightError, weight.error / weight.value.magnitude)
    }
    let size = vector.greatestMagnitude
    guard weightError < Self.largestRelativeError, size.isFinite else { return nil }

    let (product, total) = sums(vector, weights.map(\.value))
    let isNonNegative = weights.allSatisfy { $0.value >= 0 }
    // Σ_i M̂_ij |ŵ_i|, for which a second pass is hardly ever needed.
    let sizes = isNonNegative ? total : sums(vector, weights.map(\.value.magnitude)).columns

    // A term of a row: its product; its lane's sums; lanes, the other half, the rest of the row.
    let rowRoundings = vector.count / Self.lanes + 2 * Self.lanes
    let rowError =
      (relativeError + Self.unitRoundoff * Double(rowRoundings)) * norm * size * Self.inflation
      + Self.underflow(terms: vector.count)
    // A term of a column: its product; its block's sums; the blocks.
    let columnRoundings = 1 + Self.block + weights.count / Self.block + 1
    let columnFactor =
      (relativeError + weightError + Self.unitRoundoff * Double(columnRoundings)) * Self.inflation
    let underflow = Self.underflow(terms: weights.count)
    return (
      product.map { Self.enclosure($0, error: rowError) },
      total.indices.map { Self.enclosure(total[$0], error: columnFactor * sizes[$0] + underflow) }
    )
  }

  /// The largest loss to underflow of the products of a sum and the two of its bound.
  private static func underflow(terms: Int) -> Double {
    2 * Double(terms + 2) * .leastNonzeroMagnitude
  }

  /// A sum that overflowed is unbounded.
  private static func enclosure(_ value: Double, error: Double) -> TrackedDouble {
    TrackedDouble(value: value, error: value.isFinite ? error : .infinity)
  }

  /// fl(M̂ x) and fl(M̂ᵀ w); each row comes from memory once.
  private func sums(
    _ vector: [Double], _ weights: [Double]
  ) -> (rows: [Double], columns: [Double]) {
    var rows = [Double](repeating: 0, count: weights.count)
    var partial = [Double](repeating: 0, count: vector.count)
    var total = partial
    for row in weights.indices {
      rows[row] = midpoint.values.withUnsafeBufferPointer { values in
        vector.withUnsafeBufferPointer {
          Self.dot(UnsafeBufferPointer(rebasing: values[midpoint.entries(ofRow: row)]), $0)
        }
      }
      if weights[row] != 0 { midpoint.add(row: row, times: weights[row], to: &partial) }
      if row % Self.block == Self.block - 1 || row == weights.count - 1 {
        for column in total.indices {
          total[column] += partial[column]
          partial[column] = 0
        }
      }
    }
    return (rows, total)
  }

  /// Σ a[i] b[i] in sixteen partial sums.
  private static func dot(
    _ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>
  ) -> Double {
    let (x, y) = (UnsafeRawBufferPointer(a), UnsafeRawBufferPointer(b))
    func octet(_ memory: UnsafeRawBufferPointer, at index: Int) -> SIMD8<Double> {
      memory.loadUnaligned(fromByteOffset: 8 * index, as: SIMD8<Double>.self)
    }
    var (even, odd) = (SIMD8<Double>(repeating: 0), SIMD8<Double>(repeating: 0))
    let full = a.count - a.count % lanes
    for index in stride(from: 0, to: full, by: lanes) {
      even += octet(x, at: index) * octet(y, at: index)
      odd += octet(x, at: index + 8) * octet(y, at: index + 8)
    }
    var rest = 0.0
    for index in full..<a.count { rest += a[index] * b[index] }
    return (even + odd).sum() + rest
  }
}

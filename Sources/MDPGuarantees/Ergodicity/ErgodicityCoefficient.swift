internal import MonotoneArithmetic
internal import MonotoneLinearAlgebra

/// Dobrushin's ergodicity coefficient τ(M) = ½ max_{s,s'} ‖M_s − M_s'‖₁ of a chain: how much of a
/// difference between two starts survives it.
///
/// ‖μM‖₁ ≤ τ(M) ‖μ‖₁ for every μ of mass 0: such a μ is a sum of weights w times differences
/// e_s − e_s' of unit vectors with ‖μ‖₁ = 2Σw, and ‖(e_s − e_s')M‖₁ ≤ 2τ(M).
///
/// The bounds that use it grow with it, so an upper bound on τ keeps them true. Both functions
/// return one that is guaranteed, computed in float64 for every arithmetic with all rounding and
/// the error of P̂ added on top. For n states it exceeds τ(P) by about n u, and the resolvent's
/// coefficient by about (n + 15) u/(1−γ)², u = 2⁻⁵³.
///
/// Source: Dobrushin 1956; Seneta, *Non-negative Matrices and Markov Chains*, 2nd ed., §3.3, §4.3.
enum ErgodicityCoefficient {
  /// Beyond this many numbers to compare (half a second) the search for the two most different rows
  /// stops, and τ(P) counts as 1, which it never exceeds.
  static let comparisonLimit = 500_000_000

  /// An upper bound on τ(P) ≤ 1.
  ///
  /// Where rows are sparse, τ = 1 − min Σ_j min(P_sj, P_s'j) over pairs of rows; |min(p,q) −
  /// min(p̂,q̂)| ≤ |p − p̂| + |q − q̂| bounds the effect of errors. Two rows without a common successor
  /// settle it at 1. Complexity: |S| times stored entries, |S|³/2 if all are.
  static func ofChain(_ chain: TransitionEnclosure) -> Double {
    let rows = chain.rows
    let count = rows.rowCount
    if rows.entryCount > count * count / 16, count <= resolventSizeLimit {
      let greatest = halfGreatestDistance(DenseMatrix(rows, order: count), enough: 1 - 0x1p-40)
      let bound = (greatest + chain.error) * Rounding.outward
      return greatest < 1 - 0x1p-40 && bound < 1 ? bound : 1
    }
    var row = [Double](repeating: 0, count: count)
    var least = 1.0
    var compared = 0
    for state in 0..<count {
      let entries = rows.entries(ofRow: state)
      for entry in entries { row[Int(rows.columns[entry])] = rows.values[entry] }
      for other in (state + 1)..<count {
        let overlap = rows.entries(ofRow: other).reduce(0) {
          $0 + .least(rows.values[$1], row[Int(rows.columns[$1])])
        }
        least = .least(least, overlap)
        compared += rows.entries(ofRow: other).count
        guard least > 0, compared <= comparisonLimit else { return 1 }
      }
      for entry in entries { row[Int(rows.columns[entry])] = 0 }
    }
    let rounding = 2 * Double(count + 2) * Rounding.unit
    let bound = (1 - least + 2 * chain.error + rounding) * Rounding.outward
    return bound < 1 ? bound : 1
  }

  /// The most states for which ``ofResolvent(_:discount:discountError:)`` is computed.
  static let resolventSizeLimit = 2_000

  /// An upper bound on τ((I − γP)⁻¹); nil where float64 cannot enclose the inverse.
  ///
  /// X̂ is a float64 inverse of I − γ̂P̂ and needs no accuracy for the bound to be true. With
  /// N = (I − γP)⁻¹ and R = I − (I − γP)X̂, N − X̂ = N R, and a row of N is non-negative with sum
  /// 1/(1−γ): each row of N − X̂ has 1-norm at most ‖R‖∞/(1−γ), so τ(N) exceeds the half distance
  /// of two rows of X̂ by at most as much. R = I − X̂ + γPX̂ is computed from Y = fl(P̂X̂), and for
  /// rows of 1-norm at most x in X̂ and p in P̂
  ///
  ///     ‖R‖∞ ≤ ‖fl(I − X̂ + γ̂Y)‖∞ + x (‖P − P̂‖∞ + p |γ − γ̂| + (n + 9) u)
  ///
  /// up to terms of second order: n u p x for the product, 3u(1 + 2x) ≤ 9u x for the two additions
  /// and the multiplication, with x ≥ 1, because a row of N has sum at least 1.
  /// Complexity: 14n³/3 in LAPACK and BLAS, and n³/2 for the distances.
  static func ofResolvent(
    _ chain: TransitionEnclosure, discount: Double, discountError: Double
  ) -> Double? {
    // Three roundings of what may be small beside 1, and one.
    let room = 1 - discount - discountError - 2 * Rounding.unit
    guard room > 0 else { return nil }
    let horizon = Rounding.outward / room
    let order = chain.rows.rowCount
    let transition = DenseMatrix(chain.rows, order: order)
    let system = DenseMatrix(order: order) { row, column in
      (row == column ? 1 : 0) - discount * transition[row, column]
    }
    let inverse = DenseMatrix(order: order)
    do throws(SingularMatrix) {
      try DenseKernels.invert(system.numbers, order: order, into: inverse.numbers)
    } catch {
      return nil
    }
    let product = system
    DenseKernels.multiply(
      UnsafeBufferPointer(transition.numbers), UnsafeBufferPointer(inverse.numbers), order: order,
      into: product.numbers)
    var residual = 0.0
    var (inverseNorm, transitionNorm) = (1.0, 1.0)
    for row in 0..<order {
      var (miss, size, mass) = (0.0, 0.0, 0.0)
      for column in 0..<order {
        let identity = row == column ? 1.0 : 0
        let entry = inverse[row, column]
        miss += abs(identity - entry + discount * product[row, column])
        size += abs(entry)
        mass += abs(transition[row, column])
      }
      residual = .greatest(residual, miss)
      inverseNorm = .greatest(inverseNorm, size)
      transitionNorm = .greatest(transitionNorm, mass)
    }
    let data = chain.error + transitionNorm * discountError
    let rounding = (Double(order) * transitionNorm + 9) * Rounding.unit
    residual = (residual + inverseNorm * (data + rounding)) * (1 + 0x1p-10)
    let bound = (halfGreatestDistance(inverse) + residual * horizon) * Rounding.outward
    return bound.isFinite ? bound + Rounding.underflow : nil
  }

  /// An upper bound on ½ max ‖M_s − M_s'‖₁, rounding included; on less, but at least `enough`, if
  /// that is reached. NaN where an entry is.
  private static func halfGreatestDistance(
    _ matrix: DenseMatrix, enough: Double = .infinity
  ) -> Double {
    let order = matrix.order
    let scratch = DenseKernels.allocate(order)
    defer { scratch.deallocate() }
    var greatest = 0.0
    // In blocks of rows that stay in the cache while the others pass by once.
    let block = 16
    for start in stride(from: 0, to: order, by: block) {
      if greatest / 2 >= enough { break }
      for other in start..<order {
        for row in start..<min(start + block, other) {
          greatest = .greatest(
            greatest,
            DenseKernels.distance(matrix.row(row), matrix.row(other), scratch: scratch))
        }
      }
    }
    return greatest / 2 * (1 + 2 * Double(order + 2) * Rounding.unit)
  }
}

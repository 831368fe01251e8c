internal import CFLINT

/// Solves Z x = b and Zᵀ y = c for one integer matrix Z by p-adic lifting.
///
/// With C = Z⁻¹ mod p and r₀ = b each step finds one digit of x in base p:
///
///     y_i = C r_i mod p          r_{i+1} = (r_i − Z y_i) / p          x ≡ Σ_i y_i pⁱ (mod p^k).
///
/// The division is exact, because Z y_i ≡ r_i. C is the only cubic cost, and Cᵀ serves the transposed
/// system. By Cramer's rule the entries of x are fractions with numerators up to N and denominators
/// that divide one number up to D (Hadamard), and once p^k > 2ND their residues determine them.
///
/// **Residuals fit a word.** As 0 ≤ y < p, |r_{i+1}| ≤ |r_i|/p + (1 − 1/p) ‖Z‖∞, so that no
/// residual exceeds max(‖b‖∞, ‖Z‖∞). Where that is below 2⁶² the step is taken modulo 2⁶⁴, where
/// division by p is multiplication by its inverse: no carries and no long integers. Where it is only
/// below 2¹²⁶, two machine words take the place of one.
///
/// Source: Dixon 1982. Complexity: O(n³) word operations for C, then O(n²) for a digit.
final class PadicLifting<Word: LiftingWord> {
  private let order: Int
  /// p⁻¹ modulo the range of a word.
  private let primeInverse: Word
  private let inverse: ModularMatrix
  private let inverseTransposed: ModularMatrix
  private let rows: SparseRows<Word>
  private let columns: SparseRows<Word>

  /// A word with room for the sum of two residuals.
  private static var wordLimit: Double {
    Double(sign: .plus, exponent: Word.bitWidth - 3, significand: 1)
  }

  /// Nil where the numbers of Z leave a machine word, or where Z is singular modulo the first
  /// prime: rare enough that the caller's general method may see to both.
  init?(_ matrix: borrowing IntegerMatrix) {
    let order = Int(matrix.pointer.pointee.r)
    guard let rows = Self.words(matrix, transposed: false),
      let columns = Self.words(matrix, transposed: true)
    else { return nil }
    let inverse = ModularMatrix(order: order)
    guard inverse.setInverse(of: matrix) else { return nil }
    self.order = order
    self.inverse = inverse
    inverseTransposed = inverse.transposed()
    self.rows = rows
    self.columns = columns
    // Newton's iteration doubles the correct digits; p is its own inverse modulo 8.
    let prime = Word(ModularMatrix.prime)
    primeInverse = (0..<6).reduce(prime) { inverse, _ in inverse &* (2 &- prime &* inverse) }
  }

  /// The nonzero entries by rows, or by columns; nil where ‖·‖∞ leaves a machine word.
  private static func words(
    _ matrix: borrowing IntegerMatrix, transposed: Bool
  ) -> SparseRows<Word>? {
    let order = Int(matrix.pointer.pointee.r)
    var rows = SparseRows<Word>(columnCount: order)
    for row in 0..<order {
      var (positions, values): ([Int32], [Word]) = ([], [])
      var sum = 0.0
      for column in 0..<order {
        let entry = transposed ? matrix[column, row] : matrix[row, column]
        guard fmpz_is_zero(entry) == 0 else { continue }
        guard let value = Word(exactly: entry) else { return nil }
        positions.append(Int32(column))
        values.append(value)
        sum += Double(value).magnitude
      }
      guard sum < wordLimit else { return nil }
      rows.appendRow(columns: positions, values: values)
    }
    return rows
  }

  /// x with Z x = b, or Zᵀ x = b; nil where b leaves a machine word.
  func solve(_ right: borrowing Integers, transposed: Bool) -> FractionVector? {
    var residual: [Word] = []
    var size = 0.0
    for row in 0..<order {
      guard let value = Word(exactly: right[row]) else { return nil }
      residual.append(value)
      size += Double(residual[row]).magnitude
    }
    guard size < Self.wordLimit else { return nil }
    // |det| ≤ Π ‖column‖₂ (Hadamard); with b for one of the columns, whose norms are at least 1,
    // the product grows by ‖b‖₂ ≤ ‖b‖₁ at most. One bit more each pays for the roundings.
    let denominatorBits = Self.hadamardBits(transposed ? rows : columns) + 1
    let numeratorBits = denominatorBits + max(0, Int(size.exponent)) + 2
    // p^steps > 2ND, as p > 2^(primeBits − 1).
    let steps = (numeratorBits + denominatorBits + 1) / (ModularMatrix.primeBits - 1) + 1
    return FractionVector(
      digits: lift(&residual, steps: steps, transposed: transposed), count: order,
      prime: ModularMatrix.prime,
      numeratorBits: numeratorBits, denominatorBits: denominatorBits)
  }

  /// Bits of the product of the rows' 2-norms.
  private static func hadamardBits(_ rows: SparseRows<Word>) -> Int {
    // The product of the squares, as significand · 2^exponent.
    var (significand, exponent) = (1.0, 0)
    for row in 0..<rows.rowCount {
      var square = 0.0
      for entry in rows.entries(ofRow: row) {
        square += Double(rows.values[entry]) * Double(rows.values[entry])
      }
      significand *= square
      exponent += Int(significand.exponent)
      significand = significand.significand
    }
    return (exponent + 2) / 2
  }

  /// The first digits of the solution in base p, `order` of them a step.
  private func lift(_ residual: inout [Word], steps: Int, transposed: Bool) -> [UInt] {
    let matrix = transposed ? columns : rows
    let inverse = transposed ? inverseTransposed : self.inverse
    var reduced = [UInt](repeating: 0, count: order)
    var digits: [UInt] = []
    digits.reserveCapacity(steps * order)
    for step in 0..<steps {
      for row in 0..<order { reduced[row] = inverse.reduce(residual[row]) }
      for row in 0..<order { digits.append(inverse.dot(row: row, reduced)) }
      let offset = step * order
      for row in 0..<order {
        var rest = residual[row]
        for entry in matrix.entries(ofRow: row) {
          let digit = digits[offset + Int(matrix.columns[entry])]
          rest = rest &- matrix.values[entry] &* Word(truncatingIfNeeded: digit)
        }
        residual[row] = rest &* primeInverse
      }
    }
    return digits
  }
}

package import MonotoneArithmetic
internal import CFLINT

/// A square system over the rationals, solved exactly, plain and transposed.
///
/// Rows are scaled to integers, Z = S M with S diagonal, so that one integer matrix serves both:
///
///     M x = b  ⇔  Z x = S b          Mᵀ y = c  ⇔  Zᵀ (S⁻¹ y) = c.
///
/// Small systems are solved by fraction-free elimination, larger ones by p-adic lifting
/// (``PadicLifting``) where the integers fit one machine word or two, by FLINT's where they do not.
///
/// Source: Dixon 1982; FLINT `fmpz_mat_solve`. Complexity: O(n³) word operations and
/// O(n³ log n) more for the digits of the solution.
package final class RationalSystem {
  /// The order n of the system.
  package let order: Int
  private let matrix: UnsafeMutablePointer<fmpq_mat_struct>

  /// From this order on lifting beats elimination (measured: equal at 12).
  private static let liftingOrder = 12

  /// The zero matrix of an order.
  package init(order: Int) {
    self.order = order
    matrix = .allocate(capacity: 1)
    fmpq_mat_init(matrix, order, order)
  }

  deinit {
    fmpq_mat_clear(matrix)
    matrix.deallocate()
  }

  /// Sets an entry.
  package func set(_ value: Rational, row: Int, column: Int) {
    value.withUnsafePointer { fmpq_set(entry(row: row, column: column), $0) }
  }

  /// Adds weight · value to an entry.
  package func add(_ weight: Rational, times value: Rational, row: Int, column: Int) {
    weight.withUnsafePointer { weight in
      value.withUnsafePointer { value in
        fmpq_addmul(entry(row: row, column: column), weight, value)
      }
    }
  }

  private func entry(row: Int, column: Int) -> UnsafeMutablePointer<fmpq> {
    precondition(
      row >= 0 && row < order && column >= 0 && column < order,
      "entry (\(row), \(column)) of a system of order \(order)")
    return fmpq_mat_entry(matrix, row, column)
  }

  /// x and y with M x = b and Mᵀ y = c, each over one denominator; y is checked to solve its system,
  /// because products with Mᵀ would add up the denominators of all rows.
  ///
  /// - Throws: ``SingularMatrix``.
  package func solve(
    _ right: [Rational], transposed transposedRight: [Rational]
  ) throws(SingularMatrix) -> (FractionVector, FractionVector) {
    precondition(
      right.count == order && transposedRight.count == order,
      "right-hand sides of \(right.count) and \(transposedRight.count) for order \(order)")
    // A model of nothing but terminal states.
    guard order > 0 else { return (FractionVector(zeros: 0), FractionVector(zeros: 0)) }
    let integers = IntegerMatrix(rows: order, columns: order)
    let transposed = IntegerMatrix(rows: order, columns: order)
    let scale = Integers(zeros: order)
    fmpq_mat_get_fmpz_mat_rowwise(integers.pointer, scale[0], matrix)
    fmpz_mat_transpose(transposed.pointer, integers.pointer)
    let column = FractionVector(right)
    for row in 0..<order {
      fmpz_mul(column.numerators[row], column.numerators[row], scale[row])
    }
    let transposedColumn = FractionVector(transposedRight)
    let pair =
      order < Self.liftingOrder
      ? nil
      : Self.lift(integers, column, transposedColumn, word: Int.self)
        ?? Self.lift(integers, column, transposedColumn, word: Int128.self)
    let (plain, scaled): (FractionVector, FractionVector)
    if let pair {
      (plain, scaled) = (pair.plain, pair.transposed)
    } else {
      plain = try Self.eliminate(integers, column.numerators)
      scaled = try Self.eliminate(transposed, transposedColumn.numerators)
    }
    Self.requireSolution(scaled, of: transposed, transposedColumn.numerators)
    fmpz_mul(plain.denominator, plain.denominator, column.denominator)
    fmpz_mul(scaled.denominator, scaled.denominator, transposedColumn.denominator)
    for row in 0..<order {
      fmpz_mul(scaled.numerators[row], scaled.numerators[row], scale[row])
    }
    return (plain, scaled)
  }

  /// Checks that Z x = b, exactly.
  ///
  /// Over the integers, where rows have no denominators that would add up in the columns.
  private static func requireSolution(
    _ solution: FractionVector, of matrix: borrowing IntegerMatrix, _ right: borrowing Integers
  ) {
    let sum = Integers(zeros: 1)
    for row in 0..<solution.count {
      fmpz_mul(sum[0], right[row], solution.denominator)
      for column in 0..<solution.count where fmpz_is_zero(matrix[row, column]) == 0 {
        fmpz_submul(sum[0], matrix[row, column], solution.numerators[column])
      }
      precondition(fmpz_is_zero(sum[0]) != 0, "an exact solution misses equation \(row)")
    }
  }

  /// x and y with Z x = b and Zᵀ y = c.
  private struct Pair {
    var plain: FractionVector
    var transposed: FractionVector
  }

  /// Both solutions by lifting in words of a size; nil where some number does not fit.
  private static func lift<Word: LiftingWord>(
    _ integers: borrowing IntegerMatrix, _ right: FractionVector,
    _ transposedRight: FractionVector, word: Word.Type
  ) -> Pair? {
    guard let lifting = PadicLifting<Word>(integers),
      let plain = lifting.solve(right.numerators, transposed: false),
      let transposed = lifting.solve(transposedRight.numerators, transposed: true)
    else { return nil }
    return Pair(plain: plain, transposed: transposed)
  }

  /// x with Z x = b by the method that FLINT chooses.
  private static func eliminate(
    _ integers: borrowing IntegerMatrix, _ right: borrowing Integers
  ) throws(SingularMatrix) -> FractionVector {
    let order = Int(integers.pointer.pointee.r)
    let result = FractionVector(zeros: order)
    guard order > 0 else { return result }
    let column = IntegerMatrix(rows: order, columns: 1)
    let solution = IntegerMatrix(rows: order, columns: 1)
    for row in 0..<order { fmpz_set(column[row, 0], right[row]) }
    guard
      fmpz_mat_solve(solution.pointer, result.denominator, integers.pointer, column.pointer) != 0
    else { throw SingularMatrix(routine: "fmpz_mat_solve", index: order) }
    if fmpz_sgn(result.denominator) < 0 {
      fmpz_neg(result.denominator, result.denominator)
      fmpz_mat_neg(solution.pointer, solution.pointer)
    }
    for row in 0..<order {
      fmpz_swap(result.numerators[row], solution[row, 0])
    }
    return result
  }

  /// M⁻¹ by rows: one elimination for all columns, where n solves would take n.
  ///
  /// - Throws: ``SingularMatrix``.
  package func inverse() throws(SingularMatrix) -> [[Rational]] {
    var inverse = fmpq_mat_struct()
    fmpq_mat_init(&inverse, order, order)
    defer { fmpq_mat_clear(&inverse) }
    guard fmpq_mat_inv(&inverse, matrix) != 0 else {
      throw SingularMatrix(routine: "fmpq_mat_inv", index: order)
    }
    return (0..<order).map { row in
      (0..<order).map { Rational(copying: fmpq_mat_entry(&inverse, row, $0)) }
    }
  }
}

public import Arithmetic
internal import CFLINT

/// A square system over the rationals, solved exactly.
///
/// Rows are scaled to integers and the integer system is solved by fraction-free elimination when
/// it is small, and by Dixon's p-adic lifting otherwise: one inverse modulo a prime, then a digit of
/// the solution a step, so that the cost is that of a float64 solve times the length of the answer.
///
/// Source: Dixon 1982; FLINT `fmpq_mat_solve`. Complexity: O(n³) word operations and
/// O(n³ log n) more for the digits of the solution.
public final class RationalSystem {
  /// The order n of the system.
  public let order: Int
  private let matrix: UnsafeMutablePointer<fmpq_mat_struct>

  /// From this order on lifting beats elimination (measured: equal at 24).
  private static let liftingOrder = 24

  /// The zero matrix of an order.
  public init(order: Int) {
    self.order = order
    matrix = .allocate(capacity: 1)
    fmpq_mat_init(matrix, order, order)
  }

  deinit {
    fmpq_mat_clear(matrix)
    matrix.deallocate()
  }

  /// Sets an entry.
  public func set(_ value: Rational, row: Int, column: Int) {
    precondition(
      row >= 0 && row < order && column >= 0 && column < order,
      "entry (\(row), \(column)) of a system of order \(order)")
    value.withUnsafePointer { fmpq_set(fmpq_mat_entry(matrix, row, column), $0) }
  }

  /// x with M x = b.
  ///
  /// - Throws: ``SingularMatrix``.
  public func solve(_ right: [Rational]) throws(SingularMatrix) -> [Rational] {
    try Self.solve(matrix, right)
  }

  /// x with Mᵀ x = b.
  ///
  /// - Throws: ``SingularMatrix``.
  public func solveTransposed(_ right: [Rational]) throws(SingularMatrix) -> [Rational] {
    var transposed = fmpq_mat_struct()
    fmpq_mat_init(&transposed, order, order)
    defer { fmpq_mat_clear(&transposed) }
    fmpq_mat_transpose(&transposed, matrix)
    return try Self.solve(&transposed, right)
  }

  /// M⁻¹ by rows: one elimination for all columns, where n solves would take n.
  ///
  /// - Throws: ``SingularMatrix``.
  public func inverse() throws(SingularMatrix) -> [[Rational]] {
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

  private static func solve(
    _ matrix: UnsafePointer<fmpq_mat_struct>, _ right: [Rational]
  ) throws(SingularMatrix) -> [Rational] {
    let order = Int(matrix.pointee.r)
    precondition(right.count == order, "a right-hand side of \(right.count) for order \(order)")
    guard order > 0 else { return [] }
    var column = fmpq_mat_struct()
    var solution = fmpq_mat_struct()
    fmpq_mat_init(&column, order, 1)
    fmpq_mat_init(&solution, order, 1)
    defer {
      fmpq_mat_clear(&column)
      fmpq_mat_clear(&solution)
    }
    for (row, value) in right.enumerated() {
      value.withUnsafePointer { fmpq_set(fmpq_mat_entry(&column, row, 0), $0) }
    }
    let isRegular =
      order < liftingOrder
      ? fmpq_mat_solve_fraction_free(&solution, matrix, &column)
      : fmpq_mat_solve_dixon(&solution, matrix, &column)
    guard isRegular != 0 else { throw SingularMatrix(routine: "fmpq_mat_solve", index: order) }
    return (0..<order).map { Rational(copying: fmpq_mat_entry(&solution, $0, 0)) }
  }
}

/// A floating-point number that networks compute in: Float for speed, Double for comparison.
///
/// Each requirement is a kernel that differs between the two; all else is written once, in the
/// extension. Pointers, because a layer's matrices are parts of larger buffers.
public protocol NetworkNumber: BinaryFloatingPoint, Sendable {
  /// C ← op(A) op(B) + β C by CBLAS, all row by row, with op(A) rows × inner, op(B) inner × columns
  /// and op the transpose where that is asked for.
  static func product(
    _ a: UnsafePointer<Self>, transposed: Bool, _ b: UnsafePointer<Self>, transposed: Bool,
    into c: UnsafeMutablePointer<Self>, rows: Int, inner: Int, columns: Int, keeping beta: Self)

  /// C ← op(A) B + C with op(A) rows × inner, where no row of A has more than one number other than 0;
  /// see ``SingleNumberRows``. False, and nothing done, where one has.
  static func addLookedUpProduct(
    _ a: UnsafePointer<Self>, transposed: Bool, _ b: UnsafePointer<Self>,
    into c: UnsafeMutablePointer<Self>, rows: Int, inner: Int, columns: Int
  ) -> Bool

  /// tanh, element by element, in place.
  static func applyTanh(_ values: UnsafeMutablePointer<Self>, count: Int)

  /// values ← (1 − h²) values, the slope of tanh where it took the value h.
  static func multiplyBySlope(
    _ values: UnsafeMutablePointer<Self>, of h: UnsafePointer<Self>, count: Int)

  /// max(z, 0), element by element, in place.
  static func applyRectifier(_ values: UnsafeMutablePointer<Self>, count: Int)

  /// values ← values where h > 0, else 0: the slope of the rectifier where it took the value h.
  static func multiplyByRectifierSlope(
    _ values: UnsafeMutablePointer<Self>, of h: UnsafePointer<Self>, count: Int)

  /// sums ← sums + the columns' sums of a matrix.
  static func addColumns(
    _ matrix: UnsafePointer<Self>, rows: Int, width: Int, into sums: UnsafeMutablePointer<Self>)

  /// sums[i · stride] ← sums[i · stride] + the product of row i of one matrix and row i of another.
  static func addRowProducts(
    _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, rows: Int, width: Int,
    into sums: UnsafeMutablePointer<Self>, stride: Int)

  /// Row i of the target ← factors[i · stride] · row i of a matrix, added to what is there if `keeping`.
  static func scaleRows(
    _ matrix: UnsafePointer<Self>, by factors: UnsafePointer<Self>, stride: Int, rows: Int,
    width: Int, into target: UnsafeMutablePointer<Self>, keeping: Bool)

  /// One step of ``Adam`` on `count` parameters and their moments.
  static func applyAdam(
    _ step: AdamStep<Self>, gradient: UnsafePointer<Self>, first: UnsafeMutablePointer<Self>,
    second: UnsafeMutablePointer<Self>, parameters: UnsafeMutablePointer<Self>, count: Int)

  /// target row i ← row rows[i] of a matrix.
  static func gatherRows(
    _ rows: UnsafePointer<Int32>, of matrix: UnsafePointer<Self>, width: Int, count: Int,
    into target: UnsafeMutablePointer<Self>)

  /// errors[i] ← scale (values[i] − targets[rows[i]]).
  static func scaledErrors(
    _ values: UnsafePointer<Self>, _ rows: UnsafePointer<Int32>, of targets: UnsafePointer<Self>,
    scale: Self, count: Int, into errors: UnsafeMutablePointer<Self>)

  /// The numbers in double precision.
  static func doubles(_ values: [Self]) -> [Double]
}

extension NetworkNumber {
  /// C ← A B + β C, with A rows × inner, B inner × columns.
  static func multiply(
    _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, into c: UnsafeMutablePointer<Self>,
    rows: Int, inner: Int, columns: Int, keeping beta: Self
  ) {
    let isLookedUp =
      beta == 1
      && addLookedUpProduct(
        a, transposed: false, b, into: c, rows: rows, inner: inner, columns: columns)
    if isLookedUp { return }
    product(
      a, transposed: false, b, transposed: false, into: c, rows: rows, inner: inner,
      columns: columns, keeping: beta)
  }

  /// C ← A Bᵀ, with A rows × inner, B columns × inner.
  static func multiplyByTransposed(
    _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, into c: UnsafeMutablePointer<Self>,
    rows: Int, inner: Int, columns: Int
  ) {
    product(
      a, transposed: false, b, transposed: true, into: c, rows: rows, inner: inner,
      columns: columns, keeping: 0)
  }

  /// C ← Aᵀ B + C, with A inner × rows, B inner × columns.
  static func addTransposedProduct(
    _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, into c: UnsafeMutablePointer<Self>,
    rows: Int, inner: Int, columns: Int
  ) {
    let isLookedUp = addLookedUpProduct(
      a, transposed: true, b, into: c, rows: rows, inner: inner, columns: columns)
    if isLookedUp { return }
    product(
      a, transposed: true, b, transposed: false, into: c, rows: rows, inner: inner,
      columns: columns, keeping: 1)
  }
}

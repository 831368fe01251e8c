internal import CLAPACKE

/// A floating-point number that networks compute in: Float for speed, Double for comparison.
///
/// What differs between the two is a requirement; what follows from it is written once, in the
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

  /// The same numbers in double precision.
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

/// The loops behind the requirements. Inlined into each number type's own function, so that they run
/// on machine vectors even when a network is used from another module.
private enum Loops {
  @inline(__always) static func multiplyBySlope<Number: FloatingPoint>(
    _ values: UnsafeMutablePointer<Number>, _ h: UnsafePointer<Number>, _ count: Int
  ) {
    for index in 0..<count { values[index] *= 1 - h[index] * h[index] }
  }

  @inline(__always) static func addColumns<Number: FloatingPoint>(
    _ matrix: UnsafePointer<Number>, _ rows: Int, _ width: Int,
    _ sums: UnsafeMutablePointer<Number>
  ) {
    for row in 0..<rows {
      let values = matrix + row * width
      for column in 0..<width { sums[column] += values[column] }
    }
  }

  /// Sums by vector and then the vector's numbers, the same on every machine.
  @inline(__always) static func addRowProducts<Vector: SIMD>(
    _ a: UnsafePointer<Vector.Scalar>, _ b: UnsafePointer<Vector.Scalar>, _ rows: Int,
    _ width: Int, _ sums: UnsafeMutablePointer<Vector.Scalar>, _ stride: Int, _: Vector.Type
  ) where Vector.Scalar: FloatingPoint {
    let whole = width - width % Vector.scalarCount
    for row in 0..<rows {
      let (x, y) = (a + row * width, b + row * width)
      var vector = Vector(repeating: 0)
      for index in Swift.stride(from: 0, to: whole, by: Vector.scalarCount) {
        let left = UnsafeRawPointer(x + index).loadUnaligned(as: Vector.self)
        vector += left * UnsafeRawPointer(y + index).loadUnaligned(as: Vector.self)
      }
      var sum = vector.sum()
      for index in whole..<width { sum += x[index] * y[index] }
      sums[row * stride] += sum
    }
  }

  @inline(__always) static func scaleRows<Number: FloatingPoint>(
    _ matrix: UnsafePointer<Number>, _ factors: UnsafePointer<Number>, _ stride: Int, _ rows: Int,
    _ width: Int, _ target: UnsafeMutablePointer<Number>, _ keeping: Bool
  ) {
    for row in 0..<rows {
      let (source, place, factor) = (
        matrix + row * width, target + row * width, factors[row * stride]
      )
      if keeping {
        for column in 0..<width { place[column] += factor * source[column] }
      } else {
        for column in 0..<width { place[column] = factor * source[column] }
      }
    }
  }
}

extension Float: NetworkNumber {
  public static func product(
    _ a: UnsafePointer<Float>, transposed transposesA: Bool, _ b: UnsafePointer<Float>,
    transposed transposesB: Bool, into c: UnsafeMutablePointer<Float>, rows: Int, inner: Int,
    columns: Int, keeping beta: Float
  ) {
    cblas_sgemm(
      CblasRowMajor, transposesA ? CblasTrans : CblasNoTrans,
      transposesB ? CblasTrans : CblasNoTrans, Int32(rows), Int32(columns), Int32(inner), 1, a,
      Int32(transposesA ? rows : inner), b, Int32(transposesB ? inner : columns), beta, c,
      Int32(columns))
  }

  public static func addLookedUpProduct(
    _ a: UnsafePointer<Float>, transposed: Bool, _ b: UnsafePointer<Float>,
    into c: UnsafeMutablePointer<Float>, rows: Int, inner: Int, columns: Int
  ) -> Bool {
    SingleNumberRows.addProduct(
      a, transposed: transposed, b, into: c, rows: rows, inner: inner, columns: columns)
  }

  public static func applyTanh(_ values: UnsafeMutablePointer<Float>, count: Int) {
    HyperbolicTangent.apply(values, count: count)
  }

  public static func multiplyBySlope(
    _ values: UnsafeMutablePointer<Float>, of h: UnsafePointer<Float>, count: Int
  ) {
    Loops.multiplyBySlope(values, h, count)
  }

  public static func addColumns(
    _ matrix: UnsafePointer<Float>, rows: Int, width: Int, into sums: UnsafeMutablePointer<Float>
  ) {
    Loops.addColumns(matrix, rows, width, sums)
  }

  public static func addRowProducts(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, rows: Int, width: Int,
    into sums: UnsafeMutablePointer<Float>, stride: Int
  ) {
    Loops.addRowProducts(a, b, rows, width, sums, stride, SIMD16<Float>.self)
  }

  public static func scaleRows(
    _ matrix: UnsafePointer<Float>, by factors: UnsafePointer<Float>, stride: Int, rows: Int,
    width: Int, into target: UnsafeMutablePointer<Float>, keeping: Bool
  ) {
    Loops.scaleRows(matrix, factors, stride, rows, width, target, keeping)
  }
}

extension Double: NetworkNumber {
  public static func product(
    _ a: UnsafePointer<Double>, transposed transposesA: Bool, _ b: UnsafePointer<Double>,
    transposed transposesB: Bool, into c: UnsafeMutablePointer<Double>, rows: Int, inner: Int,
    columns: Int, keeping beta: Double
  ) {
    cblas_dgemm(
      CblasRowMajor, transposesA ? CblasTrans : CblasNoTrans,
      transposesB ? CblasTrans : CblasNoTrans, Int32(rows), Int32(columns), Int32(inner), 1, a,
      Int32(transposesA ? rows : inner), b, Int32(transposesB ? inner : columns), beta, c,
      Int32(columns))
  }

  public static func addLookedUpProduct(
    _ a: UnsafePointer<Double>, transposed: Bool, _ b: UnsafePointer<Double>,
    into c: UnsafeMutablePointer<Double>, rows: Int, inner: Int, columns: Int
  ) -> Bool {
    SingleNumberRows.addProduct(
      a, transposed: transposed, b, into: c, rows: rows, inner: inner, columns: columns)
  }

  public static func applyTanh(_ values: UnsafeMutablePointer<Double>, count: Int) {
    HyperbolicTangent.apply(values, count: count)
  }

  public static func multiplyBySlope(
    _ values: UnsafeMutablePointer<Double>, of h: UnsafePointer<Double>, count: Int
  ) {
    Loops.multiplyBySlope(values, h, count)
  }

  public static func addColumns(
    _ matrix: UnsafePointer<Double>, rows: Int, width: Int, into sums: UnsafeMutablePointer<Double>
  ) {
    Loops.addColumns(matrix, rows, width, sums)
  }

  public static func addRowProducts(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, rows: Int, width: Int,
    into sums: UnsafeMutablePointer<Double>, stride: Int
  ) {
    Loops.addRowProducts(a, b, rows, width, sums, stride, SIMD8<Double>.self)
  }

  public static func scaleRows(
    _ matrix: UnsafePointer<Double>, by factors: UnsafePointer<Double>, stride: Int, rows: Int,
    width: Int, into target: UnsafeMutablePointer<Double>, keeping: Bool
  ) {
    Loops.scaleRows(matrix, factors, stride, rows, width, target, keeping)
  }
}

internal import CLAPACKE

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

// What a fit does with the rows of a batch, as requirements of `NetworkNumber` for speed.

private enum Rows {
  @inline(__always) static func gather<Number>(
    _ rows: UnsafePointer<Int32>, _ matrix: UnsafePointer<Number>, _ width: Int, _ count: Int,
    _ target: UnsafeMutablePointer<Number>
  ) {
    for index in 0..<count {
      let source = matrix + Int(rows[index]) * width
      for column in 0..<width { target[index * width + column] = source[column] }
    }
  }

  @inline(__always) static func scaledErrors<Number: FloatingPoint>(
    _ values: UnsafePointer<Number>, _ rows: UnsafePointer<Int32>,
    _ targets: UnsafePointer<Number>, _ scale: Number, _ count: Int,
    _ errors: UnsafeMutablePointer<Number>
  ) {
    for index in 0..<count { errors[index] = scale * (values[index] - targets[Int(rows[index])]) }
  }
}

extension Float {
  public static func gatherRows(
    _ rows: UnsafePointer<Int32>, of matrix: UnsafePointer<Float>, width: Int, count: Int,
    into target: UnsafeMutablePointer<Float>
  ) {
    Rows.gather(rows, matrix, width, count, target)
  }

  public static func scaledErrors(
    _ values: UnsafePointer<Float>, _ rows: UnsafePointer<Int32>,
    of targets: UnsafePointer<Float>, scale: Float, count: Int,
    into errors: UnsafeMutablePointer<Float>
  ) {
    Rows.scaledErrors(values, rows, targets, scale, count, errors)
  }

  public static func doubles(_ values: [Float]) -> [Double] { values.map(Double.init) }
}

extension Double {
  public static func gatherRows(
    _ rows: UnsafePointer<Int32>, of matrix: UnsafePointer<Double>, width: Int, count: Int,
    into target: UnsafeMutablePointer<Double>
  ) {
    Rows.gather(rows, matrix, width, count, target)
  }

  public static func scaledErrors(
    _ values: UnsafePointer<Double>, _ rows: UnsafePointer<Int32>,
    of targets: UnsafePointer<Double>, scale: Double, count: Int,
    into errors: UnsafeMutablePointer<Double>
  ) {
    Rows.scaledErrors(values, rows, targets, scale, count, errors)
  }

  public static func doubles(_ values: [Double]) -> [Double] { values }
}

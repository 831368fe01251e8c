// The rectifier and its slope, as requirements of `NetworkNumber` for speed.

private enum Rectifier {
  /// A value that is not a number stays so.
  @inline(__always) static func apply<Number: FloatingPoint>(
    _ values: UnsafeMutablePointer<Number>, _ count: Int
  ) {
    for index in 0..<count { values[index] = values[index] < 0 ? 0 : values[index] }
  }

  @inline(__always) static func multiplyBySlope<Number: FloatingPoint>(
    _ values: UnsafeMutablePointer<Number>, _ h: UnsafePointer<Number>, _ count: Int
  ) {
    for index in 0..<count { values[index] *= h[index] > 0 ? 1 : 0 }
  }
}

extension Float {
  public static func applyRectifier(_ values: UnsafeMutablePointer<Float>, count: Int) {
    Rectifier.apply(values, count)
  }

  public static func multiplyByRectifierSlope(
    _ values: UnsafeMutablePointer<Float>, of h: UnsafePointer<Float>, count: Int
  ) {
    Rectifier.multiplyBySlope(values, h, count)
  }
}

extension Double {
  public static func applyRectifier(_ values: UnsafeMutablePointer<Double>, count: Int) {
    Rectifier.apply(values, count)
  }

  public static func multiplyByRectifierSlope(
    _ values: UnsafeMutablePointer<Double>, of h: UnsafePointer<Double>, count: Int
  ) {
    Rectifier.multiplyBySlope(values, h, count)
  }
}

internal import MonotoneArithmetic
internal import RealModule

/// Lengths and angles.
enum Vectors {
  static func dot(_ x: [Double], _ y: [Double]) -> Double {
    precondition(x.count == y.count, "a product of \(x.count) and \(y.count) numbers")
    var sum = 0.0
    for index in x.indices { sum += x[index] * y[index] }
    return sum
  }

  static func norm(_ x: [Double]) -> Double { dot(x, x).squareRoot() }

  /// ‖x − y‖.
  static func distance(_ x: [Double], _ y: [Double]) -> Double {
    norm(zip(x, y).map { $0 - $1 })
  }

  /// The cosine of the angle between two vectors; nil where one is zero.
  static func cosine(_ x: [Double], _ y: [Double]) -> Double? {
    let size = norm(x) * norm(y)
    return size > 0 ? .least(1, .greatest(-1, dot(x, y) / size)) : nil
  }

  /// The angle between two vectors in degrees; nil where one is zero.
  ///
  /// By the half-angle's tangent, which keeps its digits where the cosine is near 1.
  static func angle(_ x: [Double], _ y: [Double]) -> Double? {
    let (a, b) = (norm(x), norm(y))
    guard a > 0, b > 0 else { return nil }
    let (u, v) = (x.map { $0 / a }, y.map { $0 / b })
    return 2 * Double.atan2(y: distance(u, v), x: norm(zip(u, v).map { $0 + $1 })) * 180 / .pi
  }

  /// ‖x − y‖ / ‖y‖; nil where y is zero.
  static func relativeError(_ x: [Double], _ y: [Double]) -> Double? {
    let size = norm(y)
    return size > 0 ? distance(x, y) / size : nil
  }
}

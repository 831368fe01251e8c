/// A straight line through points by least squares, and how sure its slope is.
public struct SlopeFit: Sendable, Equatable, Codable {
  /// The slope.
  public var slope: Double
  /// Half the width of its 95 % confidence interval, by Student's t.
  public var halfWidth: Double
  /// The height at x = 0.
  public var intercept: Double

  /// Whether the interval covers a slope.
  public func covers(_ value: Double) -> Bool { abs(slope - value) <= halfWidth }

  /// The line through (x, y).
  ///
  /// - Precondition: at least three points.
  init(_ x: [Double], _ y: [Double]) {
    precondition(x.count == y.count && x.count > 2, "a line through \(x.count) points")
    let count = Double(x.count)
    let (meanX, meanY) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
    let spread = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
    slope = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) } / spread
    intercept = meanY - slope * meanX
    let (a, b) = (intercept, slope)
    let rest = zip(x, y).reduce(0) { sum, point in
      let miss = point.1 - a - b * point.0
      return sum + miss * miss
    }
    halfWidth = Self.quantile(x.count - 2) * (rest / (count - 2) / spread).squareRoot()
  }

  /// The 97.5 % quantile of Student's t, by degrees of freedom; beyond the table that of 10, which is
  /// larger.
  private static func quantile(_ freedom: Int) -> Double {
    let table = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228]
    return table[min(freedom, table.count) - 1]
  }
}

internal import RealModule

/// A power law through points by least squares on their logarithms, and how sure its exponent is: the
/// slope of ln y against ln x.
package struct SlopeFit: Sendable, Equatable, Codable {
  /// The slope.
  package var slope: Double
  /// Half the width of its 95 % confidence interval, by Student's t.
  package var halfWidth: Double
  /// ln y at x = 1.
  package var intercept: Double

  /// Whether the interval covers a slope.
  package func covers(_ value: Double) -> Bool { abs(slope - value) <= halfWidth }

  /// The power law through roots of mean squares: a line through logarithms, which scatter the less the
  /// more squares there were; how much in all is told by the points' own distances from the line.
  ///
  /// - Parameter values: Relative errors: what is no more than ``rounding`` is not the samples'.
  /// - Returns: nil unless there are three values of different sizes at least, and no rounding errors.
  init?(power sizes: [Double], _ values: [Double], repeats: [Int]) {
    guard values.allSatisfy({ $0 > Self.rounding }),
      let line = Line(sizes, values, weights: repeats.map { Double($0) })
    else { return nil }
    (slope, intercept) = (line.slope, line.intercept)
    let freedom = sizes.count - 2
    halfWidth = Self.quantile(freedom) * (line.rest / Double(freedom) / line.spread).squareRoot()
  }

  /// The power law through positive means: a line through their logarithms, each weighed by its error.
  ///
  /// - Returns: nil unless there are three means of different sizes at least, all positive and none
  ///   certain.
  init?(power sizes: [Double], _ means: [SampleMean]) {
    let weights = means.map { ($0.mean / $0.standardError) * ($0.mean / $0.standardError) }
    guard let line = Line(sizes, means.map(\.mean), weights: weights) else { return nil }
    (slope, intercept) = (line.slope, line.intercept)
    // Errors are known here, so the quantile is the normal one.
    halfWidth = 1.96 / line.spread.squareRoot()
  }

  /// More than sums over a million rows lose of their digits.
  package static let rounding = 1e-10

  /// The weighted least-squares line through logarithms.
  private struct Line {
    var slope: Double
    var intercept: Double
    /// Σ w (x − x̄)².
    var spread: Double
    /// Σ w of the squared distances from the line.
    var rest: Double

    init?(_ sizes: [Double], _ values: [Double], weights: [Double]) {
      // Sizes that are all the same have no slope.
      guard Set(sizes).count > 2, values.allSatisfy({ $0 > 0 }), weights.allSatisfy(\.isFinite)
      else {
        return nil
      }
      let (x, y) = (sizes.map { Double.log($0) }, values.map { Double.log($0) })
      let total = weights.reduce(0, +)
      let (meanX, meanY) = (
        Vectors.dot(weights, x) / total, Vectors.dot(weights, y) / total
      )
      spread = Vectors.dot(weights, x.map { ($0 - meanX) * ($0 - meanX) })
      slope = Vectors.dot(weights, zip(x, y).map { ($0 - meanX) * ($1 - meanY) }) / spread
      intercept = meanY - slope * meanX
      let (a, b) = (intercept, slope)
      rest = Vectors.dot(
        weights,
        zip(x, y).map {
          let miss = $1 - a - b * $0
          return miss * miss
        })
    }
  }

  /// The 97.5 % quantile of Student's t, by degrees of freedom; beyond the table that of 10, which is
  /// larger.
  private static func quantile(_ freedom: Int) -> Double {
    let table = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228]
    return table[min(freedom, table.count) - 1]
  }
}

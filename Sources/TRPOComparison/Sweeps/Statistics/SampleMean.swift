/// The mean of independent numbers and its standard error.
package struct SampleMean: Sendable, Equatable, Codable {
  /// The mean.
  package var mean: Double
  /// Its standard error.
  package var standardError: Double

  /// - Precondition: at least two numbers.
  init(_ values: [Double]) {
    precondition(values.count > 1, "the scatter of \(values.count) numbers")
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    standardError = (squares / (count - 1) / count).squareRoot()
  }

  /// The root of the mean of squares, and its error to first order.
  init(rootOf squares: [Double]) {
    let square = SampleMean(squares)
    mean = square.mean.squareRoot()
    standardError = mean > 0 ? square.standardError / (2 * mean) : 0
  }

  /// Mean and standard error multiplied by a factor.
  func scaled(_ factor: Double) -> SampleMean {
    var scaled = self
    scaled.mean *= factor
    scaled.standardError *= abs(factor)
    return scaled
  }
}

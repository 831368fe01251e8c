/// What is done to observations before a network sees them: clip((x − shift) · factor, ±bound).
public struct ObservationScaling: Sendable, Equatable {
  /// What is taken away from each coordinate.
  public var shift: [Double]
  /// What each coordinate is then multiplied by.
  public var factor: [Double]
  /// The largest absolute value after that.
  public var bound: Double

  public init(shift: [Double], factor: [Double], bound: Double = .infinity) {
    precondition(
      shift.count == factor.count, "\(shift.count) shifts, \(factor.count) factors")
    self.shift = shift
    self.factor = factor
    self.bound = bound
  }

  /// Scales rows.
  func apply<Number: NetworkNumber>(
    _ rows: Int, _ raw: UnsafePointer<Double>, into scaled: UnsafeMutablePointer<Number>
  ) {
    let width = shift.count
    for row in 0..<rows {
      for column in 0..<width {
        let value = (raw[row * width + column] - shift[column]) * factor[column]
        scaled[row * width + column] = Number(min(max(value, -bound), bound))
      }
    }
  }
}

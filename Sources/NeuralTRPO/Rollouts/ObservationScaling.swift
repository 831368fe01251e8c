/// The map from an observation to the input of a network: clip((x − shift) · factor, ±bound).
package struct ObservationScaling: Sendable, Equatable {
  /// The number subtracted from each coordinate.
  package var shift: [Double]
  /// The number that each coordinate is then multiplied by.
  package var factor: [Double]
  /// The largest absolute value after that.
  package var bound: Double

  package init(shift: [Double], factor: [Double], bound: Double = .infinity) {
    precondition(
      shift.count == factor.count, "\(shift.count) shifts, \(factor.count) factors")
    self.shift = shift
    self.factor = factor
    self.bound = bound
  }

  /// Scales rows. What is not a number stays so.
  @inline(__always) private func apply<Raw, Number: NetworkNumber>(
    _ rows: Int, _ raw: UnsafePointer<Raw>, into scaled: UnsafeMutablePointer<Number>,
    _ number: (Raw) -> Double
  ) {
    let width = shift.count
    for row in 0..<rows {
      for column in 0..<width {
        let value = (number(raw[row * width + column]) - shift[column]) * factor[column]
        scaled[row * width + column] = Number(min(max(value, -bound), bound))
      }
    }
  }

  /// Writes rows of some width as a network sees them, scaled if there is a scaling.
  ///
  /// - Parameter number: Reads an element of a row.
  @inline(__always) static func write<Raw, Number: NetworkNumber>(
    _ scaling: ObservationScaling?, _ raw: UnsafePointer<Raw>, rows: Int, width: Int,
    into seen: UnsafeMutablePointer<Number>, _ number: (Raw) -> Double
  ) {
    if let scaling {
      precondition(
        scaling.shift.count == width, "a scaling of \(scaling.shift.count) numbers for \(width)")
      scaling.apply(rows, raw, into: seen, number)
    } else {
      for index in 0..<rows * width { seen[index] = Number(number(raw[index])) }
    }
  }

  /// Rows as a network sees them: scaled, if there is a scaling.
  package static func rows(
    _ scaling: ObservationScaling?, of raw: [Double], width: Int
  ) -> [Double] {
    let count = raw.count / max(width, 1)
    var seen = raw
    raw.withUnsafeBufferPointer { raw in
      seen.withUnsafeMutableBufferPointer { seen in
        guard let raw = raw.baseAddress, let seen = seen.baseAddress else { return }
        ShownRows.numbers(raw).write(0..<count, width: width, scaling, into: seen)
      }
    }
    return seen
  }
}

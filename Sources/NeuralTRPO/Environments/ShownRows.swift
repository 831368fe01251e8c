/// Observations as environments side by side show them, row by row: numbers, or the bytes of images.
package enum ShownRows {
  case numbers(UnsafePointer<Double>)
  case bytes(UnsafePointer<UInt8>)

  /// Writes some rows as a network sees them, scaled if there is a scaling.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  func write<Number: NetworkNumber>(
    _ rows: Range<Int>, width: Int, _ scaling: ObservationScaling?,
    into seen: UnsafeMutablePointer<Number>
  ) {
    let first = rows.lowerBound * width
    switch self {
    case .numbers(let start):
      ObservationScaling.write(scaling, start + first, rows: rows.count, width: width, into: seen) {
        $0
      }
    case .bytes(let start):
      ObservationScaling.write(scaling, start + first, rows: rows.count, width: width, into: seen) {
        Double($0)
      }
    }
  }

  /// Writes some rows as bytes.
  ///
  /// - Precondition: numbers are whole ones from 0 to 255.
  func write(_ rows: Range<Int>, width: Int, into seen: UnsafeMutablePointer<UInt8>) {
    let (first, count) = (rows.lowerBound * width, rows.count * width)
    switch self {
    case .bytes(let start): seen.update(from: start + first, count: count)
    case .numbers(let start):
      for index in 0..<count {
        guard let byte = UInt8(exactly: start[first + index]) else {
          preconditionFailure(
            "row \(index / width), number \(index % width) of an image of bytes is "
              + "\(start[first + index])")
        }
        seen[index] = byte
      }
    }
  }
}

/// The types of numbers that pass between an environment and its driver, by the names of NumPy.
enum GymnasiumNumber: String, Sendable {
  case int8, int16, int32, int64, uint8, uint16, uint32, uint64, float32, float64

  /// Bytes.
  var size: Int {
    switch self {
    case .int8, .uint8: 1
    case .int16, .uint16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64: 8
    }
  }

  /// Reads numbers as they are in memory.
  ///
  /// - Returns: Whether all are finite.
  func read(
    _ place: UnsafeRawPointer, count: Int, into numbers: UnsafeMutablePointer<Double>
  ) -> Bool {
    switch self {
    case .int8: Self.read(place, count, numbers) { (x: Int8) in Double(x) }
    case .int16: Self.read(place, count, numbers) { (x: Int16) in Double(x) }
    case .int32: Self.read(place, count, numbers) { (x: Int32) in Double(x) }
    case .int64: Self.read(place, count, numbers) { (x: Int64) in Double(x) }
    case .uint8: Self.read(place, count, numbers) { (x: UInt8) in Double(x) }
    case .uint16: Self.read(place, count, numbers) { (x: UInt16) in Double(x) }
    case .uint32: Self.read(place, count, numbers) { (x: UInt32) in Double(x) }
    case .uint64: Self.read(place, count, numbers) { (x: UInt64) in Double(x) }
    case .float32: Self.read(place, count, numbers) { (x: Float) in Double(x) }
    case .float64: Self.read(place, count, numbers) { (x: Double) in x }
    }
  }

  /// Writes an integer that the type has.
  func write(_ value: Int, to place: UnsafeMutableRawPointer, at index: Int) {
    switch self {
    case .int8, .uint8: Self.write(UInt8(truncatingIfNeeded: value), place, index)
    case .int16, .uint16: Self.write(UInt16(truncatingIfNeeded: value), place, index)
    case .int32, .uint32: Self.write(UInt32(truncatingIfNeeded: value), place, index)
    case .int64, .uint64: Self.write(UInt64(truncatingIfNeeded: value), place, index)
    case .float32: Self.write(Float(value), place, index)
    case .float64: Self.write(Double(value), place, index)
    }
  }

  @inline(__always) private static func read<T>(
    _ place: UnsafeRawPointer, _ count: Int, _ numbers: UnsafeMutablePointer<Double>,
    _ convert: (T) -> Double
  ) -> Bool {
    let values = place.assumingMemoryBound(to: T.self)
    var isFinite = true
    for index in 0..<count {
      let number = convert(values[index])
      isFinite = isFinite && number.isFinite
      numbers[index] = number
    }
    return isFinite
  }

  @inline(__always) private static func write<T>(
    _ value: T, _ place: UnsafeMutableRawPointer, _ index: Int
  ) {
    place.assumingMemoryBound(to: T.self)[index] = value
  }
}

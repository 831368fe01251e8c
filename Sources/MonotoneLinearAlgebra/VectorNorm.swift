internal import MonotoneArithmetic

/// A norm of vectors; NaN for a vector that holds one.
package enum VectorNorm: Sendable {
  /// max |x_i|, for values.
  case maximum
  /// Σ |x_i|, for visitations.
  case sum

  /// The norm of a vector.
  package func callAsFunction(_ vector: [Double]) -> Double {
    vector.withUnsafeBufferPointer { self($0) }
  }

  /// The norm of a vector.
  func callAsFunction(_ vector: UnsafeBufferPointer<Double>) -> Double {
    switch self {
    case .maximum: Self.largest(vector)
    case .sum: Self.total(vector)
    }
  }

  /// The norm of a vector whose parts have these norms.
  func joined(_ parts: some Sequence<Double>) -> Double {
    switch self {
    case .maximum: parts.reduce(0) { Double.greatest($0, $1) }
    case .sum: parts.reduce(0, +)
    }
  }

  private static let lanes = 8

  private static func octet(_ vector: UnsafeBufferPointer<Double>, at index: Int) -> SIMD8<Double> {
    UnsafeRawBufferPointer(vector).loadUnaligned(fromByteOffset: 8 * index, as: SIMD8<Double>.self)
  }

  /// |x| of eight numbers: without the sign's bit.
  private static func magnitudes(_ numbers: SIMD8<Double>) -> SIMD8<Double> {
    unsafeBitCast(
      unsafeBitCast(numbers, to: SIMD8<UInt64>.self) & SIMD8(repeating: UInt64.max >> 1),
      to: SIMD8<Double>.self)
  }

  private static func total(_ vector: UnsafeBufferPointer<Double>) -> Double {
    let full = vector.count - vector.count % lanes
    var sums = SIMD8<Double>(repeating: 0)
    for index in stride(from: 0, to: full, by: lanes) {
      sums += magnitudes(octet(vector, at: index))
    }
    return vector[full...].reduce(sums.sum()) { $0 + abs($1) }
  }

  private static func largest(_ vector: UnsafeBufferPointer<Double>) -> Double {
    let full = vector.count - vector.count % lanes
    // As whole numbers magnitudes have the same order, infinity above all numbers, and NaN above that.
    var largest = SIMD8<Int64>(repeating: 0)
    for index in stride(from: 0, to: full, by: lanes) {
      let bits = unsafeBitCast(magnitudes(octet(vector, at: index)), to: SIMD8<Int64>.self)
      largest.replace(with: bits, where: bits .> largest)
    }
    let best = Double(bitPattern: UInt64(bitPattern: largest.max()))
    return vector[full...].reduce(best) { Double.greatest($0, abs($1)) }
  }
}

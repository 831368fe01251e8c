internal import MonotoneArithmetic

/// The shortest decimals of float64 numbers, of which a model has millions and few different ones.
struct RepeatedDecimals {
  private var known: [(bits: UInt64, decimal: ShortDecimal)]

  /// Log₂ of how many are kept: they fit into the cache next to the processor.
  private static let size = 12

  init?() {
    // 0, of bits 0, is known from the start.
    guard let zero = DecimalReading.fewDigits(0) else { return nil }
    known = Array(repeating: (0, zero), count: 1 << Self.size)
  }

  /// The shortest decimal of a number that has one of few digits; nil for others.
  mutating func decimal(_ value: Double) -> ShortDecimal? {
    let bits = value.bitPattern
    // Multiplied by 2⁶⁴ over the golden ratio, bits that differ little come to lie far apart.
    let place = Int((bits &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - Self.size))
    if known[place].bits == bits { return known[place].decimal }
    guard value.isFinite, let decimal = DecimalReading.fewDigits(value) else { return nil }
    known[place] = (bits, decimal)
    return decimal
  }
}

extension ExactNumber {
  /// The nearest float64 number (ties to even); ±∞ or 0 beyond its range.
  public var approximation: Double {
    switch storage {
    case .decimal(let significand, let scale):
      // Both operands are float64 numbers (10²² is the largest such power of ten), so the one
      // rounding of the division is the correct one (Clinger 1990).
      if significand.magnitude <= 1 << 53, scale <= 19 {
        return Double(significand) / Double(Self.powersOfTen[scale])
      }
      guard scale <= 19 else { return rational.doubleValue }
      return Self.roundedQuotient(significand, Self.powersOfTen[scale])
    case .fraction(let numerator, let denominator): return Double(numerator) / Double(denominator)
    case .large(let value): return value.doubleValue
    }
  }

  /// Whether a float64 number is this number, not merely close to it.
  public func isExact(_ value: Double) -> Bool {
    switch storage {
    // n/10ˢ is a binary fraction only if 5ˢ divides n, which a glance rules out for most.
    case .decimal(let significand, let scale):
      scale == 0
        ? Int64(exactly: value) == significand
        : significand % 5 == 0 && Rational(exactly: value) == rational
    case .fraction: false
    case .large: Rational(exactly: value) == rational
    }
  }

  /// numerator/denominator correctly rounded, by one 128-bit division with a sticky remainder.
  private static func roundedQuotient(_ numerator: Int64, _ denominator: UInt64) -> Double {
    let magnitude = UInt128(numerator.magnitude)
    let shift = magnitude.leadingZeroBitCount
    let (quotient, remainder) = (magnitude << shift)
      .quotientAndRemainder(dividingBy: UInt128(denominator))
    let excess = (128 - quotient.leadingZeroBitCount) - 53
    precondition(excess > 1, "the quotient of \(numerator) / \(denominator) has too few bits")
    var kept = UInt64(quotient >> excess)
    let half = UInt128(1) << (excess - 1)
    let dropped = quotient & ((UInt128(1) << excess) - 1)
    if dropped > half || (dropped == half && (remainder != 0 || kept & 1 == 1)) { kept += 1 }
    let value = Double(sign: .plus, exponent: excess - shift, significand: Double(kept))
    return numerator < 0 ? -value : value
  }
}

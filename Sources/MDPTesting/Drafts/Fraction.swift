internal import MonotoneArithmetic

/// A small fraction in machine words: what generated models are made of.
///
/// In lowest terms with a positive denominator. Simpler fractions are rounder: 0, then ±1, then
/// small integers, then small denominators.
struct Fraction: Sendable, Hashable {
  let numerator: Int
  let denominator: Int

  init(_ numerator: Int, over denominator: Int = 1) {
    precondition(denominator > 0, "a denominator must be positive, not \(denominator)")
    let divisor = max(1, Self.greatestCommonDivisor(numerator.magnitude, denominator.magnitude))
    self.numerator = numerator / Int(divisor)
    self.denominator = denominator / Int(divisor)
  }

  static let zero = Fraction(0)

  static func greatestCommonDivisor(_ a: UInt, _ b: UInt) -> UInt {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }

  var exactNumber: ExactNumber { ExactNumber(numerator: numerator, denominator: denominator) }
  var rational: Rational { Rational(numerator: numerator, denominator: denominator) }
  var value: Double { Double(numerator) / Double(denominator) }

  /// How far from round: 0 for 0, 1 for 1, growing with the digits.
  var roughness: Int {
    numerator == 0
      ? 0
      : 1 + (numerator < 0 ? 1 : 0) + Self.roughness(numerator.magnitude)
        + 2 * Self.roughness(denominator.magnitude)
  }

  /// 0 for 0 and 1, growing by one up to 16 and with the bits beyond.
  static func roughness(_ size: UInt) -> Int {
    size <= 1 ? 0 : size <= 16 ? Int(size) - 1 : 15 + 2 * (size.bitWidth - size.leadingZeroBitCount)
  }

  /// Rounder fractions nearby, the roundest first, all within a half-open range of fractions.
  func rounder(from least: Fraction? = nil, below limit: Fraction? = nil) -> [Fraction] {
    var candidates = [Fraction.zero, Fraction(1), Fraction(-1)]
    for denominator in [1, 2, 3, 4, 5, 10, 20, 100, 1000] where denominator <= self.denominator {
      let scaled = numerator.multipliedReportingOverflow(by: denominator)
      guard !scaled.overflow else { continue }
      let floor = Int(
        clamping: (Double(scaled.partialValue) / Double(self.denominator)).rounded(.down))
      candidates += [Fraction(floor, over: denominator), Fraction(floor + 1, over: denominator)]
    }
    if denominator == 1 { candidates += [Fraction(numerator / 2), Fraction(numerator / 10)] }
    var seen: Set<Fraction> = []
    return candidates.filter { candidate in
      candidate.roughness < roughness && seen.insert(candidate).inserted
        && (least.map { !(candidate < $0) } ?? true) && (limit.map { candidate < $0 } ?? true)
    }
  }
}

extension Fraction: Comparable {
  static func < (a: Fraction, b: Fraction) -> Bool {
    Int128(a.numerator) * Int128(b.denominator) < Int128(b.numerator) * Int128(a.denominator)
  }
}

extension Fraction: CustomStringConvertible {
  var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }
}

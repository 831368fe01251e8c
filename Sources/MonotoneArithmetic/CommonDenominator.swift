internal import CFLINT

/// The least common multiple of numbers' denominators: how long exact arithmetic makes its integers.
///
/// A decimal counts with the power of ten that it is written over, which may be a few bits more
/// than its denominator in lowest terms.
package struct CommonDenominator: Sendable {
  /// The multiple while it fits a machine word…
  private var short: UInt = 1
  /// …and once it does not, as an integer.
  private var long: Rational?

  /// 1.
  package init() {}

  /// The length, in bits.
  package var bitCount: Int {
    long.map { $0.bitCount } ?? (UInt.bitWidth - short.leadingZeroBitCount)
  }

  /// Takes in the denominator of a number.
  package mutating func include(_ number: ExactNumber) {
    switch number.storage {
    case .decimal(_, let scale) where scale < ExactNumber.powersOfTen.count:
      include(UInt(ExactNumber.powersOfTen[scale]))
    case .fraction(_, let denominator): include(UInt(denominator))
    case .decimal, .large: include(number.rational)
    }
  }

  /// Takes in the denominator of a number.
  package mutating func include(_ number: Rational) {
    if let parts = number.smallParts { return include(UInt(parts.denominator)) }
    number.withUnsafeParts { _, denominator in combine(denominator, Self.leastMultiple) }
  }

  /// Takes in another.
  package mutating func include(_ other: CommonDenominator) {
    guard let integer = other.long else { return include(other.short) }
    integer.withUnsafeParts { value, _ in combine(value, Self.leastMultiple) }
  }

  /// Becomes the denominator of products, one factor's denominator being `other`.
  package mutating func multiply(by other: CommonDenominator) {
    let (product, overflow) = short.multipliedReportingOverflow(by: other.short)
    if long == nil, other.long == nil, !overflow {
      short = product
    } else {
      other.integer.withUnsafeParts { value, _ in combine(value, fmpz_mul) }
    }
  }

  /// Becomes the denominator of quotients by a positive number.
  package mutating func divide(by divisor: ExactNumber) {
    let divisor = divisor.rational
    divisor.withUnsafeParts { numerator, denominator in
      combine(numerator) { result, own, numerator in
        // lcm(1/q ÷ (a/b)) = qa/gcd(q, b).
        fmpz_gcd(result, own, denominator)
        fmpz_divexact(result, own, result)
        fmpz_mul(result, result, numerator)
      }
    }
  }

  private mutating func include(_ denominator: UInt) {
    if long == nil {
      if short.isMultiple(of: denominator) { return }
      let divisor = ExactNumber.greatestCommonDivisor(short, denominator)
      let (product, overflow) = (short / divisor).multipliedReportingOverflow(by: denominator)
      if !overflow {
        short = product
        return
      }
    }
    var value = fmpz()
    fmpz_init_set_ui(&value, denominator)
    combine(&value, Self.leastMultiple)
    fmpz_clear(&value)
  }

  /// The least common multiple. Most pairs of long denominators are powers of ten, and a greatest
  /// common divisor takes far longer than a division that comes out even.
  private static func leastMultiple(
    _ result: UnsafeMutablePointer<fmpz>, _ a: UnsafePointer<fmpz>, _ b: UnsafePointer<fmpz>
  ) {
    if fmpz_divisible(a, b) != 0 {
      fmpz_set(result, a)
    } else if fmpz_divisible(b, a) != 0 {
      fmpz_set(result, b)
    } else {
      fmpz_lcm(result, a, b)
    }
  }

  private var integer: Rational { long ?? Rational(integer: short) }

  private mutating func combine(
    _ value: UnsafePointer<fmpz>,
    _ operation: (UnsafeMutablePointer<fmpz>, UnsafePointer<fmpz>, UnsafePointer<fmpz>) -> Void
  ) {
    var result = fmpz()
    fmpz_init(&result)
    integer.withUnsafeParts { own, _ in
      operation(&result, own, value)
    }
    long = Rational(integer: &result)
    fmpz_clear(&result)
  }
}

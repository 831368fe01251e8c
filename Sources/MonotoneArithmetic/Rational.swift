package import CFLINT

/// An exact rational number p/q of any size.
///
/// A value over FLINT's `fmpq`, always in lowest terms with a positive denominator. Immutable once
/// made, hence safe to share between threads.
public struct Rational: Sendable {
  /// The one owner of a FLINT number; frees it when the last copy goes.
  private final class Storage: @unchecked Sendable {
    let number: UnsafeMutablePointer<fmpq>

    init() {
      number = .allocate(capacity: 1)
      fmpq_init(number)
    }

    deinit {
      fmpq_clear(number)
      number.deallocate()
    }
  }

  private let storage: Storage

  private init(_ fill: (UnsafeMutablePointer<fmpq>) -> Void) {
    storage = Storage()
    fill(storage.number)
  }

  private static func combine(
    _ a: Self, _ b: Self,
    _ operation: (UnsafeMutablePointer<fmpq>, UnsafePointer<fmpq>, UnsafePointer<fmpq>) -> Void
  ) -> Self {
    a.withUnsafePointer { x in b.withUnsafePointer { y in Self { operation($0, x, y) } } }
  }

  /// Whether two numbers share their memory, which tells without comparing digits that they are equal.
  package func isIdentical(to other: Rational) -> Bool { storage === other.storage }

  /// A copy of a FLINT number.
  package init(copying number: UnsafePointer<fmpq>) {
    self.init { fmpq_set($0, number) }
  }

  /// A copy of a FLINT integer.
  init(integer: UnsafePointer<fmpz>) {
    self.init { fmpz_set(&$0.pointee.num, integer) }
  }

  /// An integer of a whole machine word.
  init(integer: UInt) {
    self.init { fmpz_set_ui(&$0.pointee.num, integer) }
  }

  /// An integer.
  public init(_ value: Int) {
    self.init(numerator: value, denominator: 1)
  }

  /// numerator/denominator.
  ///
  /// - Precondition: `denominator` > 0.
  public init(numerator: Int, denominator: Int) {
    precondition(denominator > 0, "a denominator must be positive, not \(denominator)")
    self.init { fmpq_set_si($0, numerator, UInt(denominator)) }
  }

  /// A binary floating-point number, exactly; nil where it is infinite or NaN.
  public init?(exactly value: Double) {
    guard value.isFinite else { return nil }
    self.init(finite: value)
  }

  /// A binary floating-point number, exactly.
  ///
  /// - Precondition: `value` is finite.
  @available(*, deprecated, message: "traps on NaN and infinity; use init(exactly:)")
  public init(_ value: Double) { self.init(finite: value) }

  /// A binary floating-point number that is known to be finite, exactly.
  package init(finite value: Double) {
    precondition(value.isFinite, "\(value) is not a rational number")
    guard value != 0 else { self.init(0); return }
    // value = significand · 2^exponent with an integer significand below 2⁵³.
    guard let magnitude = Int(exactly: value.significand * 0x1p52) else {
      preconditionFailure("a significand has 53 bits")
    }
    let significand = value.sign == .minus ? -magnitude : magnitude
    let exponent = Int(value.exponent) - 52
    self.init { number in
      fmpq_set_si(number, significand, 1)
      if exponent >= 0 {
        fmpq_mul_2exp(number, number, UInt(exponent))
      } else {
        fmpq_div_2exp(number, number, UInt(-exponent))
      }
    }
  }

  /// numerator/denominator.
  ///
  /// - Precondition: `denominator` > 0.
  init(numerator: Int128, denominator: Int128) {
    precondition(denominator > 0, "a denominator must be positive, not \(denominator)")
    self.init { number in
      fmpz_set_signed_uiui(
        &number.pointee.num, UInt(truncatingIfNeeded: numerator >> 64),
        UInt(truncatingIfNeeded: numerator))
      fmpz_set_signed_uiui(
        &number.pointee.den, UInt(truncatingIfNeeded: denominator >> 64),
        UInt(truncatingIfNeeded: denominator))
      fmpq_canonicalise(number)
    }
  }

  /// digits · 10^exponent, or digits/denominator.
  ///
  /// - Precondition: both texts are decimal integers, the denominator positive.
  init(digits: String, exponent: Int = 0, denominator: String? = nil) {
    self.init { number in
      let status = fmpz_set_str(&number.pointee.num, digits, 10)
      precondition(status == 0, "not an integer: \(digits.prefix(40))")
      if let denominator {
        let status = fmpz_set_str(&number.pointee.den, denominator, 10)
        precondition(status == 0, "not an integer: \(denominator.prefix(40))")
      }
      if exponent != 0 {
        var ten = fmpz()
        fmpz_init_set_ui(&ten, 10)
        var power = fmpz()
        fmpz_init(&power)
        fmpz_pow_ui(&power, &ten, UInt(abs(exponent)))
        if exponent > 0 {
          fmpz_mul(&number.pointee.num, &number.pointee.num, &power)
        } else {
          fmpz_mul(&number.pointee.den, &number.pointee.den, &power)
        }
        fmpz_clear(&power)
      }
      fmpq_canonicalise(number)
    }
  }

  public static func + (a: Self, b: Self) -> Self { combine(a, b, fmpq_add) }
  public static func - (a: Self, b: Self) -> Self { combine(a, b, fmpq_sub) }
  public static func * (a: Self, b: Self) -> Self { combine(a, b, fmpq_mul) }

  /// The quotient.
  ///
  /// - Precondition: `b` ≠ 0.
  public static func / (a: Self, b: Self) -> Self {
    precondition(b.signum != 0, "division of a rational number by zero")
    return combine(a, b, fmpq_div)
  }

  public static prefix func - (a: Self) -> Self {
    a.withUnsafePointer { number in Self { fmpq_neg($0, number) } }
  }

  /// |x|.
  public var magnitude: Self { withUnsafePointer { number in Self { fmpq_abs($0, number) } } }

  /// ⌊x⌋.
  public var floor: Self {
    Self { target in
      withUnsafeParts { numerator, denominator in
        fmpz_fdiv_q(&target.pointee.num, numerator, denominator)
      }
    }
  }

  /// −1, 0 or 1.
  public var signum: Int { withUnsafePointer { Int(fmpq_sgn($0)) } }

  /// The nearest float64 number (ties to even); ±∞ beyond its range.
  public var doubleValue: Double {
    var rounded = mpfr_t_value()
    let nearest = withUnsafeMutablePointer(to: &rounded) { pointer in
      mpfr_init2(pointer, 53)
      defer { mpfr_clear(pointer) }
      withUnsafePointer { _ = fmpq_get_mpfr(pointer, $0, MPFR_RNDN) }
      return mpfr_get_d(pointer, MPFR_RNDN)
    }
    // Subnormal numbers have fewer bits: those were rounded twice.
    return nearest.magnitude > .leastNormalMagnitude || isExactlyZero ? nearest : subnormalValue
  }

  /// The nearest multiple of the smallest number of all.
  private var subnormalValue: Double {
    let multiple = magnitude * Rational(finite: 0x1p537) * Rational(finite: 0x1p537)
    let whole = multiple.floor
    let rest = multiple - whole
    let half = Rational(numerator: 1, denominator: 2)
    let count = whole.smallParts?.numerator ?? 0
    let isUp = rest > half || rest == half && count % 2 == 1
    let value = Double(count + (isUp ? 1 : 0)) * .leastNonzeroMagnitude
    return signum < 0 ? -value : value
  }

  /// Lends the number to a FLINT or Arb call, and keeps it alive until that returns.
  package func withUnsafePointer<T>(_ body: (UnsafePointer<fmpq>) -> T) -> T {
    withExtendedLifetime(storage) { body($0.number) }
  }

  /// Lends numerator and denominator to FLINT calls that only read them.
  package func withUnsafeParts(_ body: (UnsafePointer<fmpz>, UnsafePointer<fmpz>) -> Void) {
    withUnsafePointer { number in
      // An fmpq is its two integers, numerator first.
      number.withMemoryRebound(to: fmpz.self, capacity: 2) { body($0, $0 + 1) }
    }
  }

  /// Numerator and denominator, where both fit in a machine word.
  package var smallParts: (numerator: Int, denominator: Int)? {
    withExtendedLifetime(storage) { storage in
      let number = storage.number
      guard
        fmpz_fits_si(&number.pointee.num) != 0, fmpz_fits_si(&number.pointee.den) != 0
      else { return nil }
      return (fmpz_get_si(&number.pointee.num), fmpz_get_si(&number.pointee.den))
    }
  }

  /// The bits of the longer of numerator and denominator.
  package var bitCount: Int {
    let number = storage.number
    return Int(max(fmpz_bits(&number.pointee.num), fmpz_bits(&number.pointee.den)))
  }

  /// The memory behind the number, in bytes, but for its fixed part.
  var storedBytes: Int {
    let number = storage.number
    return 8 * Int(fmpz_size(&number.pointee.num) + fmpz_size(&number.pointee.den))
  }

  private typealias mpfr_t_value = __mpfr_struct
}

extension Rational: Comparable, Hashable {
  public static func == (a: Self, b: Self) -> Bool {
    a.withUnsafePointer { x in b.withUnsafePointer { y in fmpq_equal(x, y) != 0 } }
  }

  public static func < (a: Self, b: Self) -> Bool {
    a.withUnsafePointer { x in b.withUnsafePointer { y in fmpq_cmp(x, y) < 0 } }
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(description) }
}

extension Rational: CustomStringConvertible {
  /// `p` or `p/q` in lowest terms.
  public var description: String {
    // FLINT allocates as much as the digits need.
    let text = withUnsafePointer { fmpq_get_str(nil, 10, $0) }
    guard let text else { preconditionFailure("FLINT wrote no digits") }
    defer { flint_free(text) }
    return String(cString: text)
  }
}

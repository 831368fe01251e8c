/// A number exactly as a file wrote it: `0.1` is one tenth, `"1/3"` one third.
///
/// Decimals and fractions of everyday size live in a machine word, everything else in a
/// ``Rational``. Each number has one representation, so equality is equality of value.
public struct ExactNumber: Sendable, Equatable {
  enum Storage: Sendable, Equatable {
    /// significand · 10^−scale, |significand| < 2⁵⁷, 0 ≤ scale ≤ 31, no trailing zero.
    case decimal(significand: Int64, scale: Int)
    /// A fraction in lowest terms that no decimal of the above form equals; both below 2³⁰.
    case fraction(numerator: Int64, denominator: Int64)
    /// Whatever fits neither.
    case large(Rational)
  }

  let storage: Storage

  init(storage: Storage) { self.storage = storage }

  @usableFromInline static var significandLimit: UInt64 { 1 << 57 }
  @usableFromInline static var largestScale: Int { 31 }
  static let fractionLimit: Int64 = 1 << 30

  /// An integer.
  public init(_ value: Int) {
    if value.magnitude < Self.significandLimit {
      storage = .decimal(significand: Int64(value), scale: 0)
    } else {
      storage = .large(Rational(value))
    }
  }

  /// A rational number, in its one representation.
  public init(_ value: Rational) {
    if let (numerator, denominator) = value.smallParts {
      self.init(reduced: Int64(numerator), over: Int64(denominator))
    } else {
      self.init(storage: Self.decimal(value) ?? .large(value))
    }
  }

  /// The decimal form of a rational whose denominator leaves a machine word, where it has one.
  private static func decimal(_ value: Rational) -> Storage? {
    let scaled = (value * Rational(digits: "1", exponent: largestScale)).description
    guard !scaled.contains("/") else { return nil }
    let zeros = min(largestScale, scaled.reversed().prefix { $0 == "0" }.count)
    guard
      let significand = Int64(scaled.dropLast(zeros)), significand.magnitude < significandLimit
    else { return nil }
    return .decimal(significand: significand, scale: largestScale - zeros)
  }

  /// A binary floating-point number, exactly; nil where it is infinite or NaN.
  public init?(exactly value: Double) {
    if let integer = Int(exactly: value) {
      self.init(integer)
    } else if let rational = Rational(exactly: value) {
      self.init(rational)
    } else {
      return nil
    }
  }

  /// numerator/denominator.
  ///
  /// - Precondition: `denominator` > 0.
  public init(numerator: Int, denominator: Int) {
    precondition(denominator > 0, "a denominator must be positive, not \(denominator)")
    let divisor = Self.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
    self.init(
      reduced: Int64(numerator / Int(divisor)), over: Int64(denominator / Int(divisor)))
  }

  /// A fraction in lowest terms: a decimal if its denominator has no prime factor but 2 and 5.
  private init(reduced numerator: Int64, over denominator: Int64) {
    var rest = denominator
    var twos = 0
    var fives = 0
    while rest % 2 == 0 { (rest, twos) = (rest / 2, twos + 1) }
    while rest % 5 == 0 { (rest, fives) = (rest / 5, fives + 1) }
    let scale = max(twos, fives)
    if rest == 1, scale <= Self.largestScale {
      var significand = Int128(numerator)
      for _ in twos..<scale { significand *= 2 }
      for _ in fives..<scale { significand *= 5 }
      if significand.magnitude < Self.significandLimit {
        storage = .decimal(significand: Int64(significand), scale: scale)
        return
      }
    }
    if numerator.magnitude < UInt64(Self.fractionLimit), denominator < Self.fractionLimit, rest != 1
    {
      storage = .fraction(numerator: numerator, denominator: denominator)
    } else {
      storage = .large(Rational(numerator: Int(numerator), denominator: Int(denominator)))
    }
  }

  static func greatestCommonDivisor<I: FixedWidthInteger>(_ a: I, _ b: I) -> I {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }

  /// The number as a rational.
  public var rational: Rational {
    switch storage {
    case .decimal(let significand, let scale):
      scale <= 18
        ? Rational(numerator: Int(significand), denominator: Int(Self.powersOfTen[scale]))
        : Rational(digits: String(significand), exponent: -scale)
    case .fraction(let numerator, let denominator):
      Rational(numerator: Int(numerator), denominator: Int(denominator))
    case .large(let value): value
    }
  }

  /// The memory, in bytes, that the number takes beyond its machine words: 0 but for numbers that
  /// need a ``Rational``.
  public var storedBytes: Int {
    // The object, FLINT's two words and the allocator's headers come to about a hundred bytes.
    if case .large(let value) = storage { 100 + value.storedBytes } else { 0 }
  }

  /// The bits of the longer of numerator and denominator; of a decimal over a power of ten.
  public var bitCount: Int {
    switch storage {
    case .decimal(let significand, let scale):
      // log₂ 10 < 10/3.
      max(64 - significand.magnitude.leadingZeroBitCount, scale * 10 / 3 + 1)
    case .fraction(let numerator, let denominator):
      64 - max(numerator.magnitude, denominator.magnitude).leadingZeroBitCount
    case .large(let value): value.bitCount
    }
  }

  /// Whether this is 0.
  public var isZero: Bool {
    if case .decimal(0, _) = storage { true } else { false }
  }

  /// −1, 0 or 1.
  public var signum: Int {
    switch storage {
    case .decimal(let significand, _): Int(significand.signum())
    case .fraction(let numerator, _): Int(numerator.signum())
    case .large(let value): value.signum
    }
  }

  static let powersOfTen: [UInt64] = (0..<20).reduce(into: []) { powers, _ in
    powers.append((powers.last.map { $0 * 10 }) ?? 1)
  }
}

extension ExactNumber: Comparable {
  public static func < (a: Self, b: Self) -> Bool {
    if case .decimal(let x, let s) = a.storage, case .decimal(let y, let t) = b.storage, s == t {
      return x < y
    }
    return a.rational < b.rational
  }
}

extension ExactNumber: CustomStringConvertible {
  /// A decimal where there is one, else `p/q`: text that reads back as the same number.
  public var description: String {
    switch storage {
    case .decimal(let significand, let scale):
      guard scale > 0 else { return String(significand) }
      let digits = String(significand.magnitude)
      let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
      let sign = significand < 0 ? "-" : ""
      return "\(sign)\(padded.dropLast(scale)).\(padded.suffix(scale))"
    case .fraction(let numerator, let denominator): return "\(numerator)/\(denominator)"
    case .large(let value): return value.description
    }
  }

  /// Whether `description` is a JSON number rather than a fraction that needs quotes.
  public var isDecimal: Bool {
    switch storage {
    case .decimal: true
    case .fraction: false
    case .large(let value): !value.description.contains("/")
    }
  }

  /// The number, shortened to fit a message.
  public var excerpt: String {
    let text = description
    return text.count <= 40 ? text : "\(text.prefix(30))… (\(text.count) characters)"
  }
}

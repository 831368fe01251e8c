package import MonotoneArithmetic

/// How the floating-point numbers of a file become rational.
public enum DecimalReading: String, Sendable, CaseIterable {
  /// The shortest decimal that reads back as the number: 0.1 is 1/10. A decimal of a text is taken as it
  /// stands there.
  case shortest
  /// The binary fraction that the number is: of a decimal in a text, that of the nearest float64 number.
  case exact
  /// The fraction of the smallest denominator that rounds to the number: 0.3333333333333333 is 1/3.
  case simplest
}

extension DecimalReading {
  /// The rational number that a float64 number stands for; nil for NaN and infinity.
  package func number(_ value: Double) -> ExactNumber? {
    guard value.isFinite else { return nil }
    // Whole numbers are the same in every reading, and most rewards are whole.
    if let whole = Int(exactly: value), whole.magnitude < 1 << 53 { return ExactNumber(whole) }
    switch self {
    case .exact: return ExactNumber(exactly: value)
    case .simplest: return ExactNumber(simplest: value)
    // A decimal exponent of float64 is always admissible.
    case .shortest:
      return Self.fewDigits(value).map { ExactNumber($0) }
        ?? (try? ExactNumber(parsing: value.description))
    }
  }

  /// The shortest decimal of a number that has one of at most nine places; nil for others.
  ///
  /// With at most 15 digits no other decimal of as many reads back as the number, so the first that does has the
  /// fewest. Both parts of the quotient are float64 numbers: its one rounding is the correct one (Clinger 1990).
  static func fewDigits(_ value: Double) -> ShortDecimal? {
    var power = 1.0
    for places in 0...9 {
      let digits = (value * power).rounded()
      guard digits.magnitude < 1e15 else { return nil }
      if digits / power == value, let significand = UInt64(exactly: digits.magnitude) {
        return ShortDecimal(significand: significand, exponent: -places, isNegative: value < 0)
      }
      power *= 10
    }
    return nil
  }

  /// The rational number that a number in a text stands for.
  ///
  /// Beside the project's own grammar, what other programs print is accepted: a leading `+`, and a point at
  /// either end. Fractions and whole numbers are exact in every reading.
  package func number(parsing bytes: UnsafeBufferPointer<UInt8>) throws(NumberFault) -> ExactNumber
  {
    let written: ExactNumber
    do throws(NumberFault) { written = try ExactNumber(parsing: bytes) } catch {
      guard error == .malformed, let usual = Self.usual(bytes) else { throw error }
      written = try ExactNumber(parsing: usual)
    }
    guard self != .shortest, !bytes.contains(UInt8(ascii: "/")) else { return written }
    let nearest = written.approximation
    // What float64 cannot hold stays as it is written.
    guard nearest != 0, let number = number(nearest) else { return written }
    return number
  }

  /// A decimal as JSON writes it; nil where it is that already.
  private static func usual(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    var text = Substring(String(decoding: bytes.prefix(ExactNumber.mostDigits), as: UTF8.self))
    let isNegative = text.first == "-"
    if isNegative || text.first == "+" { text = text.dropFirst() }
    let end = text.firstIndex { $0 == "e" || $0 == "E" } ?? text.endIndex
    var digits = String(text[..<end])
    guard digits.contains(where: \.isNumber) else { return nil }
    if digits.hasPrefix(".") { digits = "0" + digits }
    if digits.hasSuffix(".") { digits += "0" }
    let usual = (isNegative ? "-" : "") + digits + text[end...]
    return usual.utf8.elementsEqual(bytes) ? nil : usual
  }
}

extension DecimalReading {
  /// The simplest fractions of a row that misses 1, within half a unit in the last place of 1, if these sum
  /// to 1: a probability that was computed as a difference, such as 0.33333333333333337 = 1 − 2/3, misses its
  /// own value by that much. Nil where the row stays as it is written.
  static func simplestRow(_ written: [ExactNumber]) -> [ExactNumber]? {
    func sum(_ numbers: [ExactNumber]) -> ExactSum {
      var sum = ExactSum()
      for number in numbers { sum.add(number) }
      return sum
    }
    let unit = Rational(finite: 0x1p-53)
    guard !sum(written).isOne else { return nil }
    let simplest = written.map { ExactNumber(simplestNear: $0, within: unit) }
    return sum(simplest).isOne ? simplest : nil
  }
}

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Numbers for people: as many digits as help, and no more.
package enum NumberFormat {
  /// A number to some significant digits: `0.5`, `-12.25`, `1.23e-12`, `4.7e9`, `0`, `∞`, `-∞`.
  package static func text(_ value: Double, digits: Int = 6) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "∞" : "-∞" }
    if value == 0 { return "0" }
    let raw = significant(value, digits: digits)
    guard let mark = raw.firstIndex(of: "e") else { return raw }
    // C writes exponents as e+07 and e-07.
    let exponent = Int(raw[raw.index(after: mark)...]) ?? 0
    return raw[..<mark] + "e\(exponent)"
  }

  /// The number as C's `%.*g` prints it: correctly rounded, without zeros at the end.
  private static func significant(_ value: Double, digits: Int) -> String {
    // A sign, a point, an exponent and its sign.
    var text = [CChar](repeating: 0, count: max(digits, 1) + 16)
    let count = withVaList([Int32(clamping: digits), value]) {
      vsnprintf(&text, text.count, "%.*g", $0)
    }
    return String(decoding: text.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// A ratio to some significant digits, near 1 by its distance from it: `40.5`, `1 + 2.3e-6`; an
  /// enclosure with its radius where that is asked for.
  package static func nearOne(_ ratio: Quantity, digits: Int, showsRadius: Bool = false) -> String {
    let excess = ratio.approximation - 1
    let isNear = excess != 0 && abs(excess) < 1e-3
    let (size, digits) = isNear ? (abs(excess), 2) : (ratio.approximation, digits)
    let text =
      if showsRadius, case .enclosure(_, let radius) = ratio, radius > 0 {
        // A number next to 1 less 1 is exact in float64.
        enclosure(size, radius, digits: digits)
      } else {
        isNear ? text(size, digits: digits) : middle(ratio, digits: digits)
      }
    return isNear ? "1 \(excess < 0 ? "-" : "+") \(text)" : text
  }

  /// A number that a file states, as briefly as it can be written: `0.9`, `0.999999999`, `1/3`.
  ///
  /// An enclosure of it is as narrow as its arithmetic allows, so the shortest decimal for its
  /// midpoint is what the file says, up to what float64 can tell.
  package static func literal(_ quantity: Quantity) -> String {
    if case .exact(let fraction, _) = quantity,
      let text = (try? ExactNumber(parsing: fraction))?.description, text.count <= 24
    {
      return text
    }
    let value = quantity.approximation
    // Not 1, but too near for float64 to tell.
    if case .enclosure(1, let radius) = quantity, radius > 0 { return text(quantity) }
    let short = (1...17).lazy.map { text(value, digits: $0) }.first { Double($0) == value }
    return short ?? text(quantity)
  }

  /// A quantity to some significant digits; an enclosure with its radius, and with as many digits as
  /// that leaves certain.
  package static func text(_ quantity: Quantity, digits: Int = 6) -> String {
    guard case .enclosure(let midpoint, let radius) = quantity, radius != 0 else {
      return middle(quantity, digits: digits)
    }
    return enclosure(midpoint, radius, digits: digits)
  }

  /// A number that a quantity is at most, or at least: the printed one is no closer.
  ///
  /// - Parameter rule: `.up` for a number that the quantity does not exceed, `.down` for one that it
  ///   reaches.
  package static func bound(_ quantity: Quantity, _ rule: RoundedDecimal.Rule, digits: Int = 6)
    -> String
  {
    switch quantity {
    case .infinity, .negativeInfinity: return middle(quantity)
    case .exact:
      guard let number = quantity.rational else { return "unknown" }
      return RoundedDecimal(number, digits: digits, rule).text(exponentFrom: digits)
    case .number, .enclosure, .unknown:
      guard let ends = QuantityEnds(quantity) else { return "unknown" }
      return bound(rule == .up ? ends.upper : ends.lower, rule, digits: digits)
    }
  }

  /// A number that is at most, or at least, the one that is printed.
  package static func bound(
    _ value: Double, _ rule: RoundedDecimal.Rule, digits: Int
  ) -> String {
    guard value.isFinite else { return text(value) }
    return RoundedDecimal(Rational(finite: value), digits: digits, rule)
      .text(exponentFrom: digits)
  }

  /// A quantity to some significant digits, an enclosure without its radius.
  package static func middle(_ quantity: Quantity, digits: Int = 6) -> String {
    switch quantity {
    case .unknown: return "unknown"
    case .exact(_, approximate: nil):
      guard let number = quantity.rational else { return "unknown" }
      return RoundedDecimal(number, digits: digits).text(exponentFrom: digits)
    default: return text(quantity.approximation, digits: digits)
    }
  }

  /// A quantity as a column for programs: the shortest decimal that reads back as the same float64
  /// number, 17 digits of one beyond those, nothing where nothing is known.
  package static func column(_ quantity: Quantity) -> String {
    switch quantity {
    case .unknown: ""
    case .exact(_, approximate: nil): middle(quantity, digits: 17)
    default: quantity.approximation.description
    }
  }

  /// `0.46583912345679 ± 4.5e-14`: every number within the radius of the midpoint is within the
  /// printed one of the printed, whether the decimals are taken as they stand or as the nearest float64
  /// numbers.
  ///
  /// - Parameter digits: The least digits of the midpoint, of which zeros at the end are left out.
  package static func enclosure(_ midpoint: Double, _ radius: Double, digits: Int) -> String {
    guard midpoint.isFinite, radius.isFinite else { return "unknown" }
    let (middle, least) = (Rational(finite: midpoint), Rational(finite: radius))
    var printed = RoundedDecimal(middle, digits: digits)
    var count = digits
    // The shortest decimal that reads back says all that there is.
    while printed.rational.doubleValue != midpoint,
      printed.miss(of: middle) > least / Rational(8)
    {
      count += 1
      printed = RoundedDecimal(middle, digits: count)
    }
    let needed = (least + printed.miss(of: middle)) * (Rational(1) + Rational(finite: 0x1p-52))
    let width = RoundedDecimal(needed, digits: 2, .awayFromZero)
    return "\(printed.text(exponentFrom: count)) ± \(width.text(exponentFrom: 2))"
  }

  /// A count with its thousands apart: `12,345`.
  package static func count(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var grouped = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { grouped.append(",") }
      grouped.append(digit)
    }
    return value < 0 ? "-" + grouped : grouped
  }

  /// A count with its noun: `1 model`, `28 models`.
  package static func count(_ value: Int, _ noun: String, plural: String? = nil) -> String {
    "\(count(value)) \(value == 1 ? noun : plural ?? noun + "s")"
  }
}

extension RoundedDecimal {
  /// How far the decimal, or the float64 number nearest to it, is from a number.
  fileprivate func miss(of number: Rational) -> Rational {
    let (decimal, nearest) = (rational, rational.doubleValue)
    // Rounded up beyond the last float64 number.
    guard nearest.isFinite else { return number.magnitude }
    return .maximum((decimal - number).magnitude, (Rational(finite: nearest) - number).magnitude)
  }
}

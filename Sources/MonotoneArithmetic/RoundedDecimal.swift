/// A number rounded to some significant decimal digits, at any scale: ±d.ddd · 10^exponent.
package struct RoundedDecimal: Sendable, Equatable {
  /// Whether a minus sign stands before it.
  package let isNegative: Bool
  /// The significant digits without zeros at their end: `0` for zero, else from 1 to 9 first.
  package let digits: String
  /// The power of ten of the first digit.
  package let exponent: Int

  /// How a number is rounded.
  package enum Rule: Sendable {
    /// To the nearest decimal, away from zero halfway.
    case nearest
    /// To one whose magnitude is no smaller.
    case awayFromZero
    /// To one that is no larger.
    case down
    /// To one that is no smaller.
    case up
  }

  /// A number to so many digits.
  ///
  /// - Precondition: `count` > 0.
  package init(_ number: Rational, digits count: Int, _ rule: Rule = .nearest) {
    precondition(count > 0, "a number of \(count) digits")
    isNegative = number.signum < 0
    guard number.signum != 0 else {
      (digits, exponent) = ("0", 0)
      return
    }
    let magnitude = number.magnitude
    var exponent = magnitude.decimalExponent
    let scaled = magnitude * Rational(powerOfTen: count - 1 - exponent)
    let grows = rule == .awayFromZero || rule == (isNegative ? .down : .up)
    let rounded =
      rule == .nearest
      ? (scaled + Rational(numerator: 1, denominator: 2)).floor
      : grows ? -(-scaled).floor : scaled.floor
    let text = rounded.description
    // 9.996 becomes 10.00.
    if text.count > count { exponent += 1 }
    digits = String(text.prefix(1)) + text.dropFirst().trimmingZeros
    self.exponent = exponent
  }

  /// In the shape of C's `%g`: `0.5`, `-12.25`, `1.23e-12`, `5e400`.
  ///
  /// - Parameter count: From this power of ten on the text has an exponent.
  package func text(exponentFrom count: Int) -> String {
    let sign = isNegative ? "-" : ""
    guard exponent >= -4, exponent < count else {
      let rest = digits.dropFirst()
      return "\(sign)\(digits.prefix(1))\(rest.isEmpty ? "" : ".\(rest)")e\(exponent)"
    }
    guard exponent >= 0 else {
      return "\(sign)0.\(String(repeating: "0", count: -exponent - 1))\(digits)"
    }
    let padded = digits + String(repeating: "0", count: max(0, exponent + 1 - digits.count))
    let fraction = padded.dropFirst(exponent + 1)
    return "\(sign)\(padded.prefix(exponent + 1))\(fraction.isEmpty ? "" : ".\(fraction)")"
  }

  /// The decimal itself, as an exact number.
  package var rational: Rational {
    let magnitude =
      Rational(digits: digits) * Rational(powerOfTen: exponent + 1 - digits.count)
    return isNegative ? -magnitude : magnitude
  }
}

extension Substring {
  /// The text without the zeros at its end.
  fileprivate var trimmingZeros: String {
    String(prefix(count - reversed().prefix { $0 == "0" }.count))
  }
}

public import Arithmetic
internal import Foundation

/// Numbers for people: as many digits as help, and no more.
public enum NumberFormat {
  /// A number to some significant digits: `0.5`, `-12.25`, `1.23e-12`, `4.7e9`, `0`, `∞`, `-∞`.
  public static func text(_ value: Double, digits: Int = 6) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "∞" : "-∞" }
    if value == 0 { return "0" }
    let raw = String(format: "%.\(digits)g", value)
    guard let mark = raw.firstIndex(of: "e") else { return raw }
    // C writes exponents as e+07 and e-07.
    let exponent = Int(raw[raw.index(after: mark)...]) ?? 0
    return raw[..<mark] + "e\(exponent)"
  }

  /// A ratio to some significant digits, near 1 by its distance from it: `40.5`, `1 + 2.3e-6`.
  static func nearOne(_ value: Double, digits: Int) -> String {
    let excess = value - 1
    guard excess != 0, abs(excess) < 1e-3 else { return text(value, digits: digits) }
    return "1 \(excess < 0 ? "-" : "+") \(text(abs(excess), digits: 2))"
  }

  /// A number that a file states, as briefly as it can be written: `0.9`, `0.999999999`, `1/3`.
  ///
  /// An enclosure of it is as narrow as its arithmetic allows, so the shortest decimal for its
  /// midpoint is what the file says, up to what float64 can tell.
  static func literal(_ quantity: Quantity) -> String {
    if case .exact(let fraction, _) = quantity,
      let text = (try? ExactNumber(parsing: fraction))?.description, text.count <= 24
    {
      return text
    }
    let value = quantity.approximation
    let short = (1...17).lazy.map { text(value, digits: $0) }.first { Double($0) == value }
    return short ?? text(quantity)
  }

  /// A quantity to some significant digits, an enclosure with its radius.
  public static func text(_ quantity: Quantity, digits: Int = 6) -> String {
    guard case .enclosure(let midpoint, let radius) = quantity, radius != 0 else {
      return text(quantity.approximation, digits: digits)
    }
    return "\(text(midpoint, digits: digits)) ± \(text(radius, digits: 2))"
  }

  /// A count with its thousands apart: `12,345`.
  public static func count(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var grouped = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { grouped.append(",") }
      grouped.append(digit)
    }
    return value < 0 ? "-" + grouped : grouped
  }

  /// A count with its noun: `1 model`, `28 models`.
  static func count(_ value: Int, _ noun: String, plural: String? = nil) -> String {
    "\(count(value)) \(value == 1 ? noun : plural ?? noun + "s")"
  }
}

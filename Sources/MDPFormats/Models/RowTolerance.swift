public import MonotoneArithmetic
internal import MDPCore

/// The floating-point format that the probabilities of a policy were computed in.
public enum PolicyPrecision: String, Sendable, CaseIterable {
  /// Double precision: rows sum to 1 within 1e-9.
  case float64
  /// Single precision, as most networks compute: rows may miss 1 by more.
  case float32
}

/// By how much the probabilities of a row may miss the sum 1 and still be divided by it.
///
/// | row | tolerance |
/// |---|---|
/// | any | 1e-9, or what the user states |
/// | n probabilities of a policy computed in float32 | at least (n + 1)·2⁻²⁴ |
///
/// The second is the error of a softmax in float32: n − 1 additions, a reciprocal and a product, half a
/// unit in the last place each. It also covers exact probabilities that were rounded to float32, each
/// by at most 2⁻²⁴ of itself and so all together by at most 2⁻²⁴.
public struct RowTolerance: Sendable, Equatable {
  /// The tolerance that the user states; nil for 1e-9.
  public var stated: ExactNumber?
  /// The precision that policies were computed in; models always count as written in decimals.
  public var precision = PolicyPrecision.float64

  /// The tolerances of the formats.
  public init() {}

  /// The largest that may be stated: beyond it, a row is no rounded distribution.
  public static let largest = ExactNumber(numerator: 1, denominator: 10)

  /// That of a model's row.
  var ofModels: ExactNumber { stated ?? MDPDocument.rowSumTolerance }

  /// That of a policy's row of so many probabilities.
  func ofPolicies(_ count: Int, precision: PolicyPrecision) -> ExactNumber {
    guard precision == .float32 else { return ofModels }
    let rounding = ExactNumber(numerator: count + 1, denominator: 1 << 24)
    guard let stated, rounding < stated else { return rounding }
    return stated
  }

  /// The message about a row that misses 1 by more than its tolerance, with a remedy.
  ///
  /// - Parameter isBinary: Whether the row is of binary fractions, which nobody wants to see in full.
  static func message(sum: ExactNumber, tolerance: ExactNumber, isBinary: Bool = false) -> String {
    let text = sum.description
    let shown = text.utf8.count <= 24 && !isBinary ? text : "about \(sum.approximation)"
    let allowed =
      tolerance == MDPDocument.rowSumTolerance ? "1e-9" : "\(tolerance.approximation)"
    let advice = sufficient(for: sum).map {
      ", or divide such rows by their sums with --normalise \($0)"
    }
    return "the probabilities sum to \(shown), not to 1 (within \(allowed)); correct them"
      + (advice ?? "")
  }

  /// The smallest power of ten that admits a sum; nil if that is no rounding to two digits or more.
  private static func sufficient(for sum: ExactNumber) -> String? {
    let miss = (sum.rational - Rational(1)).magnitude
    for exponent in stride(from: 8, through: 2, by: -1) {
      var power = Rational(1)
      for _ in 0..<exponent { power = power / Rational(10) }
      if miss <= power { return "1e-\(exponent)" }
    }
    return nil
  }
}

internal import CFLINT

extension Rational {
  /// 10^exponent.
  package init(powerOfTen exponent: Int) { self.init(digits: "1", exponent: exponent) }

  /// The number of a text `p` or `p/q`; nil for any other text, and for q = 0.
  public init?(fraction text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    func isInteger(_ text: Substring) -> Bool {
      !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
    guard let top = parts.first, isInteger(top.hasPrefix("-") ? top.dropFirst() : top) else {
      return nil
    }
    guard parts.count == 2 else { self.init(digits: String(top)); return }
    guard isInteger(parts[1]), parts[1].contains(where: { $0 != "0" }) else { return nil }
    self.init(digits: String(top), denominator: String(parts[1]))
  }

  /// ⌊log₁₀ |x|⌋.
  ///
  /// - Precondition: x ≠ 0.
  var decimalExponent: Int {
    var exponent = 0
    withUnsafeParts { numerator, denominator in
      exponent = Int(fmpz_sizeinbase(numerator, 10)) - Int(fmpz_sizeinbase(denominator, 10))
    }
    // The lengths, either of which may be one too many, leave a few powers of ten to choose from.
    while magnitude < Rational(powerOfTen: exponent) { exponent -= 1 }
    while magnitude >= Rational(powerOfTen: exponent + 1) { exponent += 1 }
    return exponent
  }
}

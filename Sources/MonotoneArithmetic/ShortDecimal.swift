/// A decimal of everyday size, significand · 10^−scale, in its one representation.
///
/// It has no reference-counted part, as ``ExactNumber`` must have for the numbers that need one,
/// so a reader can move millions of them at the speed of machine words.
@usableFromInline package struct ShortDecimal: Sendable, Equatable {
  /// Below 2⁵⁷ in magnitude; not a multiple of ten unless the scale is 0.
  @usableFromInline package let significand: Int64
  /// From 0 to 31; 0 for zero.
  @usableFromInline package let scale: Int

  /// ±significand · 10^exponent, or nil where that needs more room.
  @inlinable package init?(significand: UInt64, exponent: Int, isNegative: Bool) {
    var (significand, exponent) = (significand, exponent)
    if significand == 0 { exponent = 0 }
    while exponent > 0 {
      guard significand <= ExactNumber.significandLimit / 10 else { return nil }
      significand *= 10
      exponent -= 1
    }
    while exponent < 0, significand % 10 == 0 {
      significand /= 10
      exponent += 1
    }
    guard significand < ExactNumber.significandLimit, -exponent <= ExactNumber.largestScale else {
      return nil
    }
    self.significand = isNegative ? -Int64(significand) : Int64(significand)
    scale = -exponent
  }
}

extension ExactNumber {
  /// A short decimal as an exact number.
  @usableFromInline package init(_ decimal: ShortDecimal) {
    self.init(storage: .decimal(significand: decimal.significand, scale: decimal.scale))
  }
}

/// The exact sum of numbers as files write them, for deciding whether a probability row sums to 1.
///
/// Decimals are summed as one 128-bit integer over a power of ten, fractions as one 128-bit
/// fraction; whatever overflows moves to a ``Rational``.
package struct ExactSum: Sendable {
  /// The sum of the decimals is decimals · 10^−scale.
  private var decimals: Int128 = 0
  private var scale = 0
  /// The sum of the fractions.
  private var numerator: Int128 = 0
  private var denominator: Int128 = 1
  private var large: Rational?

  package init() {}

  /// Adds a number.
  package mutating func add(_ number: ExactNumber) {
    switch number.storage {
    case .decimal(let significand, let scale): add(Int128(significand), scale: scale)
    case .fraction(let top, let bottom): add(Int128(top), over: Int128(bottom))
    case .large(let value): addLarge(value)
    }
  }

  /// Adds a decimal.
  package mutating func add(_ decimal: ShortDecimal) {
    add(Int128(decimal.significand), scale: decimal.scale)
  }

  private mutating func add(_ significand: Int128, scale newScale: Int) {
    var (sum, term) = (decimals, significand)
    var overflow = false
    if newScale > scale {
      (sum, overflow) = sum.multipliedReportingOverflow(by: Self.powersOfTen[newScale - scale])
    } else if newScale < scale {
      (term, overflow) = term.multipliedReportingOverflow(by: Self.powersOfTen[scale - newScale])
    }
    if !overflow { (sum, overflow) = sum.addingReportingOverflow(term) }
    guard !overflow else {
      addLarge(Rational(numerator: decimals, denominator: Self.powersOfTen[scale]))
      (decimals, scale) = (significand, newScale)
      return
    }
    (decimals, scale) = (sum, max(scale, newScale))
  }

  private mutating func add(_ top: Int128, over bottom: Int128) {
    if bottom == denominator {
      let (sum, overflow) = numerator.addingReportingOverflow(top)
      if !overflow {
        numerator = sum
        return
      }
    }
    let divisor = ExactNumber.greatestCommonDivisor(denominator, bottom)
    let (common, overflow) = (denominator / divisor).multipliedReportingOverflow(by: bottom)
    let (left, leftOverflow) = numerator.multipliedReportingOverflow(by: bottom / divisor)
    let (right, rightOverflow) = top.multipliedReportingOverflow(by: denominator / divisor)
    let (sum, sumOverflow) = left.addingReportingOverflow(right)
    guard !overflow, !leftOverflow, !rightOverflow, !sumOverflow else {
      addLarge(Rational(numerator: numerator, denominator: denominator))
      (numerator, denominator) = (top, bottom)
      return
    }
    (numerator, denominator) = (sum, common)
  }

  private mutating func addLarge(_ value: Rational) {
    large = large.map { $0 + value } ?? value
  }

  /// Whether the numbers so far sum to exactly 1.
  package var isOne: Bool {
    if large == nil, numerator == 0 { return decimals == Self.powersOfTen[scale] }
    return rational == Rational(1)
  }

  /// Whether the sum differs from 1 by no more than the tolerance.
  package func isOne(within tolerance: ExactNumber) -> Bool {
    if large == nil, numerator == 0, case .decimal(let allowance, let places) = tolerance.storage,
      places <= scale
    {
      let difference = decimals - Self.powersOfTen[scale]
      let (allowed, overflow) = Int128(allowance)
        .multipliedReportingOverflow(by: Self.powersOfTen[scale - places])
      if !overflow { return difference.magnitude <= allowed.magnitude }
    }
    return (rational - Rational(1)).magnitude <= tolerance.rational
  }

  /// The sum.
  package var value: ExactNumber {
    if large == nil, numerator == 0 {
      return ExactNumber(significand: decimals, scale: scale)
    }
    return ExactNumber(rational)
  }

  private var rational: Rational {
    let small =
      Rational(numerator: decimals, denominator: Self.powersOfTen[scale])
      + Rational(numerator: numerator, denominator: denominator)
    return large.map { $0 + small } ?? small
  }

  // 10³¹ < 2¹⁰³.
  static let powersOfTen: [Int128] = (0...ExactNumber.largestScale).reduce(into: []) {
    powers, _ in powers.append((powers.last.map { $0 * 10 }) ?? 1)
  }
}

extension ExactNumber {
  /// significand · 10^−scale, for a scale of at most 31.
  fileprivate init(significand: Int128, scale: Int) {
    var (rest, places) = (significand, scale)
    while places > 0, rest % 10 == 0 { (rest, places) = (rest / 10, places - 1) }
    if rest.magnitude < UInt128(Self.significandLimit) {
      self.init(storage: .decimal(significand: Int64(rest), scale: places))
    } else {
      // Too many digits for a machine word; and a denominator with no factors but 2 and 5 never
      // makes a `fraction`.
      self.init(
        storage: .large(Rational(numerator: rest, denominator: ExactSum.powersOfTen[places])))
    }
  }
}

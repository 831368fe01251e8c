/// The exact sum of numbers as files write them, for deciding whether a probability row sums to 1.
///
/// The sum is kept as one 128-bit fraction, which holds every row of short decimals and small
/// fractions, and moves to a ``Rational`` only when that overflows.
public struct ExactSum: Sendable {
  private var numerator: Int128 = 0
  private var denominator: Int128 = 1
  private var large: Rational?

  public init() {}

  /// Adds a number.
  public mutating func add(_ number: ExactNumber) {
    if large == nil {
      switch number.storage {
      case .decimal(let significand, let scale):
        if addSmall(Int128(significand), over: Self.powersOfTen[scale]) { return }
      case .fraction(let top, let bottom):
        if addSmall(Int128(top), over: Int128(bottom)) { return }
      case .large: break
      }
      large = ExactNumber.rational(numerator, over: denominator)
    }
    large = large.map { $0 + number.rational }
  }

  /// Adds top/bottom to the 128-bit fraction; false, and nothing changed, where that overflows.
  private mutating func addSmall(_ top: Int128, over bottom: Int128) -> Bool {
    if bottom == denominator {
      let (sum, overflow) = numerator.addingReportingOverflow(top)
      if !overflow { numerator = sum }
      return !overflow
    }
    let divisor = ExactNumber.greatestCommonDivisor(denominator, bottom)
    let (common, overflow) = (denominator / divisor).multipliedReportingOverflow(by: bottom)
    let (left, leftOverflow) = numerator.multipliedReportingOverflow(by: bottom / divisor)
    let (right, rightOverflow) = top.multipliedReportingOverflow(by: denominator / divisor)
    let (sum, sumOverflow) = left.addingReportingOverflow(right)
    guard !overflow, !leftOverflow, !rightOverflow, !sumOverflow else { return false }
    (numerator, denominator) = (sum, common)
    return true
  }

  /// Whether the numbers so far sum to exactly 1.
  public var isOne: Bool {
    if let large { large == Rational(1) } else { numerator == denominator }
  }

  /// The sum.
  public var value: ExactNumber {
    ExactNumber(large ?? ExactNumber.rational(numerator, over: denominator))
  }

  // 10³¹ < 2¹⁰³.
  private static let powersOfTen: [Int128] = (0...ExactNumber.largestScale).reduce(into: []) {
    powers, _ in powers.append((powers.last.map { $0 * 10 }) ?? 1)
  }
}

extension ExactNumber {
  static func rational(_ numerator: Int128, over denominator: Int128) -> Rational {
    if let top = Int(exactly: numerator), let bottom = Int(exactly: denominator) {
      return Rational(numerator: top, denominator: bottom)
    }
    return Rational(digits: String(numerator), denominator: String(denominator))
  }
}

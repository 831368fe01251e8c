/// Exact numbers: every question about order has an answer. Logarithms and roots leave the
/// rationals and are enclosed in balls (``ExactReal``).
extension Rational: Scalar {
  public typealias Real = ExactReal

  public init(_ number: ExactNumber) throws(NumberOutOfRange) { self = number.rational }

  public static func maximum(_ a: Self, _ b: Self) -> Self { a < b ? b : a }
  public static func minimum(_ a: Self, _ b: Self) -> Self { b < a ? b : a }

  /// An exact number has no error to grow.
  public func widened(by radius: Self) -> Self {
    precondition(radius.isExactlyZero, "an exact number cannot carry the error bound \(radius)")
    return self
  }

  public var isExactlyZero: Bool { signum == 0 }
  public var isZero: Decision { Decision(signum == 0) }
  public var isNonNegative: Decision { Decision(signum >= 0) }
  public var approximation: Double { doubleValue }
  public var radius: Double { 0 }
  public var real: ExactReal { .rational(self) }

  public var quantity: Quantity {
    let nearest = doubleValue
    // Beyond the range of float64, at either end, no float64 number is near.
    let isInRange = nearest.isFinite && (nearest != 0 || isExactlyZero)
    return .exact(description, approximate: isInRange ? nearest : nil)
  }

  public static var arithmetic: ArithmeticKind { .exact }
}

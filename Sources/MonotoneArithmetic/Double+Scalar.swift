#if canImport(Glibc)
  public import Glibc
#else
  public import Darwin
#endif

/// Float64: fast, and silent about its errors.
extension Double: RealScalar {
  @inlinable public init(_ number: ExactNumber) throws(NumberOutOfRange) {
    let value = number.approximation
    guard value.isFinite else { throw NumberOutOfRange(overflowing: number) }
    // Rounded to 0 it would leave the support of a distribution.
    guard value != 0 || number.isZero else {
      throw NumberOutOfRange(number: number.excerpt, direction: "underflows")
    }
    self = value
  }

  /// NaN as soon as one of the numbers is.
  @inlinable public static func maximum(_ a: Double, _ b: Double) -> Double { greatest(a, b) }

  /// NaN as soon as one of the numbers is.
  @inlinable public static func minimum(_ a: Double, _ b: Double) -> Double { least(a, b) }

  @inlinable public func widened(by radius: Double) -> Double { self }
  @inlinable public var isExactlyZero: Bool { self == 0 }
  @inlinable public var isZero: Decision { Decision(self == 0) }
  @inlinable public var isNonNegative: Decision { Decision(self >= 0) }
  @inlinable public var approximation: Double { self }
  @inlinable public var radius: Double { 0 }
  public var quantity: Quantity { Quantity(self) }
  @inlinable public static var arithmetic: ArithmeticKind { .float64 }

  /// Below this |x| the difference x − ln(1 + x) is summed as a series, because the two terms
  /// agree in their leading digits; at 1e-3 both ways lose fewer than four digits and five
  /// series terms reach full precision.
  @usableFromInline static let excessSeriesLimit = 1e-3

  @inlinable public static func logarithmicExcess(_ x: Double) -> Double {
    guard abs(x) < excessSeriesLimit else { return x - log1p(x) }
    // x²/2 − x³/3 + x⁴/4 − x⁵/5 + x⁶/6 − x⁷/7 (the next term is below 2⁻⁵³ of the first).
    let series = x * (1.0 / 5 - x * (1.0 / 6 - x / 7))
    return x * x * (0.5 - x * (1.0 / 3 - x * (0.25 - series)))
  }

  @inlinable public static func logarithm(_ x: Double) -> Double { log(x) }

  @inlinable public static func exponential(_ x: Double) -> Double { exp(x) }
}

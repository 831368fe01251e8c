/// A float64 number that carries a bound on its own error.
///
/// Meaning: the number that exact arithmetic would have given lies within `error` of `value`.
/// Every operation propagates the errors of its operands and adds its own rounding, half a unit
/// in the last place of the result (running error analysis: Wilkinson 1963; Higham, *Accuracy and
/// Stability of Numerical Algorithms*, 2nd ed., §3.3).
///
/// The field operations keep the bound rigorous: each bound is computed with a handful of float64
/// roundings, which ``inflation`` outweighs, and underflow is paid for with ``smallest``. They carry
/// certified solutions from the residual to the balls. Logarithms and exponentials trust the C
/// library to an ulp or two, and order is decided within the bound: verdicts reached in this
/// arithmetic are evidence, not proof, and are marked as not rigorous. ``FloatBall`` has the same numbers
/// and other answers, which are proofs.
///
/// Sums need no payment for underflow: two float64 numbers add up exactly wherever their sum is
/// below the normal range. A number whose value or bound is NaN or infinite, after an overflow or a
/// division by what may be zero, is unknown (``isKnown``), and so is all that is computed from it.
public struct TrackedDouble: Sendable, Equatable {
  /// The computed number.
  public var value: Double
  /// A bound on its distance from the exact one.
  public var error: Double

  /// A computed number with a bound on its distance from the exact one.
  @inlinable public init(value: Double, error: Double) {
    self.value = value
    self.error = error
  }

  /// Half the spacing of float64 numbers at 1: the largest relative error of one rounding.
  @usableFromInline static let unitRoundoff = 0x1p-53

  /// Outweighs the roundings of computing a bound: fewer than eight, of 2⁻⁵³ relative each.
  @usableFromInline static let inflation = 1 + 0x1p-49

  /// Below this a bound may have lost something to underflow…
  @usableFromInline static let underflowLimit = 0x1p-900

  /// …of at most this size: a few times the smallest float64 number.
  @usableFromInline static let smallest = 0x1p-1060

  /// `value` as an operation delivered it, with `propagated` error from its operands.
  @inlinable static func rounded(_ value: Double, propagated: Double) -> TrackedDouble {
    TrackedDouble(
      value: value, error: (propagated + unitRoundoff * abs(value)) * inflation)
  }

  /// `value` as an operation that can underflow delivered it, with `propagated` error from its operands.
  @inlinable static func scaled(_ value: Double, propagated: Double) -> TrackedDouble {
    var result = rounded(value, propagated: propagated)
    if result.error < underflowLimit { result.error += smallest }
    return result
  }
}

extension TrackedDouble: RealScalar {
  @inlinable public init(_ value: Int) {
    self.init(value: Double(value), error: 0)
    assert(Int(exactly: self.value) == value)
  }

  @inlinable public init(_ value: Double) { self.init(value: value, error: 0) }

  /// The nearest float64 number; one too small even for those is 0 with an error bound, not 0.
  @inlinable public init(_ number: ExactNumber) throws(NumberOutOfRange) {
    let value = number.approximation
    guard value.isFinite else { throw NumberOutOfRange(overflowing: number) }
    guard !number.isExact(value) else { self.init(value: value, error: 0); return }
    // At the lower end of the range a half of a unit in the last place is no float64 number.
    self =
      abs(value) >= 0x1p-1020
      ? .rounded(value, propagated: 0)
      : TrackedDouble(value: value, error: .leastNonzeroMagnitude)
  }

  @inlinable public static func + (a: Self, b: Self) -> Self {
    rounded(a.value + b.value, propagated: a.error + b.error)
  }

  @inlinable public static func - (a: Self, b: Self) -> Self {
    rounded(a.value - b.value, propagated: a.error + b.error)
  }

  @inlinable public static func * (a: Self, b: Self) -> Self {
    if a.isExactlyZero || b.isExactlyZero { return TrackedDouble(value: 0, error: 0) }
    return scaled(
      a.value * b.value,
      propagated: abs(a.value) * b.error + abs(b.value) * a.error + a.error * b.error)
  }

  @inlinable public static func / (a: Self, b: Self) -> Self {
    let quotient = a.value / b.value
    let room = abs(b.value) - b.error
    // A denominator that may be zero leaves the quotient unbounded.
    guard room > 0 else { return TrackedDouble(value: quotient, error: .infinity) }
    if a.isExactlyZero { return TrackedDouble(value: 0, error: 0) }
    // |a/b − â/b̂| ≤ (|â/b̂| e_b + e_a)/room, divided first: the sum may underflow where its share of
    // a small room does not, and so may the quotient. Twice over, because the room was rounded too.
    let share = (abs(quotient) + .leastNonzeroMagnitude) * (b.error / room)
    return scaled(quotient, propagated: (share + a.error / room) * (1 + 0x1p-51))
  }

  @inlinable public static prefix func - (a: Self) -> Self {
    TrackedDouble(value: -a.value, error: a.error)
  }

  @inlinable public var magnitude: Self { TrackedDouble(value: abs(value), error: error) }

  @inlinable public static func maximum(_ a: Self, _ b: Self) -> Self {
    TrackedDouble(
      value: .greatest(a.value, b.value), error: .greatest(a.error, b.error))
  }

  @inlinable public static func minimum(_ a: Self, _ b: Self) -> Self {
    TrackedDouble(value: .least(a.value, b.value), error: .greatest(a.error, b.error))
  }

  @inlinable public func widened(by radius: Self) -> Self {
    TrackedDouble(
      value: value, error: (error + abs(radius.value) + radius.error) * Self.inflation)
  }

  @inlinable public var isExactlyZero: Bool { value == 0 && error == 0 }

  /// Whether value and bound say anything.
  @inlinable public var isKnown: Bool { value.isFinite && error.isFinite }

  /// The largest number that this may stand for; +∞ where that is not known.
  @inlinable package var upperEnd: Double {
    let end = (value + error).nextUp
    return isKnown && !end.isNaN ? end : .infinity
  }

  /// Consistent with zero as far as float64 can tell.
  @inlinable public var isZero: Decision {
    guard isKnown else { return .undecided }
    return Decision(abs(value) <= error)
  }

  /// Not below zero by more than the error bound: a number within its own tolerance of zero
  /// counts as non-negative, which is why float64 verdicts are never rigorous.
  @inlinable public var isNonNegative: Decision {
    guard isKnown else { return .undecided }
    return Decision(value >= -error)
  }

  @inlinable public var approximation: Double { value }
  @inlinable public var radius: Double { isKnown ? error : .infinity }
  public var quantity: Quantity { isKnown ? .number(value) : .unknown }
  @inlinable public static var arithmetic: ArithmeticKind { .float64 }

  @inlinable public static func logarithmicExcess(_ x: Self) -> Self {
    let value = Double.logarithmicExcess(x.value)
    // The derivative is x/(1 + x), largest in magnitude at the end of the interval nearer −1.
    let lowest = x.value - x.error
    guard lowest > -1 else { return TrackedDouble(value: value, error: .infinity) }
    let highest = x.value + x.error
    let slope = Double.greatest(abs(lowest / (1 + lowest)), abs(highest / (1 + highest)))
    // Own error: six roundings of the series, or the two of the difference at the size of x.
    let size = abs(x.value) < Double.excessSeriesLimit ? 6 * value : 2 * abs(x.value) + value
    return TrackedDouble(value: value, error: slope * x.error + unitRoundoff * size)
  }

  @inlinable public static func logarithm(_ x: Self) -> Self {
    let value = Double.logarithm(x.value)
    // |ln a − ln b| ≤ |a − b| / min(a, b); the C library is good to an ulp.
    let lowest = x.value - x.error
    guard lowest > 0 else { return TrackedDouble(value: value, error: .infinity) }
    return TrackedDouble(
      value: value, error: (x.error / lowest + 2 * unitRoundoff * abs(value)) * inflation)
  }

  @inlinable public func squareRoot() -> Self {
    let root = value.squareRoot()
    guard error != 0 else { return TrackedDouble.rounded(root, propagated: 0) }
    // |√a − √b| ≤ |a − b| / √a, and ≤ √|a − b| where a may be zero.
    let propagated = Double.least(root > 0 ? error / root : .infinity, error.squareRoot())
    return TrackedDouble.rounded(root, propagated: propagated)
  }

  @inlinable public static func exponential(_ x: Self) -> Self {
    let value = Double.exponential(x.value)
    return scaled(
      value, propagated: value * (Double.exponential(x.error) - 1) + 2 * unitRoundoff * value)
  }
}

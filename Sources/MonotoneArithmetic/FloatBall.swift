/// A real number known to lie within a radius of a float64 number, in two machine words.
///
/// A float64 midpoint with a radius, without memory of its own: every operation encloses the exact result,
/// so a statement that a float ball decides is a theorem. It decides less than a ball of 128 bits
/// does, some hundred times as fast, and is there to decide what is clear.
///
/// Why not ``TrackedDouble``, which holds the same two words: what a verdict is worth is a matter of the
/// type, so that no proof can rest on a number that was not meant for one. The numbers are shared:
/// field operations and square roots are those of ``TrackedDouble``, whose bounds rest on IEEE 754 alone.
/// The answers are not: logarithms and exponentials are Arb's, rounded outward, where a tracked number
/// trusts the C library; and a float ball that reaches to both sides of zero leaves the sign undecided,
/// where a tracked number counts as zero.
public struct FloatBall: Sendable, Equatable {
  /// Midpoint and radius.
  @usableFromInline var tracked: TrackedDouble

  /// The ball around a tracked number.
  @inlinable public init(_ tracked: TrackedDouble) { self.tracked = tracked }

  @inlinable init(midpoint: Double, radius: Double) {
    tracked = TrackedDouble(value: midpoint, error: radius)
  }

  /// Whether the numbers say anything; an overflow leaves a ball of which nothing is known.
  @inlinable var isKnown: Bool { tracked.isKnown }

  /// Outweighs the few roundings made in computing a radius.
  @usableFromInline static let outward = 1 + 0x1p-40
}

extension FloatBall: RealScalar {
  @inlinable public init(_ value: Int) { tracked = TrackedDouble(value) }
  @inlinable public init(_ value: Double) { tracked = TrackedDouble(value) }

  @inlinable public init(_ number: ExactNumber) throws(NumberOutOfRange) {
    tracked = try TrackedDouble(number)
  }

  @inlinable public static func + (a: Self, b: Self) -> Self { Self(a.tracked + b.tracked) }
  @inlinable public static func - (a: Self, b: Self) -> Self { Self(a.tracked - b.tracked) }
  @inlinable public static func * (a: Self, b: Self) -> Self { Self(a.tracked * b.tracked) }
  @inlinable public static func / (a: Self, b: Self) -> Self { Self(a.tracked / b.tracked) }
  @inlinable public static prefix func - (a: Self) -> Self { Self(-a.tracked) }
  @inlinable public var magnitude: Self { Self(tracked.magnitude) }

  @inlinable public static func maximum(_ a: Self, _ b: Self) -> Self {
    Self(TrackedDouble.maximum(a.tracked, b.tracked))
  }

  @inlinable public static func minimum(_ a: Self, _ b: Self) -> Self {
    Self(TrackedDouble.minimum(a.tracked, b.tracked))
  }

  @inlinable public func widened(by radius: Self) -> Self {
    Self(tracked.widened(by: radius.tracked))
  }

  @inlinable public var isExactlyZero: Bool { tracked.isExactlyZero }

  /// Decided unless zero is one of several numbers in the ball.
  @inlinable public var isZero: Decision {
    if isExactlyZero { return .yes }
    return isKnown && abs(tracked.value) > tracked.error ? .no : .undecided
  }

  /// Decided unless the ball reaches to both sides of zero.
  @inlinable public var isNonNegative: Decision {
    guard isKnown else { return .undecided }
    if tracked.value >= tracked.error { return .yes }
    return tracked.value < -tracked.error ? .no : .undecided
  }

  @inlinable public var approximation: Double { tracked.value }
  @inlinable public var radius: Double { isKnown ? tracked.error : .infinity }

  public var quantity: Quantity {
    Quantity(midpoint: tracked.value, radius: tracked.error)
  }

  @inlinable public static var arithmetic: ArithmeticKind { .certified }

  /// In mean-value form, as for ``Ball``.
  public static func logarithmicExcess(_ x: Self) -> Self {
    let (middle, radius) = (x.tracked.value, x.tracked.error)
    let (lowest, highest) = ((middle - radius).nextDown, (middle + radius).nextUp)
    guard x.isKnown, lowest > -1 else { return .unknown }
    let value = ArbFunction.logarithmicExcess(middle)
    guard radius > 0 else { return value }
    // |f'| = |x/(1 + x)| is largest at an end of the ball.
    let slope =
      Double.greatest(abs(lowest / (1 + lowest)), abs(highest / (1 + highest))) * outward
    return FloatBall(
      midpoint: value.tracked.value,
      radius: (value.tracked.error + slope * radius) * outward + 0x1p-1000)
  }

  public static func logarithm(_ x: Self) -> Self {
    let (middle, radius) = (x.tracked.value, x.tracked.error)
    let lowest = (middle - radius) * (1 - 0x1p-50)
    guard x.isKnown, lowest > 0 else { return .unknown }
    let value = ArbFunction.logarithm(middle)
    return FloatBall(
      midpoint: value.tracked.value, radius: (value.tracked.error + radius / lowest) * outward)
  }

  @inlinable public func squareRoot() -> Self { Self(tracked.squareRoot()) }

  public static func exponential(_ x: Self) -> Self {
    guard x.isKnown, x.tracked.value < 700, x.tracked.error < 1 else { return .unknown }
    let value = ArbFunction.exponential(x.tracked.value)
    // e^(x+r) − e^x ≤ e^x (r + r²) for r < 1.
    let radius = x.tracked.error
    let spread = (value.tracked.value + value.tracked.error) * (radius + radius * radius)
    return FloatBall(
      midpoint: value.tracked.value, radius: (value.tracked.error + spread) * outward)
  }

  /// Nothing is known.
  static var unknown: FloatBall { FloatBall(midpoint: 0, radius: .infinity) }
}

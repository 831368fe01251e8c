/// A real number that stays exact for as long as it is rational: a rational number, or a ball
/// around what a logarithm, a root or an exponential made of one.
///
/// The field operations keep rationals rational, and 0 times any number is 0 exactly. So a
/// quantity is an enclosure only if an irrational number really enters it, and where none does,
/// equality can be decided.
public enum ExactReal: Sendable {
  /// A rational number, exactly.
  case rational(Rational)
  /// A number in a ball.
  case enclosed(Ball)

  /// The number as a ball of the working precision.
  public var ball: Ball {
    switch self {
    case .rational(let value): Ball(value)
    case .enclosed(let ball): ball
    }
  }

  /// Whether a rational number is this one, or one that this one may be.
  public func contains(_ value: Rational) -> Bool {
    switch self {
    case .rational(let own): own == value
    case .enclosed(let ball): ball.contains(value)
    }
  }

  private static func combine(
    _ a: Self, _ b: Self, _ exactly: (Rational, Rational) -> Rational,
    _ approximately: (Ball, Ball) -> Ball
  ) -> Self {
    if case .rational(let x) = a, case .rational(let y) = b { return .rational(exactly(x, y)) }
    return .enclosed(approximately(a.ball, b.ball))
  }
}

extension ExactReal: RealScalar {
  public init(_ value: Int) { self = .rational(Rational(value)) }
  public init(_ value: Double) { self = .rational(Rational(finite: value)) }
  public init(_ number: ExactNumber) throws(NumberOutOfRange) { self = .rational(number.rational) }

  public static func + (a: Self, b: Self) -> Self {
    if a.isExactlyZero { return b }
    return b.isExactlyZero ? a : combine(a, b, +, +)
  }

  public static func - (a: Self, b: Self) -> Self {
    b.isExactlyZero ? a : combine(a, b, -, -)
  }

  public static func * (a: Self, b: Self) -> Self {
    a.isExactlyZero || b.isExactlyZero ? .zero : combine(a, b, *, *)
  }

  public static func / (a: Self, b: Self) -> Self {
    a.isExactlyZero && b.isZero == .no ? .zero : combine(a, b, /, /)
  }

  public static prefix func - (a: Self) -> Self {
    switch a {
    case .rational(let value): .rational(-value)
    case .enclosed(let ball): .enclosed(-ball)
    }
  }

  public var magnitude: Self {
    switch self {
    case .rational(let value): .rational(value.magnitude)
    case .enclosed(let ball): .enclosed(ball.magnitude)
    }
  }

  public static func maximum(_ a: Self, _ b: Self) -> Self {
    switch (b - a).isNonNegative {
    case .yes: b
    case .no: a
    case .undecided: .enclosed(Ball.maximum(a.ball, b.ball))
    }
  }

  public static func minimum(_ a: Self, _ b: Self) -> Self { -maximum(-a, -b) }

  public func widened(by radius: Self) -> Self {
    radius.isExactlyZero ? self : .enclosed(ball.widened(by: radius.ball))
  }

  public var isExactlyZero: Bool {
    switch self {
    case .rational(let value): value.isExactlyZero
    case .enclosed(let ball): ball.isExactlyZero
    }
  }

  public var isZero: Decision {
    switch self {
    case .rational(let value): value.isZero
    case .enclosed(let ball): ball.isZero
    }
  }

  public var isNonNegative: Decision {
    switch self {
    case .rational(let value): value.isNonNegative
    case .enclosed(let ball): ball.isNonNegative
    }
  }

  public var approximation: Double {
    switch self {
    case .rational(let value): value.approximation
    case .enclosed(let ball): ball.approximation
    }
  }

  public var radius: Double {
    switch self {
    case .rational(let value): value.radius
    case .enclosed(let ball): ball.radius
    }
  }

  public var quantity: Quantity {
    switch self {
    case .rational(let value): value.quantity
    case .enclosed(let ball): ball.quantity
    }
  }

  public static var arithmetic: ArithmeticKind { .exact }

  public static func logarithmicExcess(_ x: Self) -> Self {
    x.isExactlyZero ? .zero : .enclosed(.logarithmicExcess(x.ball))
  }

  public static func logarithm(_ x: Self) -> Self {
    (x - .one).isExactlyZero ? .zero : .enclosed(.logarithm(x.ball))
  }

  public func squareRoot() -> Self { isExactlyZero ? .zero : .enclosed(ball.squareRoot()) }

  public static func exponential(_ x: Self) -> Self {
    x.isExactlyZero ? .one : .enclosed(.exponential(x.ball))
  }
}

/// A number in which the theory can be computed.
///
/// Every formula of the toolkit is written once, over this protocol. What a verdict is worth is
/// decided by the number it was computed in: `Double` gives fast numbers and proves nothing,
/// ``TrackedDouble`` carries a running bound on its rounding error. Exact rationals and rigorous
/// balls join by conforming; no formula changes.
///
/// The requirements are just what the formulas need: field operations, magnitudes, maxima, and
/// two questions about order whose honest answer may be ``Decision/undecided``.
public protocol Scalar: Sendable {
  /// The numbers in which logarithms and square roots of this one live: `Self`, except where
  /// `Self` is closed under field operations only.
  associatedtype Real: RealScalar

  /// A small integer, without error.
  init(_ value: Int)

  /// A binary floating-point number, without error.
  ///
  /// - Precondition: `value` is finite.
  init(_ value: Double)

  /// The number that a file wrote.
  ///
  /// - Throws: ``NumberOutOfRange`` where this arithmetic cannot hold the number without losing it
  ///   altogether (an overflow to infinity, an underflow to zero).
  init(_ number: ExactNumber) throws(NumberOutOfRange)

  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  static func / (a: Self, b: Self) -> Self
  static prefix func - (a: Self) -> Self
  static func += (a: inout Self, b: Self)

  /// Σ_i left(i) · right(i). A requirement, because fractions are added up fastest over a common
  /// denominator that is reduced once; over a range, so that each type compiles its own loop.
  static func sum(
    over indices: Range<Int>, _ left: (Int) -> Self, times right: (Int) -> Self
  ) -> Self

  /// |x|.
  var magnitude: Self { get }

  /// The larger of two numbers; where their order is undecided, a number that covers both cases.
  static func maximum(_ a: Self, _ b: Self) -> Self

  /// The smaller of two numbers; where their order is undecided, a number that covers both cases.
  static func minimum(_ a: Self, _ b: Self) -> Self

  /// This number with its error bound grown by |radius|; a number that carries no error bound
  /// returns itself.
  func widened(by radius: Self) -> Self

  /// Whether the number is zero by construction, so that what it multiplies does not count.
  ///
  /// Support questions (does the policy take this action at all?) are answered by this.
  var isExactlyZero: Bool { get }

  /// Is x = 0?
  var isZero: Decision { get }

  /// Is x ≥ 0?
  var isNonNegative: Decision { get }

  /// The best float64 approximation of the number, for display and for choosing.
  var approximation: Double { get }

  /// A bound on |x − `approximation`|; zero for numbers that carry none.
  var radius: Double { get }

  /// ⌊log₂ |x|⌋ or one more; nil for 0 and for numbers of which nothing is known.
  var binaryExponent: Int? { get }

  /// x · 2^exponent.
  func scaled(byPowerOfTwo exponent: Int) -> Self

  /// The number among the reals that have logarithms.
  var real: Real { get }

  /// The number as results show it.
  var quantity: Quantity { get }

  /// The rigour of these numbers.
  static var arithmetic: ArithmeticKind { get }
}

/// A number with logarithms and square roots.
public protocol RealScalar: Scalar where Real == Self {
  /// x − ln(1 + x) for x > −1: the non-negative term from which a KL divergence is summed
  /// without cancellation.
  static func logarithmicExcess(_ x: Self) -> Self

  /// ln x for x > 0.
  static func logarithm(_ x: Self) -> Self

  /// √x for x ≥ 0.
  func squareRoot() -> Self

  /// eˣ.
  static func exponential(_ x: Self) -> Self
}

extension Scalar {
  /// 0.
  @inlinable public static var zero: Self { Self(0) }

  /// 1.
  @inlinable public static var one: Self { Self(1) }

  @inlinable public static func += (a: inout Self, b: Self) { a = a + b }

  @inlinable public static func sum(
    over indices: Range<Int>, _ left: (Int) -> Self, times right: (Int) -> Self
  ) -> Self {
    var sum = Self.zero
    for index in indices { sum += left(index) * right(index) }
    return sum
  }
}

extension RealScalar {
  /// A real number is its own real.
  @inlinable public var real: Self { self }
}

/// The answer to a question about order that arithmetic may be too coarse to settle.
public enum Decision: Sendable, Equatable {
  /// True, proved.
  case yes
  /// False, proved.
  case no
  /// Left open: the error bounds allow both.
  case undecided

  /// yes for true, no for false.
  @inlinable public init(_ value: Bool) { self = value ? .yes : .no }

  /// The conjunction: no as soon as one side is no.
  @inlinable public static func && (a: Decision, b: Decision) -> Decision {
    if a == .no || b == .no { return .no }
    return a == .yes && b == .yes ? .yes : .undecided
  }

  /// The disjunction: yes as soon as one side is yes.
  @inlinable public static func || (a: Decision, b: Decision) -> Decision {
    if a == .yes || b == .yes { return .yes }
    return a == .no && b == .no ? .no : .undecided
  }
}

/// The rigour at which a result was computed (`--arithmetic`).
public enum ArithmeticKind: String, Sendable, Codable, CaseIterable {
  /// LAPACK in double precision with running error bounds; proves nothing.
  case float64
  /// Float64 solutions with rigorous radii, ball arithmetic from there on.
  case certified
  /// Rational arithmetic; logarithms enclosed in balls.
  case exact
  /// The cheapest of the above that decides.
  case auto

  /// Whether a verdict in this arithmetic is a theorem about the numbers in the file.
  public var isRigorous: Bool { self != .float64 }
}

/// A number that this arithmetic cannot represent, not even with a large relative error.
public struct NumberOutOfRange: Error, Sendable, Equatable, CustomStringConvertible {
  /// The number, shortened for display.
  public let number: String
  /// `overflows` or `underflows`.
  public let direction: String

  /// The failure of a number that overflows or underflows.
  public init(number: String, direction: String) {
    self.number = number
    self.direction = direction
  }

  public var description: String { message }

  /// The problem and its remedy, as a sentence for the user.
  public var message: String {
    "\(number) \(direction) float64 (about 4.9e-324 to 1.8e308); rescale the model"
  }

  /// A number beyond the largest of float64.
  public init(overflowing number: ExactNumber) {
    self.init(number: number.excerpt, direction: "overflows")
  }
}

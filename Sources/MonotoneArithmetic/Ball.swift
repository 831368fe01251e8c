internal import CFLINT

/// A real number known to lie within a radius of a midpoint: [m ± r].
///
/// A value over Arb's `arb`: every operation encloses the exact result of every choice of operands
/// from their balls, rounding included, so a statement that a ball decides is a theorem. Immutable
/// once made, hence safe to share between threads.
///
/// A ball carries the precision, in bits, at which it takes part in operations; an operation uses
/// the larger of its operands'. New balls take ``workingPrecision``.
///
/// Source: Johansson, "Arb: efficient arbitrary-precision midpoint-radius interval arithmetic",
/// IEEE Trans. Computers 66, 2017.
public struct Ball: Sendable {
  /// The one owner of an Arb number; frees it when the last copy goes.
  private final class Storage: @unchecked Sendable {
    let number: UnsafeMutablePointer<arb_struct>

    init() {
      number = .allocate(capacity: 1)
      arb_init(number)
    }

    deinit {
      arb_clear(number)
      number.deallocate()
    }
  }

  /// The precision, in bits, of balls made in the present task.
  ///
  /// 128 bits decide whatever float64 input leaves open by more than rounding; where they do not,
  /// the computation is repeated with twice as many.
  @TaskLocal public static var workingPrecision = 128

  private let storage: Storage
  /// The precision, in bits, at which this ball takes part in operations.
  public let precision: Int

  private func map(
    _ operation: (UnsafeMutablePointer<arb_struct>, UnsafePointer<arb_struct>, Int) -> Void
  ) -> Ball {
    withExtendedLifetime(self) {
      Ball(precision: precision) { operation($0, storage.number, $1) }
    }
  }

  private func decide(_ question: (UnsafePointer<arb_struct>) -> Int32) -> Bool {
    withExtendedLifetime(self) { question(storage.number) != 0 }
  }

  private init(precision: Int, _ fill: (UnsafeMutablePointer<arb_struct>, Int) -> Void) {
    storage = Storage()
    self.precision = precision
    fill(storage.number, precision)
  }

  private static func combine(
    _ a: Ball, _ b: Ball,
    _ operation: (
      UnsafeMutablePointer<arb_struct>, UnsafePointer<arb_struct>, UnsafePointer<arb_struct>, Int
    ) -> Void
  ) -> Ball {
    // A pointer does not keep its owner alive; the optimiser must not end it before the call.
    withExtendedLifetime((a, b)) {
      Ball(precision: max(a.precision, b.precision)) {
        operation($0, a.storage.number, b.storage.number, $1)
      }
    }
  }

  /// The smallest ball of the working precision around a rational number.
  public init(_ value: Rational) {
    self.init(precision: Self.workingPrecision) { target, precision in
      value.withUnsafePointer { arb_set_fmpq(target, $0, precision) }
    }
  }

  /// The ball from which both a midpoint and a radius are known.
  ///
  /// - Precondition: both are finite, the radius is not negative.
  public init(midpoint: Double, radius: Double) {
    precondition(
      midpoint.isFinite && radius >= 0 && radius.isFinite,
      "no ball has midpoint \(midpoint) and radius \(radius)")
    self.init(precision: Self.workingPrecision) { target, _ in
      arb_set_d(target, midpoint)
      mag_set_d(&target.pointee.rad, radius)
    }
  }

  /// The ball of all real numbers: nothing is known.
  public static var indeterminate: Ball {
    Ball(precision: workingPrecision) { target, _ in arb_zero_pm_inf(target) }
  }

  /// The midpoint alone, as a number without error.
  public var midpoint: Ball { map { target, x, _ in arb_get_mid_arb(target, x) } }

  /// Whether a rational number lies in the ball.
  public func contains(_ value: Rational) -> Bool {
    value.withUnsafePointer { value in decide { arb_contains_fmpq($0, value) } }
  }
}

extension Ball: RealScalar {
  public init(_ value: Int) {
    self.init(precision: Self.workingPrecision) { target, _ in arb_set_si(target, value) }
  }

  public init(_ value: Double) {
    precondition(value.isFinite, "\(value) is not a real number")
    self.init(precision: Self.workingPrecision) { target, _ in arb_set_d(target, value) }
  }

  public init(_ number: ExactNumber) throws(NumberOutOfRange) {
    self.init(number.rational)
  }

  public static func + (a: Self, b: Self) -> Self { combine(a, b, arb_add) }
  public static func - (a: Self, b: Self) -> Self { combine(a, b, arb_sub) }
  public static func * (a: Self, b: Self) -> Self { combine(a, b, arb_mul) }
  public static func / (a: Self, b: Self) -> Self { combine(a, b, arb_div) }

  public static prefix func - (a: Self) -> Self { a.map { target, x, _ in arb_neg(target, x) } }
  public var magnitude: Self { map { target, x, _ in arb_abs(target, x) } }
  public static func maximum(_ a: Self, _ b: Self) -> Self { combine(a, b, arb_max) }
  public static func minimum(_ a: Self, _ b: Self) -> Self { combine(a, b, arb_min) }

  public func widened(by radius: Self) -> Self {
    Self.combine(self, radius) { target, x, error, _ in
      arb_set(target, x)
      arb_add_error(target, error)
    }
  }

  public var isExactlyZero: Bool { decide { arb_is_zero($0) } }

  /// Decided unless zero is one of several numbers in the ball.
  public var isZero: Decision {
    if isExactlyZero { return .yes }
    return decide { arb_contains_zero($0) } || !isFinite ? .undecided : .no
  }

  /// Decided unless the ball reaches to both sides of zero.
  public var isNonNegative: Decision {
    if decide({ arb_is_nonnegative($0) }) { return .yes }
    return decide { arb_is_negative($0) } ? .no : .undecided
  }

  private var isFinite: Bool { decide { arb_is_finite($0) } }

  public var approximation: Double {
    withExtendedLifetime(self) { arf_get_d(&storage.number.pointee.mid, ARF_RND_NEAR) }
  }

  public var radius: Double {
    let midpoint = approximation
    guard isFinite, midpoint.isFinite else { return .infinity }
    // What is left of the ball around the float64 midpoint, rounded upward.
    let rest = self - Ball(midpoint)
    if rest.isExactlyZero { return 0 }
    var bound = mag_struct()
    mag_init(&bound)
    defer { mag_clear(&bound) }
    withExtendedLifetime(rest) { arb_get_mag(&bound, rest.storage.number) }
    return mag_get_d(&bound).nextUp
  }

  public var quantity: Quantity {
    Quantity(midpoint: approximation, radius: radius)
  }

  public static var arithmetic: ArithmeticKind { .certified }

  /// In mean-value form, f(m) + (x − m) f'(x) with f' = x/(1 + x): near 0, where f is flat, a
  /// ball of radius r gives one of radius r² and not 2r.
  public static func logarithmicExcess(_ x: Self) -> Self {
    let middle = x.midpoint
    let value = middle - middle.map { arb_log1p($0, $1, $2) }
    return value + (x - middle) * (x / (x + .one))
  }

  public static func logarithm(_ x: Self) -> Self { x.map { arb_log($0, $1, $2) } }
  public func squareRoot() -> Self { map { arb_sqrtpos($0, $1, $2) } }
  public static func exponential(_ x: Self) -> Self { x.map { arb_exp($0, $1, $2) } }
}

extension Ball: CustomStringConvertible {
  /// `midpoint ± radius`, in float64.
  public var description: String { "\(approximation) ± \(radius)" }
}

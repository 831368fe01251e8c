import Testing

@testable import MonotoneArithmetic

@Suite("Running error bounds")
struct TrackedDoubleTests {
  /// The same random expression in tracked float64 and in exact rationals: the bound must cover
  /// the true error, every time, and must not be absurdly wide.
  @Test("The error bound covers the exact result")
  func soundness() {
    var random = SplitMix(state: 7)
    var widest = 0.0
    for _ in 0..<3_000 {
      var tracked = TrackedDouble(1)
      var exact = Rational(1)
      var magnitude = 1.0
      for _ in 0..<12 {
        let operand = Rational(
          numerator: Int(random.next() % 2_000) - 1_000, denominator: Int(random.next() % 999) + 1)
        guard let rounded = try? TrackedDouble(ExactNumber(operand)) else {
          Issue.record("\(operand) should fit float64")
          return
        }
        switch random.next() % 4 {
        case 0: (tracked, exact) = (tracked + rounded, exact + operand)
        case 1: (tracked, exact) = (tracked - rounded, exact - operand)
        case 2: (tracked, exact) = (tracked * rounded, exact * operand)
        default:
          if operand.isExactlyZero { continue }
          (tracked, exact) = (tracked / rounded, exact / operand)
        }
        magnitude = max(magnitude, abs(tracked.value))
      }
      let truth = (Rational(finite: tracked.value) - exact).magnitude
      #expect(truth <= Rational(finite: tracked.error), "\(tracked) against \(exact)")
      widest = max(widest, tracked.error / magnitude)
    }
    // Twelve operations on numbers of this size: a bound a million roundings wide would be useless.
    #expect(widest < 1e-3)
  }

  @Test("Operations on exact numbers with exact results still admit one rounding")
  func roundings() {
    let sum = TrackedDouble(0.5) + TrackedDouble(0.25)
    #expect(sum.value == 0.75 && sum.error >= 0.75 * 0x1p-53 && sum.error < 0.76 * 0x1p-53)
    #expect((TrackedDouble(0) * TrackedDouble(3)).isExactlyZero)
  }

  @Test("Order is decided within the error bound, and not at all without one")
  func decisions() {
    #expect(TrackedDouble(value: 1e-17, error: 1e-16).isZero == .yes)
    #expect(TrackedDouble(value: 1e-15, error: 1e-16).isZero == .no)
    #expect(TrackedDouble(value: -1e-17, error: 1e-16).isNonNegative == .yes)
    #expect(TrackedDouble(value: -1e-15, error: 1e-16).isNonNegative == .no)
    #expect(TrackedDouble(value: -1, error: .infinity).isNonNegative == .undecided)
    #expect(TrackedDouble(value: 1e-17, error: 1e-16).isPositive == .no)
    #expect(TrackedDouble(value: 1e-15, error: 1e-16).isPositive == .yes)
    let unbounded = TrackedDouble(1) / TrackedDouble(value: 1e-17, error: 1e-16)
    #expect(unbounded.isZero == .undecided)
  }

  /// x − ln(1 + x) to 20 digits by mpmath 1.3 at 60 digits, x the float64 number nearest to the text.
  @Test(
    "x − ln(1 + x) keeps its digits at every size",
    arguments: [
      (1e-16, 4.9999999999999994576e-33),
      (-1e-12, 5.0000000000033331322e-25),
      (3e-9, 4.4999999909999999604e-18),
      (-1e-6, 5.0000033333358328828e-13),
      (9.99e-4, 4.986684144696626344e-7),
      (-9.99e-4, 4.9933308353366691433e-7),
      (1.001e-3, 5.0066641646699979372e-7),
      (-0.01, 0.000050335853501441185652),
      (0.25, 0.026856448685790244234),
      (-0.5, 0.19314718055994530942),
      (-0.999, 5.9087552789821361648),
      (3, 1.6137056388801093812),
      (1e6, 999986.18448844203623),
    ])
  func logarithmicExcess(x: Double, excess: Double) {
    // A few roundings in the series, the cancellation of the difference elsewhere.
    let allowed = 8 * 0x1p-53 * max(excess, abs(x) < 1e-3 ? 0 : abs(x))
    #expect(abs(Double.logarithmicExcess(x) - excess) <= allowed)
    let tracked = TrackedDouble.logarithmicExcess(TrackedDouble(x))
    #expect(abs(tracked.value - excess) <= tracked.error)
    // The bound that the value carries is as sharp as the method.
    #expect(tracked.error <= allowed)
  }

  @Test("Roots and exponentials carry their errors")
  func transcendental() {
    let four = TrackedDouble(value: 4, error: 1e-10)
    #expect(four.squareRoot().value == 2)
    #expect(four.squareRoot().error >= 0.25e-10)
    #expect(TrackedDouble(value: 0, error: 1e-10).squareRoot().error >= 1e-5)
    let grown = TrackedDouble.exponential(TrackedDouble(value: 1, error: 1e-9))
    #expect(grown.error >= 2.718e-9 && grown.error < 2.72e-9)
  }
}

@Suite("Numbers that may be infinite")
struct ExtendedTests {
  @Test("Zero times infinity is zero; anything else times infinity is infinite")
  func products() {
    #expect((0.0 * Extended<Double>.infinity).number == 0)
    #expect((0.5 * Extended<Double>.infinity).isInfinite)
    #expect((Extended<Double>.finite(1) + .infinity).isInfinite)
    #expect(Extended<Double>.maximum(.finite(1), .infinity).isInfinite)
    #expect(Extended<Double>.minimum(.finite(1), .infinity).number == 1)
  }
}

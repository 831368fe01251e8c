import Testing

@testable import MonotoneArithmetic

@Suite("Balls")
struct BallTests {
  /// The same random expression in balls and in exact rationals.
  @Test("A ball contains the exact result", arguments: [16, 53, 200])
  func enclosure(precision: Int) {
    Ball.$workingPrecision.withValue(precision) {
      var random = SplitMix(state: UInt64(precision))
      for _ in 0..<500 {
        var ball = Ball(1)
        var exact = Rational(1)
        for _ in 0..<20 {
          let operand = Rational(
            numerator: Int(random.next() % 2_000) - 1_000, denominator: Int(random.next() % 999) + 1
          )
          let enclosed = Ball(operand)
          #expect(enclosed.contains(operand))
          switch random.next() % 5 {
          case 0: (ball, exact) = (ball + enclosed, exact + operand)
          case 1: (ball, exact) = (ball - enclosed, exact - operand)
          case 2: (ball, exact) = (ball * enclosed, exact * operand)
          case 3:
            (ball, exact) = (
              .maximum(ball, -enclosed.magnitude), .maximum(exact, -operand.magnitude)
            )
          default:
            if operand.isExactlyZero { continue }
            (ball, exact) = (ball / enclosed, exact / operand)
          }
        }
        #expect(ball.contains(exact))
        // The float64 view of a ball is a ball around the same number.
        let distance = (Rational(finite: ball.approximation) - exact).magnitude
        #expect(!ball.radius.isFinite || distance <= Rational(finite: ball.radius))
      }
    }
  }

  @Test("Order is decided only where the whole ball agrees")
  func decisions() {
    let around = Ball(midpoint: 0, radius: 1e-20)
    #expect(around.isZero == .undecided && around.isNonNegative == .undecided)
    #expect(Ball(midpoint: 1, radius: 0.5).isNonNegative == .yes)
    #expect(Ball(midpoint: 1, radius: 0.5).isZero == .no)
    #expect(Ball(midpoint: -1, radius: 0.5).isNonNegative == .no)
    #expect(Ball(0).isZero == .yes && Ball(0).isExactlyZero)
    #expect((Ball(1) / around).isZero == .undecided)
    #expect((Ball(1) / around).isNonNegative == .undecided)
    #expect((Ball(Rational(numerator: 1, denominator: 3)) * Ball(3) - Ball(1)).isZero == .undecided)
  }

  @Test("Widening covers the error on both sides")
  func widening() {
    let widened = Ball(midpoint: 1, radius: 0.25).widened(by: Ball(midpoint: -0.5, radius: 0.25))
    #expect(widened.contains(Rational(numerator: 1, denominator: 100)))
    #expect(widened.contains(Rational(2)))
    #expect(!widened.contains(Rational(numerator: 21, denominator: 10)))
  }

  /// √2, e and 1 − ln 2 to 30 digits.
  @Test("Transcendental functions enclose the known constants")
  func constants() throws {
    let width = Rational(digits: "1", exponent: -29)
    for (ball, text) in [
      (Ball(2).squareRoot(), "1.41421356237309504880168872421"),
      (Ball.exponential(Ball(1)), "2.71828182845904523536028747135"),
      (Ball.logarithmicExcess(Ball(1)), "0.306852819440054690582767878542"),
    ] {
      let value = try ExactNumber(parsing: text).rational
      #expect((ball - Ball(value)).magnitude.approximation <= width.doubleValue)
      // Half a unit in the last place of the float64 midpoint.
      #expect(ball.radius <= 0x1p-53 * value.doubleValue * 1.001)
    }
  }

  @Test("x − ln(1 + x) is known to second order near 0, and enclosed elsewhere")
  func excess() throws {
    for (middle, radius) in [
      (0, 1e-12), (1e-9, 1e-12), (-1e-6, 1e-9), (0.5, 0.25), (-0.5, 0.25), (3, 2),
    ] {
      let ball = Ball.logarithmicExcess(Ball(midpoint: middle, radius: radius))
      let far = abs(middle) + radius
      // |f'| ≤ |x|/(1 + x); twice, for the product of two balls.
      let slope = far / (1 + min(middle - radius, 0))
      #expect(ball.radius <= 2 * radius * slope, "\(middle) ± \(radius): \(ball)")
      for end in [middle - radius, middle, middle + radius] {
        let x = Ball(end)
        let exact = Ball.logarithmicExcess(x)
        let miss = abs(exact.approximation - ball.approximation)
        #expect(miss <= ball.radius + exact.radius, "\(middle) ± \(radius) at \(end)")
      }
    }
    #expect(Ball.logarithmicExcess(Ball(midpoint: -0.9, radius: 0.2)).radius == .infinity)
  }

  @Test("Rationals are exact scalars whose logarithms are enclosed in balls")
  func rationals() {
    let third = Rational(numerator: 1, denominator: 3)
    #expect((third + third + third - Rational(1)).isZero == .yes)
    #expect((third - Rational(1)).isNonNegative == .no)
    #expect(third.real.ball.contains(third))
    #expect((third.real * ExactReal(3) - .one).isZero == .yes)
    #expect((ExactReal.logarithmicExcess(third.real) * .zero).isExactlyZero)
    #expect(ExactReal.logarithmicExcess(.zero).isExactlyZero)
    #expect(ExactReal.logarithmicExcess(third.real).radius > 0)
    #expect(third.quantity == .exact("1/3", approximate: 1.0 / 3))
    #expect(Rational.maximum(third, Rational(numerator: 1, denominator: 4)) == third)
  }
}

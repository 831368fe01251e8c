import Testing

@testable import MonotoneArithmetic

/// Operands from the smallest float64 number to the largest, with error bounds of every size and with
/// none that is known: an enclosure holds the exact result, or is unknown.
@Suite("Enclosures of extreme numbers")
struct ExtremeOperandTests {
  /// A number, and float64 numbers that enclose it.
  private struct Operand {
    var exact: Rational
    var tracked: TrackedDouble
  }

  /// Random operands; the same for the same seed.
  private struct Operands {
    var random: SplitMix

    mutating func integer(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &random) }

    /// A float64 number of any binade, denormal ones and the ends of the range above all.
    mutating func double() -> Double {
      let exponent =
        switch integer(0...5) {
        case 0: integer(-1074 ... -1015)
        case 1: integer(980...1023)
        case 2: integer(-540 ... -500)
        case 3: integer(-1074...1023)
        default: integer(-60...60)
        }
      if integer(0...15) == 0 { return 0 }
      let bits = integer(0...52)
      let significand = 1 + Double(integer(0...(1 << bits) - 1)) / Double(1 << bits)
      let value = Double(sign: .plus, exponent: exponent, significand: significand)
      return integer(0...1) == 0 ? value : -value
    }

    mutating func operand() -> Operand {
      let value = double()
      let error: Double =
        switch integer(0...5) {
        case 0, 1: 0
        case 2: abs(value) * Double(sign: .plus, exponent: integer(-60...2), significand: 1.5)
        case 3: value.ulp / 2
        case 4: max(0, (abs(value) * 0.5).nextDown)
        default: abs(double())
        }
      guard error.isFinite else { return operand() }
      let share = Rational(numerator: integer(-8...8), denominator: 8)
      return Operand(
        exact: Rational(finite: value) + Rational(finite: error) * share,
        tracked: TrackedDouble(value: value, error: error))
    }
  }

  private func expect(
    _ tracked: TrackedDouble, holds exact: Rational, _ note: @autoclosure () -> String
  ) {
    guard tracked.isKnown else { return }
    let miss = (Rational(finite: tracked.value) - exact).magnitude
    #expect(
      miss <= Rational(finite: tracked.error),
      "\(note()): \(tracked) does not hold \(exact.doubleValue)")
    // A result that is 0 outright is 0.
    #expect(!tracked.isExactlyZero || exact.isExactlyZero, "\(note())")
  }

  @Test("Sums, products and quotients hold the exact result", arguments: 1...4)
  func field(seed: UInt64) {
    var operands = Operands(random: SplitMix(state: seed))
    var known = 0
    for _ in 0..<5_000 {
      let (x, y) = (operands.operand(), operands.operand())
      let (a, b) = (x.tracked, y.tracked)
      expect(a + b, holds: x.exact + y.exact, "\(a) + \(b)")
      expect(a - b, holds: x.exact - y.exact, "\(a) - \(b)")
      expect(a * b, holds: x.exact * y.exact, "\(a) * \(b)")
      if !y.exact.isExactlyZero { expect(a / b, holds: x.exact / y.exact, "\(a) / \(b)") }
      expect(.maximum(a, b), holds: .maximum(x.exact, y.exact), "max \(a), \(b)")
      expect(.minimum(a, b), holds: .minimum(x.exact, y.exact), "min \(a), \(b)")
      expect(-a, holds: -x.exact, "-\(a)")
      expect(a.magnitude, holds: x.exact.magnitude, "|\(a)|")
      let error = Rational(finite: abs(b.value))
      expect(a.widened(by: b), holds: x.exact + error, "\(a) widened by \(b)")
      if (a / b).isKnown { known += 1 }
    }
    // Most quotients are known: the test says something.
    #expect(known > 1_500)
  }

  @Test("Roots hold the exact result: its square is the number", arguments: 1...4)
  func roots(seed: UInt64) {
    var operands = Operands(random: SplitMix(state: seed + 100))
    for _ in 0..<5_000 {
      let x = operands.operand()
      let root = x.tracked.squareRoot()
      guard x.exact.signum >= 0, root.isKnown else { continue }
      let (low, high) = (
        Rational(finite: root.value) - Rational(finite: root.error),
        Rational(finite: root.value) + Rational(finite: root.error)
      )
      #expect(high >= Rational(0) && high * high >= x.exact, "√\(x.tracked) is \(root)")
      #expect(low.signum <= 0 || low * low <= x.exact, "√\(x.tracked) is \(root)")
    }
  }

  /// Two faults of an earlier division: |q| e_b underflowed before it was divided by a small room, and
  /// a quotient that underflowed to 0 took the error of the denominator with it.
  @Test("Underflow within a quotient's error bound is no part of it that may be lost")
  func quotientUnderflow() {
    let wide = TrackedDouble(value: 0x1p-500, error: 0x1p-501)
    expect(
      TrackedDouble(0x1p-1074) / wide,
      holds: Rational(finite: 0x1p-1074) / (Rational(finite: 0x1p-500) / Rational(2)),
      "2⁻¹⁰⁷⁴ / 2⁻⁵⁰⁰ ± 2⁻⁵⁰¹")
    let close = TrackedDouble(value: 4, error: 4 - 0x1p-50)
    expect(
      TrackedDouble(0x1p-1074) / close,
      holds: Rational(finite: 0x1p-1074) / Rational(finite: 0x1p-50),
      "2⁻¹⁰⁷⁴ / a number that may be as small as 2⁻⁵⁰")
  }

  private static let unknown: [TrackedDouble] = [
    TrackedDouble(value: .nan, error: 0), TrackedDouble(value: 1, error: .nan),
    TrackedDouble(value: 1, error: .infinity), TrackedDouble(value: .nan, error: .nan),
    TrackedDouble(value: 0x1p1000, error: 0) * TrackedDouble(0x1p1000),
    TrackedDouble(1) / TrackedDouble(value: 0, error: 1e-300),
  ]

  @Test("What is unknown stays unknown, in whatever place it stands", arguments: 0..<6)
  func unknown(index: Int) {
    let known = TrackedDouble(value: 3, error: 0x1p-50)
    let unknown = Self.unknown[index]
    let results: [TrackedDouble] = [
      known + unknown, unknown + known, known - unknown, unknown - known, known * unknown,
      unknown * known, known / unknown, unknown / known, .maximum(known, unknown),
      .maximum(unknown, known), .minimum(known, unknown), .minimum(unknown, known), -unknown,
      unknown.magnitude, unknown.squareRoot(), known.widened(by: unknown),
      unknown.widened(by: known), .logarithm(unknown), .exponential(unknown),
      .logarithmicExcess(unknown),
    ]
    for (place, result) in results.enumerated() {
      #expect(!result.isKnown, "result \(place) of \(unknown) is \(result)")
      #expect(result.isZero == .undecided && result.isNonNegative == .undecided)
      #expect(result.radius == .infinity && result.quantity == .unknown)
    }
    let balls = [
      FloatBall(known) + FloatBall(unknown), .maximum(FloatBall(known), FloatBall(unknown)),
      .minimum(FloatBall(unknown), FloatBall(known)), FloatBall(unknown).squareRoot(),
      .logarithm(FloatBall(unknown)), .exponential(FloatBall(unknown)),
      .logarithmicExcess(FloatBall(unknown)),
    ]
    for ball in balls {
      #expect(ball.isZero == .undecided && ball.isNonNegative == .undecided)
      #expect(ball.radius == .infinity && ball.quantity == .unknown)
    }
    // Whatever number it is, 0 times it is 0.
    #expect((TrackedDouble(0) * unknown).isExactlyZero)
  }

  @Test("Balls of any precision carry what is unknown upward")
  func balls() {
    let unknown = Ball(1) / Ball(midpoint: 0, radius: 1)
    for ball in [
      unknown, Ball.indeterminate, Ball.maximum(Ball(1), unknown), Ball.maximum(unknown, Ball(1)),
      Ball.minimum(Ball(1), unknown), Ball(1) + unknown, unknown * Ball(2), unknown.squareRoot(),
      unknown.magnitude - Ball(1),
    ] {
      #expect(ball.isNonNegative != .no && ball.radius == .infinity && ball.quantity == .unknown)
      #expect((-ball).isNonNegative != .no || ball.isNonNegative == .yes)
    }
    #expect(ExactReal.maximum(.one, .enclosed(unknown)).radius == .infinity)
  }

  @Test("Maxima of plain float64 numbers carry NaN, in either place")
  func plain() {
    #expect(Double.greatest(1, .nan).isNaN && Double.greatest(.nan, 1).isNaN)
    #expect(Double.least(1, .nan).isNaN && Double.least(.nan, 1).isNaN)
    #expect(Double.greatest(1, 2) == 2 && Double.least(1, 2) == 1)
    #expect(Double.greatest(-.infinity, .infinity) == .infinity)
    #expect([1, -.infinity, 2].greatestMagnitude == .infinity)
    #expect([1, .nan, 2].greatestMagnitude.isNaN && [Double]().greatestMagnitude == 0)
    func isLost<Number: Scalar>(_ a: Number, _ b: Number) -> Bool {
      !Number.maximum(a, b).approximation.isNaN || !Number.minimum(a, b).approximation.isNaN
    }
    #expect(!isLost(1.0, Double.nan) && !isLost(Double.nan, 1.0))
  }

  @Test(
    "Numbers of files below the normal range are enclosed, and are not zero",
    arguments: [
      "1e-310", "4.9e-324", "1e-324", "1e-400", "-3e-320", "1/3", "2.2250738585072014e-308",
    ])
  func small(text: String) throws {
    let number = try ExactNumber(parsing: text)
    let tracked = try TrackedDouble(number)
    expect(tracked, holds: number.rational, text)
    #expect(tracked.isKnown && !tracked.isExactlyZero)
    // No wider than half the spacing there, or the least number.
    #expect(tracked.error <= .leastNonzeroMagnitude || tracked.error <= tracked.value.ulp)
    let ball = try FloatBall(number)
    #expect(!ball.isExactlyZero)
    let large = try ExactNumber(parsing: "1e309")
    #expect(throws: NumberOutOfRange.self) { try TrackedDouble(large) }
  }
}

import Testing

@testable import MonotoneArithmetic

@Suite("Rational numbers")
struct RationalTests {
  private let third = Rational(numerator: 1, denominator: 3)

  @Test("Field operations in lowest terms")
  func operations() {
    #expect(third + third + third == Rational(1))
    #expect((third * Rational(6)).description == "2")
    #expect((third - Rational(1)).description == "-2/3")
    #expect((third / Rational(numerator: -4, denominator: 9)).description == "-3/4")
    #expect((-third).magnitude == third)
    #expect(third < Rational(numerator: 334, denominator: 1000))
    #expect(Rational(numerator: -6, denominator: 4).signum == -1)
  }

  @Test(
    "A float64 number converts without error, both ways",
    arguments: [
      0.1, -2.5, 1e300, 1e-300, .leastNonzeroMagnitude, 3, 0, 0x1.fffffffffffffp1023,
    ])
  func doubles(_ value: Double) {
    #expect(Rational(finite: value).doubleValue == value)
  }

  @Test("0.1 is the binary fraction next to one tenth")
  func oneTenth() {
    #expect(Rational(finite: 0.1).description == "3602879701896397/36028797018963968")
  }

  @Test("Beyond the range of float64 the nearest number is infinite or zero")
  func range() {
    let huge = Rational(digits: "1", exponent: 400)
    #expect(huge.doubleValue == .infinity)
    #expect((Rational(1) / huge).doubleValue == 0)
  }

  @Test("Large products cancel exactly")
  func growth() {
    var product = Rational(1)
    for index in 1...200 { product = product * Rational(numerator: index, denominator: index + 1) }
    #expect(product == Rational(numerator: 1, denominator: 201))
  }

  @Test("Subnormal numbers are rounded once")
  func subnormal() {
    let least = Rational(exactly: Double.leastNonzeroMagnitude) ?? Rational(0)
    // In units of the smallest number: just below and above a tie, and the tie itself.
    let nudge = Rational(numerator: 1, denominator: 1 << 60)
    let half = Rational(numerator: 1, denominator: 2)
    for (multiple, expected) in [
      (Rational(1) + half - nudge, 1.0), (Rational(1) + half, 2), (Rational(2) + half, 2),
      (Rational(2) + half + nudge, 3), (half, 0), (half + nudge, 1), (half - nudge, 0),
    ] {
      #expect((least * multiple).doubleValue == expected * .leastNonzeroMagnitude)
      #expect((-least * multiple).doubleValue == -expected * .leastNonzeroMagnitude)
    }
    let normal = Rational(exactly: Double.leastNormalMagnitude) ?? Rational(0)
    #expect((normal - least * half + least * nudge).doubleValue == .leastNormalMagnitude)
    #expect(
      (normal - least * half - least * nudge).doubleValue == Double.leastNormalMagnitude.nextDown)
  }
}

import MonotoneArithmetic
import Testing

@Suite("Quantities")
struct QuantityTests {
  @Test(
    "The reciprocal of an enclosure encloses the reciprocals of its ends",
    arguments: [
      (3.0, 0.0), (3.0, 1e-16), (1.0, 0.999), (-7.0, 0.5), (1e-300, 1e-305), (1e300, 1e299),
      (0.1, 1e-3),
    ])
  func enclosure(midpoint: Double, radius: Double) throws {
    let quantity = Quantity.enclosure(midpoint: midpoint, radius: radius)
    guard case .enclosure(let middle, let width)? = quantity.reciprocal else {
      Issue.record("no enclosure")
      return
    }
    for end in [
      Rational(finite: midpoint) + Rational(finite: radius),
      Rational(finite: midpoint) - Rational(finite: radius),
    ] {
      let distance = (Rational(1) / end - Rational(finite: middle)).magnitude
      #expect((Rational(finite: width) - distance).isNonNegative == .yes)
    }
  }

  @Test("The reciprocal of a fraction is a fraction")
  func fraction() {
    #expect(
      Quantity.exact("-2/3", approximate: -2 / 3).reciprocal == .exact("-3/2", approximate: -1.5))
    #expect(Quantity.exact("4", approximate: 4).reciprocal == .exact("1/4", approximate: 0.25))
    #expect(Quantity.number(8).reciprocal == .number(0.125))
    #expect(Quantity.infinity.reciprocal == .exact("0", approximate: 0))
  }

  @Test(
    "What may be zero, or is no number, has no reciprocal",
    arguments: [
      .number(0), .exact("0", approximate: 0), .exact("nonsense", approximate: 1),
      .enclosure(midpoint: 1e-3, radius: 1e-3), .enclosure(midpoint: 0, radius: 0),
    ] as [Quantity])
  func none(quantity: Quantity) {
    #expect(quantity.reciprocal == nil)
  }
}

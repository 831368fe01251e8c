import Testing

@testable import MonotoneArithmetic

@Suite("Arrays of quantities")
struct QuantityArrayTests {
  private func expectSame<Number: Scalar>(_ numbers: [Number]) {
    let array = QuantityArray(numbers)
    let quantities = numbers.map(\.quantity)
    #expect(Array(array) == quantities)
    #expect(array == QuantityArray(numbers))
    for (found, quantity) in zip(array.approximations, quantities) {
      #expect(found == quantity.approximation || found.isNaN && quantity == .unknown)
    }
  }

  @Test("Every number comes back as it would be shown alone")
  func elements() {
    expectSame([
      TrackedDouble(value: 0.1, error: 1e-17), TrackedDouble(value: -.infinity, error: 0),
      TrackedDouble(value: 3, error: 0), TrackedDouble(value: 1, error: .nan),
    ])
    expectSame([
      FloatBall(TrackedDouble(value: 0.1, error: 1e-17)), FloatBall(2), FloatBall.unknown,
    ])
    expectSame([Ball(midpoint: 0.1, radius: 1e-30), Ball(5), Ball(1) / Ball(0)])
    let huge = Rational(digits: "1", exponent: 400)
    expectSame([Rational(numerator: 1, denominator: 3), Rational(0), huge, Rational(1) / huge])
    expectSame([Rational]())
  }

  @Test("Radii cover what float64 loses of the numbers")
  func radii() throws {
    let numbers = [
      Rational(numerator: 1, denominator: 3), Rational(7),
      Rational(digits: "123456789012345678901"),
    ]
    let array = QuantityArray(numbers)
    for (number, (value, radius)) in zip(numbers, zip(array.approximations, array.radii)) {
      let miss = (try #require(Rational(exactly: value)) - number).magnitude
      #expect(try miss <= #require(Rational(exactly: radius)), "\(number)")
      #expect(radius <= value.ulp)
    }
    let tracked = QuantityArray([TrackedDouble(value: 1, error: 0.25)])
    #expect(tracked.radii == [0.25] && Array(tracked) == [.number(1)])
    #expect(QuantityArray([FloatBall.unknown]).radii == [.infinity])
  }
}

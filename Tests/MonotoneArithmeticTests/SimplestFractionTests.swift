import MonotoneArithmetic
import Testing

/// The fraction that a float64 number was probably printed from.
@Suite("Simplest fractions")
struct SimplestFractionTests {
  @Test("A quotient of small numbers is found again")
  func quotients() throws {
    for denominator in 1...200 {
      for numerator in -denominator...denominator {
        let value = Double(numerator) / Double(denominator)
        let found = try #require(ExactNumber(simplest: value))
        #expect(found.rational == Rational(numerator: numerator, denominator: denominator))
      }
    }
  }

  @Test(
    "It rounds to the number that it stands for, and no fraction of a smaller denominator does",
    arguments: [0.1, 0.3333333333333333, 0.7071067811865476, 1e-5, 123456.789, 0.99, 2.0 / 7])
  func isSimplest(value: Double) throws {
    let fraction = try #require(ExactNumber(simplest: value)).rational
    #expect(fraction.doubleValue == value)
    // Every smaller denominator is tried with its nearest numerator.
    let denominator = try #require(Int(fraction.description.split(separator: "/").last ?? "1"))
    for smaller in 1..<min(denominator, 100_000) {
      let numerator = (value * Double(smaller)).rounded()
      #expect(numerator / Double(smaller) != value, "\(numerator)/\(smaller)")
    }
  }

  @Test("The smallest, the largest, zero, and what is no number")
  func ends() throws {
    #expect(ExactNumber(simplest: 0.0) == ExactNumber(0))
    #expect(ExactNumber(simplest: Double.nan) == nil)
    #expect(ExactNumber(simplest: -Double.infinity) == nil)
    for value in [Double.leastNonzeroMagnitude, -.greatestFiniteMagnitude, 1e300, 0x1p-1022] {
      #expect(ExactNumber(simplest: value)?.rational.doubleValue == value)
    }
    #expect(ExactNumber(simplest: Float(1) / 3)?.description == "1/3")
  }
}

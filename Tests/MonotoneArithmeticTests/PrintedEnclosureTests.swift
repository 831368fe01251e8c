import Foundation
import Testing

@testable import MonotoneArithmetic

/// An enclosure holds whether a reader takes its decimals as they stand or reads float64 numbers from
/// them.
@Suite("Printed enclosures")
struct PrintedEnclosureTests {
  private static func rational(_ text: String) throws -> Rational {
    try ExactNumber(parsing: text).rational
  }

  /// A number of JSON's, as its text and as the float64 number that a parser makes of it.
  private func readings(_ quantity: Quantity) throws -> [[Rational]] {
    let text = String(decoding: try JSONEncoder().encode(quantity), as: UTF8.self)
    let fields = try ["midpoint", "radius"].map { key in
      let field = try #require(text.firstMatch(of: try Regex("\"\(key)\":([-+0-9.eE]+)")))
      return String(try #require(field.output[1].substring))
    }
    return [
      try fields.map(Self.rational), try fields.map { Rational(finite: try #require(Double($0))) },
    ]
  }

  @Test("Random balls of every scale hold as they are printed", arguments: 1...3)
  func random(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    for round in 0..<2_000 {
      let exponent = Int.random(in: -1060...1000, using: &random)
      let significand = 1 + Double(random.next() >> 12) * 0x1p-52
      let midpoint =
        Double(sign: .plus, exponent: exponent, significand: significand)
        * (round % 2 == 0 ? 1 : -1)
      let width = Int.random(in: -120...4, using: &random)
      let radius =
        round % 5 == 0 ? 0 : abs(midpoint) * Double(sign: .plus, exponent: width, significand: 1.25)
      guard radius.isFinite else { continue }
      let quantity = Quantity(midpoint: midpoint, radius: radius)
      for reading in try readings(quantity) {
        for end in [
          Rational(finite: midpoint) + Rational(finite: radius),
          Rational(finite: midpoint) - Rational(finite: radius),
        ] {
          #expect(
            (reading[0] - end).magnitude <= reading[1], "\(midpoint) ± \(radius): \(quantity)")
        }
      }
      guard case .enclosure(_, let grown) = quantity else { continue }
      #expect(grown <= radius * (1 + 0x1p-50) + 3 * midpoint.ulp)
    }
  }

  @Test(
    "What a short decimal says exactly keeps radius 0",
    arguments: [0, 0.5, -0.25, 10, 0x1p53, 1_442, 0.465_820_312_5, -3e15])
  func exact(midpoint: Double) {
    #expect(
      Quantity(midpoint: midpoint, radius: 0) == .enclosure(midpoint: midpoint, radius: 0))
  }

  @Test("A third is not 0.3333333333333333, as a decimal")
  func third() throws {
    let third = Rational(numerator: 1, denominator: 3)
    for quantity in [Ball(third).quantity, try FloatBall(ExactNumber(third)).quantity] {
      for reading in try readings(quantity) {
        #expect((reading[0] - third).magnitude <= reading[1])
      }
    }
  }

  @Test("Unknown is null, and null is unknown")
  func unknown() throws {
    struct Document: Codable, Equatable { var value: Quantity }
    for value in [
      Quantity(midpoint: .nan, radius: 0), Quantity(midpoint: 1, radius: .infinity),
      Quantity(midpoint: 0, radius: .greatestFiniteMagnitude), Quantity(.nan),
    ] {
      #expect(value == .unknown && !value.isKnown && value.approximation.isNaN)
    }
    let data = try JSONEncoder().encode(Document(value: .unknown))
    #expect(String(decoding: data, as: UTF8.self) == "{\"value\":null}")
    let read = try JSONDecoder().decode(Document.self, from: data)
    #expect(read == Document(value: .unknown))
    #expect(!Quantity.unknown.isAbove(.number(0)) && !Quantity.number(0).isAbove(.unknown))
  }

  @Test("Exact numbers beyond float64 have no approximation, and rank as what they are")
  func beyond() throws {
    let large = try Self.rational("1e400").quantity
    let larger = try Self.rational("2e400").quantity
    let tiny = try Self.rational("1e-400").quantity
    for quantity in [large, larger, tiny] {
      guard case .exact(_, approximate: nil) = quantity else {
        Issue.record("\(quantity)")
        continue
      }
      let data = try JSONEncoder().encode([quantity])
      #expect(String(decoding: data, as: UTF8.self).contains("\"approximate\":null"))
      let read = try JSONDecoder().decode([Quantity].self, from: data)
      #expect(read == [quantity])
    }
    #expect(larger.isAbove(large) && !large.isAbove(larger))
    #expect(large.isAbove(.number(1e308)) && Quantity.number(1).isAbove(tiny))
    #expect(large.approximation == .infinity && tiny.approximation == 0)
    #expect(Rational(0).quantity == .exact("0", approximate: 0))
  }

  @Test(
    "Rounded decimals of any scale",
    arguments: [
      ("5e400", 6, "5e400"), ("-1.2345678e400", 6, "-1.23457e400"), ("9.9999999e400", 6, "1e401"),
      ("996", 3, "996"),
      ("1e-400", 6, "1e-400"), ("1/3", 6, "0.333333"), ("2/3", 3, "0.667"), ("0", 6, "0"),
      ("123456.7", 6, "123457"), ("1234567", 6, "1.23457e6"), ("0.0001234", 3, "0.000123"),
      ("0.00001234", 3, "1.23e-5"), ("1000", 6, "1000"), ("-0.5", 6, "-0.5"), ("120.5", 6, "120.5"),
    ])
  func decimals(number: String, digits: Int, text: String) throws {
    let rounded = RoundedDecimal(try Self.rational(number), digits: digits)
    #expect(rounded.text(exponentFrom: digits) == text)
    // The decimal itself is within half a unit of its last digit.
    #expect(rounded.text(exponentFrom: 1).count <= digits + 8)
  }

  @Test("Rounding away from zero never falls short", arguments: 1...2)
  func outward(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    for _ in 0..<500 {
      let number =
        Rational(numerator: Int(random.next() >> 2), denominator: Int(random.next() >> 2) + 1)
        * Rational(powerOfTen: Int.random(in: -500...500, using: &random))
      let rounded = RoundedDecimal(number, digits: 2, .awayFromZero).rational
      #expect(rounded >= number && rounded <= number * Rational(numerator: 11, denominator: 10))
    }
  }
}

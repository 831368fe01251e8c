import Testing

@testable import MonotoneArithmetic

@Suite("Numbers as files write them")
struct ExactNumberTests {
  @Test(
    "One value has one representation",
    arguments: [
      ("0.5", "1/2"), ("0.50", "5e-1"), ("100", "1e2"), ("-0.0", "0"), ("4/8", "0.5"),
      ("1/3", "2/6"), ("1e-25", "1/10000000000000000000000000"), ("-7/3", "-14/6"),
      ("123456789012345678901234567890", "1.2345678901234567890123456789e29"),
      ("0.1234567890123456789", "1234567890123456789/10000000000000000000"),
      ("200000000000000000", "2e17"), ("3/1", "3"),
    ])
  func equality(_ a: String, _ b: String) throws {
    let (x, y) = (try ExactNumber(parsing: a), try ExactNumber(parsing: b))
    #expect(x == y)
    #expect(x.rational == y.rational)
    #expect(try ExactNumber(parsing: x.description) == x)
  }

  @Test(
    "Texts that are no numbers",
    arguments: [
      "", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x10", "1/2/3", "1/-2", "1 ", " 1", "NaN",
      "Infinity", "1/", "/2", "1.5/2", "--1", "1e5/3", "١",
    ])
  func malformed(_ text: String) {
    #expect(throws: NumberFault.malformed) { try ExactNumber(parsing: text) }
  }

  @Test("Numbers that would blow up are refused")
  func limits() throws {
    #expect(throws: NumberFault.exponentTooLarge) { try ExactNumber(parsing: "1e999999999") }
    #expect(throws: NumberFault.exponentTooLarge) { try ExactNumber(parsing: "1e-10001") }
    #expect(throws: NumberFault.zeroDenominator) { try ExactNumber(parsing: "1/0") }
    #expect(throws: NumberFault.zeroDenominator) { try ExactNumber(parsing: "1/000") }
    #expect(throws: NumberFault.tooManyDigits) {
      try ExactNumber(parsing: String(repeating: "7", count: 200_000))
    }
    let huge = try ExactNumber(parsing: "1e10000")
    #expect(huge.description.count == 10_001)
    #expect(throws: NumberOutOfRange(number: huge.excerpt, direction: "overflows")) {
      try Double(huge)
    }
    let tiny = try ExactNumber(parsing: "1e-10000")
    #expect(throws: NumberOutOfRange(number: tiny.excerpt, direction: "underflows")) {
      try Double(tiny)
    }
    // With an error bound it is a number next to 0, and not 0.
    #expect(try TrackedDouble(tiny).isExactlyZero == false)
  }

  @Test("The nearest float64 number, as the standard library's own parser finds it")
  func nearestDouble() throws {
    var random = SplitMix(state: 1)
    for _ in 0..<20_000 {
      let digits = Int(random.next() % 19) + 1
      var text = random.next() % 2 == 0 ? "-" : ""
      text += "\(random.next() % 9 + 1)."
      for _ in 0..<digits { text += "\(random.next() % 10)" }
      let exponent = Int(random.next() % 61) - 30
      text += "e\(exponent)"
      let expected = try #require(Double(text))
      #expect(try ExactNumber(parsing: text).approximation == expected, "\(text)")
    }
  }

  @Test("Halfway cases round to even")
  func ties() throws {
    // 2⁵³ + 1 lies halfway between two float64 numbers, and so does 2⁵³ + 3.
    #expect(try ExactNumber(parsing: "9007199254740993").approximation == 9007199254740992)
    #expect(try ExactNumber(parsing: "9007199254740995").approximation == 9007199254740996)
    #expect(try ExactNumber(parsing: "900719925474099.3").approximation == 900719925474099.3)
    #expect(try ExactNumber(parsing: "1/3").approximation == 1.0 / 3)
  }

  @Test("A float64 number is exact only where it equals the number")
  func exactness() throws {
    for text in ["0.5", "3", "-0.375", "1e3", "0.1", "1/3", "1e-3"] {
      let number = try ExactNumber(parsing: text)
      let value = number.approximation
      #expect(number.isExact(value) == (Rational(finite: value) == number.rational), "\(text)")
    }
  }

  @Test("A compact array returns what was stored")
  func compactArray() throws {
    let texts = [
      "0", "1", "-1", "0.1", "-0.0000000000000000000000000000001", "1/3", "-536870911/536870909",
      "144115188075855871", "-144115188075855872", "1e300", "2/1000000000000000000000000000007",
      "0.12345678901234567",
    ]
    let numbers = try texts.map { try ExactNumber(parsing: $0) }
    let array = ExactNumberArray(numbers)
    #expect(Array(array) == numbers)
    #expect(zip(array, numbers).allSatisfy { $0.rational == $1.rational })
  }
}

@Suite("Exact sums of rows")
struct ExactSumTests {
  @Test(
    "Rows that sum to one, and rows that do not",
    arguments: [
      (["0.1", "0.2", "0.7"], true), (["1/3", "1/3", "1/3"], true), (["1/3", "0.5", "1/6"], true),
      (["0.1", "0.2", "0.70000000000000001"], false), (["0.333", "0.333", "0.333"], false),
      (["1e-30", "0.999999999999999999999999999999"], true),
      (["1/1073741789", "1073741788/1073741789"], true), (["1e-40", "1"], false),
      (["1/1000000007", "1/998244353", "0.5"], false), ([], false),
    ])
  func rows(_ texts: [String], isOne: Bool) throws {
    let numbers = try texts.map { try ExactNumber(parsing: $0) }
    var sum = ExactSum()
    for number in numbers { sum.add(number) }
    #expect(sum.isOne == isOne)
    #expect(sum.value.rational == numbers.reduce(Rational(0)) { $0 + $1.rational })
  }

  @Test("Sums that leave 128 bits stay exact")
  func overflow() throws {
    var sum = ExactSum()
    var exact = Rational(0)
    // Denominators with no common factors make the common denominator grow without bound.
    for prime in [1_073_741_789, 1_073_741_783, 1_073_741_741, 1_073_741_723, 1_073_741_719] {
      let number = ExactNumber(numerator: 1, denominator: prime)
      sum.add(number)
      exact += number.rational
    }
    #expect(sum.value.rational == exact)
  }
}

/// A small generator for tests (Steele, Lea & Flood 2014), so that cases are the same every time.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

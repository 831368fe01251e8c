import Testing

@testable import MonotoneArithmetic

/// What reading large files leans on: decimals without reference counting, their sums, and arrays
/// of them.
@Suite("Short decimals")
struct ShortDecimalTests {
  @Test(
    "The one representation, or none",
    arguments: [
      (0, 5, false, "0"), (0, -40, true, "0"), (25, -1, false, "2.5"), (2500, -3, true, "-2.5"),
      (100, 0, false, "100"), (1, 16, false, "10000000000000000"), (7, -31, false, "7e-31"),
      (144_115_188_075_855_871, 0, true, "-144115188075855871"),
      (14_411_518_807_585_587, 1, false, "144115188075855870"),
    ] as [(UInt64, Int, Bool, String)])
  func canonical(_ significand: UInt64, _ exponent: Int, _ isNegative: Bool, _ text: String) throws
  {
    let decimal = try #require(
      ShortDecimal(significand: significand, exponent: exponent, isNegative: isNegative))
    #expect(try ExactNumber(decimal) == ExactNumber(parsing: text))
  }

  @Test(
    "Numbers that need more room",
    arguments: [
      (144_115_188_075_855_872, 0), (1, 18), (15, 16), (7, -32), (1, 10_000), (.max, 0),
    ] as [(UInt64, Int)])
  func tooLarge(_ significand: UInt64, _ exponent: Int) {
    #expect(
      ShortDecimal(significand: significand, exponent: exponent, isNegative: false) == nil)
  }

  @Test("Sums of decimals that leave 128 bits stay exact, in any order")
  func overflowingSums() throws {
    let texts = [
      "144115188075855871", "1e-31", "-144115188075855870", "0.5", "1/3", "1e300", "-1e300", "1/7",
      "100000000000000000", "3e-31", "-100000000000000000",
    ]
    var random = SplitMix(state: 4)
    for _ in 0..<50 {
      let numbers = try texts.shuffled(using: &random).map { try ExactNumber(parsing: $0) }
      var sum = ExactSum()
      var exact = Rational(0)
      for number in numbers {
        sum.add(number)
        exact += number.rational
        #expect(sum.value.rational == exact)
        #expect(sum.isOne == (exact == Rational(1)))
      }
    }
  }

  @Test("Random sums agree with rational arithmetic, and so do their distances from 1")
  func randomSums() throws {
    var random = SplitMix(state: 6)
    let tolerance = ExactNumber(numerator: 1, denominator: 1_000_000_000)
    for _ in 0..<2_000 {
      var sum = ExactSum()
      var exact = Rational(0)
      var rest = 1.0
      for _ in 0..<(random.next() % 5 + 1) {
        let share = rest * Double(random.next() % 1000) / 1000
        rest -= share
        let number = try ExactNumber(parsing: "\(share)")
        sum.add(number)
        exact += number.rational
      }
      let error = [0, 1e-10, 9.99e-10, 1.1e-9, -1e-9, -1.0001e-9][Int(random.next() % 6)]
      let last = try ExactNumber(parsing: "\(rest + error)")
      sum.add(last)
      exact += last.rational
      #expect(sum.value.rational == exact)
      #expect(ExactNumber(exact) == sum.value)
      let distance = (exact - Rational(1)).magnitude
      #expect(sum.isOne(within: tolerance) == (distance <= tolerance.rational))
    }
    var sum = ExactSum()
    sum.add(ExactNumber(1))
    #expect(sum.isOne(within: tolerance))
    sum.add(ExactNumber(numerator: 1, denominator: 3_000_000_000))
    #expect(sum.isOne(within: tolerance))
    sum.add(ExactNumber(numerator: 2, denominator: 2_999_999_999))
    #expect(!sum.isOne(within: tolerance))
  }

  @Test("Arrays: appending, exchanging, reordering, and equality of value")
  func arrays() throws {
    let texts = ["1", "1e300", "1/3", "0", "2e300", "-0.5"]
    let numbers = try texts.map { try ExactNumber(parsing: $0) }
    var array = ExactNumberArray(numbers)
    array.swapAt(1, 4)
    #expect(array.map(\.description) != numbers.map(\.description))
    #expect(array == ExactNumberArray([0, 4, 2, 3, 1, 5].map { numbers[$0] }))
    #expect(array != ExactNumberArray(numbers))
    array.reorder(1..<5, as: [4, 3, 2, 1])
    #expect(Array(array) == [0, 1, 3, 2, 4, 5].map { numbers[$0] })
    var copy = ExactNumberArray(zeros: 2)
    #expect(copy.isAllZero)
    copy.append(array, 1..<4)
    #expect(Array(copy) == [ExactNumber(0), ExactNumber(0), numbers[1], numbers[3], numbers[2]])
    copy[0] = numbers[4]
    #expect(!copy.isAllZero)
    #expect(copy.first == numbers[4])
  }

  @Test("Digits count as written without exponent, so that what is printed can be read")
  func digitLimit() throws {
    func nines(_ count: Int) -> String { String(repeating: "9", count: count) }
    for text in [nines(100_000), "1e10000", "\(nines(89_999))e10000", "0.\(nines(99_999))"] {
      let number = try ExactNumber(parsing: text)
      #expect(try ExactNumber(parsing: number.description) == number)
    }
    for text in [
      nines(100_001), "\(nines(90_001))e10000", "0.\(nines(100_000))", "1/\(nines(100_001))",
    ] {
      #expect(throws: NumberFault.tooManyDigits) { try ExactNumber(parsing: text) }
    }
  }
}

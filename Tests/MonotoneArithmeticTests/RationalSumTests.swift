import Testing

@testable import MonotoneArithmetic

@Suite("Sums of products of rationals")
struct RationalSumTests {
  /// Denominators that divide, share a factor with, and are prime to those before them, with signs
  /// and zeros; against one addition after another.
  @Test("A sum over a common denominator is the sum of its terms")
  func sums() {
    let left = [(1, 6), (-5, 4), (0, 7), (22, 9), (-1, 10), (3, 1)]
    let right = [(2, 3), (7, 15), (9, 2), (-4, 35), (11, 6), (0, 5)]
    func number(_ parts: (Int, Int)) -> Rational {
      Rational(numerator: parts.0, denominator: parts.1)
    }
    for count in 0...left.count {
      let sum = Rational.sum(
        over: 0..<count, { number(left[$0]) }, times: { number(right[$0]) })
      let expected = (0..<count).reduce(Rational(0)) {
        $0 + number(left[$1]) * number(right[$1])
      }
      #expect(sum == expected && sum.description == expected.description)
    }
  }
}

import MonotoneArithmetic
import Testing

@Suite("Checked conversions")
struct CheckedConversionTests {
  @Test(
    "What is no integer of the range becomes its nearest end, NaN the lower one",
    arguments: [
      (2.9, 2), (-2.9, -2), (0, 0), (-0.0, 0), (7, 7), (7.5, 7), (8, 7), (-8, -7), (1e308, 7),
      (.infinity, 7), (-.infinity, -7), (.nan, -7), (.leastNonzeroMagnitude, 0),
    ] as [(Double, Int)])
  func clamping(value: Double, expected: Int) {
    #expect(Int(clamping: value, to: -7...7) == expected)
  }

  @Test("The ends of Int are no Doubles, but for the lower one")
  func ends() {
    #expect(Int(clamping: 0x1p63) == .max && Int(clamping: -0x1p63) == .min)
    #expect(Int(clamping: 0x1p63.nextDown) == Int.max - 1023)
    #expect(Int(clamping: 1e300) == .max && Int(clamping: -.infinity) == .min)
    #expect(Int(clamping: .nan, to: 1...3) == 1)
  }

  @Test("Rational numbers are made of finite ones only")
  func rational() {
    for value in [Double.nan, .infinity, -.infinity, .signalingNaN] {
      #expect(Rational(exactly: value) == nil)
      #expect(ExactNumber(exactly: value) == nil)
    }
    #expect(Rational(exactly: -0.75) == Rational(numerator: -3, denominator: 4))
    let power = Rational(finite: 0x1p537)
    #expect(Rational(exactly: .leastNonzeroMagnitude).map { $0 * power * power } == Rational(1))
    #expect(ExactNumber(exactly: 0.5)?.rational == Rational(numerator: 1, denominator: 2))
  }
}

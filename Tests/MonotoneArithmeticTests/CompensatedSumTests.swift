import Testing

@testable import MonotoneArithmetic

@Suite("Compensated sums")
struct CompensatedSumTests {
  /// Sums whose terms cancel to almost nothing, against rational arithmetic.
  @Test("The bound covers the exact sum, and is as small as twice the digits allow")
  func bound() {
    var random = SplitMix(state: 41)
    func number() -> Double {
      let exponent = Int(random.next() % 60) - 30
      let sign: FloatingPointSign = random.next() % 2 == 0 ? .plus : .minus
      return Double(
        sign: sign, exponent: exponent, significand: 1 + Double(random.next() >> 12) * 0x1p-52)
    }
    for _ in 0..<500 {
      var sum = CompensatedSum()
      var exact = Rational(0)
      var magnitude = Rational(0)
      var terms = 0
      func check() {
        let size = magnitude.doubleValue * (1 + 0x1p-50)
        let tracked = sum.tracked(terms: terms, magnitude: size)
        let miss = (Rational(finite: sum.high) + Rational(finite: sum.low) - exact).magnitude
        let bound = CompensatedSum.errorBound(terms: terms, magnitude: size)
        #expect(miss <= Rational(finite: bound), "\(terms) terms")
        #expect(
          (Rational(finite: tracked.value) - exact).magnitude <= Rational(finite: tracked.error))
        #expect(bound <= size * 0x1p-90, "\(terms) terms of size \(size): \(bound)")
      }
      for _ in 0..<20 {
        let (a, b) = (number(), number())
        sum.add(a, times: b)
        sum.add(a)
        sum.add(-a * b)
        exact = exact + Rational(finite: a) * Rational(finite: b) + Rational(finite: a)
        exact = exact - Rational(finite: a * b)
        magnitude = magnitude + (Rational(finite: a) * Rational(finite: b)).magnitude
        magnitude = magnitude + Rational(finite: abs(a)) + Rational(finite: abs(a * b))
        terms += 3
        check()
      }
    }
  }

  @Test("What underflows is paid for")
  func underflow() {
    var sum = CompensatedSum()
    let tiny = 0x1p-600
    for _ in 0..<10 { sum.add(tiny, times: tiny) }
    let exact = Rational(10) * Rational(finite: tiny) * Rational(finite: tiny)
    let bound = CompensatedSum.errorBound(terms: 10, magnitude: 0)
    #expect(bound > 0 && exact <= Rational(finite: bound))
  }

  @Test("A sum that a float64 sum gets wrong")
  func cancellation() {
    var sum = CompensatedSum()
    for term in [1e16, 1, -1e16] { sum.add(term) }
    #expect(sum.high + sum.low == 1)
  }
}

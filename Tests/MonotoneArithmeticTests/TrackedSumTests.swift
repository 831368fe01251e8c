import Testing

@testable import MonotoneArithmetic

@Suite("Sums of products with error bounds")
struct TrackedSumTests {
  private static func sum(_ a: [TrackedDouble], _ b: [TrackedDouble]) -> TrackedDouble {
    TrackedDouble.sum(over: a.indices, { a[$0] }, times: { b[$0] })
  }

  @Test("The sum of a million thirds is as sharp as one of them")
  func sharp() {
    let count = 1 << 20
    let third = TrackedDouble(1.0 / 3)
    let sum = Self.sum(
      [TrackedDouble](repeating: third, count: count),
      [TrackedDouble](repeating: third, count: count))
    let one = Rational(finite: 1.0 / 3)
    let exact = Rational(count) * one * one
    #expect((Rational(finite: sum.value) - exact).magnitude <= Rational(finite: sum.error))
    #expect(sum.error <= 0x1p-52 * sum.value)
  }

  @Test("Numbers anywhere within their bounds add up to one within the bound of the sum")
  func encloses() {
    var random = SplitMix(state: 7)
    func unit() -> Double { Double(random.next() >> 11) * 0x1p-53 }
    for length in [1, 2, 7, 100] {
      for _ in 0..<50 {
        var (a, b) = ([TrackedDouble](), [TrackedDouble]())
        var exact = Rational(0)
        for _ in 0..<length {
          let pair = (0..<2).map { _ in
            let exponent = Int(random.next() % 80) - 40
            let value = (unit() - 0.5) * Double(sign: .plus, exponent: exponent, significand: 1)
            return TrackedDouble(value: value, error: unit() < 0.5 ? 0 : abs(value) * unit())
          }
          a.append(pair[0])
          b.append(pair[1])
          // The far ends of both balls, in either direction.
          let ends = pair.map {
            Rational(finite: $0.value)
              + Rational(finite: $0.error) * Rational(unit() < 0.5 ? 1 : -1)
          }
          exact = exact + ends[0] * ends[1]
        }
        let sum = Self.sum(a, b)
        #expect((Rational(finite: sum.value) - exact).magnitude <= Rational(finite: sum.error))
      }
    }
  }

  @Test("What is zero counts for nothing, whatever it multiplies; what cancels does not")
  func zeros() {
    let unknown = TrackedDouble(value: 1, error: .infinity)
    let zero = TrackedDouble(0)
    #expect(Self.sum([], []).isExactlyZero)
    #expect(Self.sum([zero, unknown], [unknown, zero]).isExactlyZero)
    #expect(!Self.sum([unknown], [TrackedDouble(1)]).isKnown)
    let (one, third) = (TrackedDouble(1), TrackedDouble(1.0 / 3))
    #expect(!Self.sum([third, -third], [one, one]).isExactlyZero)
    #expect(!Self.sum([TrackedDouble(.greatestFiniteMagnitude)], [TrackedDouble(2)]).isKnown)
  }

  @Test("Products that underflow are paid for")
  func underflow() {
    let tiny = TrackedDouble(value: 0x1p-600, error: 0x1p-620)
    let sum = Self.sum([tiny, tiny], [tiny, tiny])
    let end = Rational(finite: 0x1p-600) + Rational(finite: 0x1p-620)
    let exact = Rational(2) * end * end
    #expect((Rational(finite: sum.value) - exact).magnitude <= Rational(finite: sum.error))
  }

  @Test("Float balls add up alike")
  func floatBalls() {
    let numbers = [0.1, 0.7, -1.3].map { TrackedDouble(value: $0, error: 1e-9) }
    let balls = numbers.map { FloatBall($0) }
    let sum = FloatBall.sum(over: balls.indices, { balls[$0] }, times: { balls[$0] })
    #expect(sum == FloatBall(Self.sum(numbers, numbers)))
  }

  @Test("Stored numbers are those of float64, with their errors")
  func stored() throws {
    let texts = [
      "0", "1", "-3", "0.1", "-0.125", "0.3333", "1/3", "-2/7", "123456789012345678901234567890",
      "144115188075855871", "0.0000000000000000000000000000001", "9007199254740993",
      "0.0009765625", "1e-19",
    ]
    let numbers = try texts.map { try ExactNumber(parsing: $0) }
    let array = ExactNumberArray(numbers)
    for (index, number) in numbers.enumerated() {
      let found = try array.tracked(index)
      let miss = (Rational(finite: found.value) - number.rational).magnitude
      #expect(found.value == number.approximation, "\(texts[index])")
      #expect(miss <= Rational(finite: found.error), "\(texts[index])")
      #expect((found.error == 0) == number.isExact(found.value), "\(texts[index])")
    }
  }
}

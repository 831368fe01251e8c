import Foundation
import Testing

@testable import NeuralTRPO

/// tanh against the C library's, which is right to an ulp or two, in double precision.
@Suite("Hyperbolic tangent")
struct HyperbolicTangentTests {
  /// Every 9,973rd of all finite Float values.
  @Test("Float is within 5.5 ulp of the truth")
  func float() {
    var worst = 0.0
    for bits in stride(from: UInt32(0), to: 0x7F80_0000, by: 9_973) {
      let x = Float(bitPattern: bits)
      for sign: Float in [1, -1] {
        var value = sign * x
        Float.applyTanh(&value, count: 1)
        let truth = Foundation.tanh(Double(sign * x))
        worst = max(worst, abs(Double(value) - truth) / Double(Float(truth).ulp))
      }
    }
    #expect(worst <= 5.5, "\(worst) ulp")
  }

  @Test("Double is within four ulp of the C library")
  func double() {
    var worst = 0.0
    for step in 0..<400_000 {
      let x = (Double(step) - 200_000) / 8_000
      for scale in [1, 1e-3, 1e-9] {
        var value = x * scale
        Double.applyTanh(&value, count: 1)
        let truth = Foundation.tanh(x * scale)
        worst = max(worst, abs(value - truth) / truth.ulp)
      }
    }
    #expect(worst <= 4, "\(worst) ulp")
  }

  @Test("What is not a number stays so; any count is done")
  func notANumber() {
    var floats: [Float] = [0, .nan, 1, -1, .infinity, -.infinity, 0.5, 2, 3, .nan, -0.25]
    Float.applyTanh(&floats, count: floats.count)
    #expect(floats[1].isNaN && floats[9].isNaN)
    #expect(floats[4] == -floats[5] && abs(floats[4] - 1) <= 3 * Float(1).ulp)
    #expect(abs(floats[10] - Foundation.tanh(-0.25)) < 1e-7)
    var doubles: [Double] = [.nan, .infinity, -.infinity, 0.5, 2]
    Double.applyTanh(&doubles, count: doubles.count)
    #expect(doubles[0].isNaN && doubles[1] == 1 && doubles[2] == -1)
    #expect(abs(doubles[4] - Foundation.tanh(2.0)) < 1e-15)
  }
}

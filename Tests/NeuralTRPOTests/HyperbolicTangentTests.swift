import Foundation
import Testing

@testable import NeuralTRPO

/// tanh against the C library's, which is right to an ulp or two, in double precision.
@Suite("Hyperbolic tangent")
struct HyperbolicTangentTests {
  /// Every 29,989th of all finite Float values.
  @Test("Float is within 5.5 ulp of the truth")
  func float() {
    let positive = stride(from: UInt32(0), to: 0x7F80_0000, by: 29_989).map {
      Float(bitPattern: $0)
    }
    let arguments = positive + positive.map { -$0 }
    var values = arguments
    Float.applyTanh(&values, count: values.count)
    var worst = 0.0
    for (x, value) in zip(arguments, values) {
      let truth = Foundation.tanh(Double(x))
      worst = max(worst, abs(Double(value) - truth) / Double(Float(truth).ulp))
    }
    #expect(worst <= 5.5, "\(worst) ulp")
  }

  @Test("Double is within four ulp of the C library")
  func double() {
    let arguments = (0..<60_000).flatMap { step in
      [1, 1e-3, 1e-9].map { $0 * (Double(step) - 30_000) / 1_200 }
    }
    var values = arguments
    Double.applyTanh(&values, count: values.count)
    var worst = 0.0
    for (x, value) in zip(arguments, values) {
      let truth = Foundation.tanh(x)
      worst = max(worst, abs(value - truth) / truth.ulp)
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

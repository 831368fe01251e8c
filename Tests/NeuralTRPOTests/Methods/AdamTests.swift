import Testing

@testable import NeuralTRPO

@Suite("Adam")
struct AdamTests {
  struct Golden: Decodable {
    var configuration: AdamConfiguration
    var parameters: [Double]
    var gradients: [[Double]]
    var result: [Double]
    var firstMoment: [Double]
    var secondMoment: [Double]
  }

  /// Both round a few times a step, and no step moves a parameter of size 1 by more than 0.01: 40
  /// steps are wrong by less than 40 · 4 ulp of 1.
  private static let tolerance = 160 * Double.ulpOfOne

  @Test("Forty steps are PyTorch's")
  func golden() throws {
    let golden = try TrainingGoldens.load("adam.json", as: Golden.self)
    var parameters = golden.parameters
    var adam = Adam<Double>(parameterCount: parameters.count)
    for gradient in golden.gradients {
      Self.step(&adam, &parameters, gradient, golden.configuration)
    }
    #expect(adam.steps == golden.gradients.count)
    for (value, truth) in [
      (parameters, golden.result), (adam.firstMoment, golden.firstMoment),
      (adam.secondMoment, golden.secondMoment),
    ] {
      for (x, y) in zip(value, truth) { #expect(abs(x - y) <= Self.tolerance * max(1, abs(y))) }
    }
  }

  @Test("A saved state goes on as if it had never been saved")
  func restored() throws {
    let golden = try TrainingGoldens.load("adam.json", as: Golden.self)
    var (straight, resumed) = (golden.parameters.map(Float.init), golden.parameters.map(Float.init))
    var adam = Adam<Float>(parameterCount: straight.count)
    var other = adam
    for gradient in golden.gradients {
      let gradient = gradient.map(Float.init)
      Self.step(&adam, &straight, gradient, .init())
      other = Adam(
        firstMoment: other.firstMoment, secondMoment: other.secondMoment, steps: other.steps)
      Self.step(&other, &resumed, gradient, .init())
    }
    #expect(straight == resumed && adam == other)
  }

  private static func step<Number: NetworkNumber>(
    _ adam: inout Adam<Number>, _ parameters: inout [Number], _ gradient: [Number],
    _ configuration: AdamConfiguration
  ) {
    parameters.withUnsafeMutableBufferPointer { parameters in
      gradient.withUnsafeBufferPointer { adam.step(parameters, gradient: $0, configuration) }
    }
  }
}

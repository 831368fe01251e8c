import MonotoneProbability
import Testing

@testable import NeuralTRPO

/// Derivatives of such networks are among those of ``DerivativeTests``.
@Suite("Hidden layers without biases")
struct HiddenBiasTests {
  @Test("The swimmer of Schulman et al. 2015 has 364 parameters")
  func count() {
    let head = DiagonalGaussian(dimensions: 2)
    let shape = NetworkShape(inputs: 10, hidden: [30], outputs: 2, hasHiddenBiases: false)
    // 10·30 + 30·2 + 2 and two deviations.
    #expect(shape.parameterCount + head.parameterCount == 364)
    #expect(shape.layers.map(\.end) == [300, 362])
    for initialisation in [NetworkInitialisation.orthogonal(outputGain: 1), .uniform] {
      var stream = RandomStream(seed: 1)
      let parameters = initialisation.parameters(of: shape, as: Double.self, stream: &stream)
      #expect(parameters.count == 362)
    }
  }

  @Test("Outputs are those of a network whose hidden biases are 0")
  func outputs() {
    let shape = NetworkShape(inputs: 3, hidden: [5, 4], outputs: 2, hasHiddenBiases: false)
    let full = NetworkShape(inputs: 3, hidden: [5, 4], outputs: 2)
    var random = RandomStream(seed: 2)
    let parameters = (0..<shape.parameterCount).map { _ in random.normal() }
    var widened: [Double] = []
    for (layer, wide) in zip(shape.layers, full.layers) {
      widened += parameters[layer.weightStart..<layer.end]
      widened += [Double](repeating: 0, count: wide.end - widened.count)
    }
    let inputs = (0..<12).map { _ in random.normal() }
    func outputs(_ shape: NetworkShape, _ parameters: [Double]) -> [Double] {
      let network = MultilayerPerceptron<Double>(shape, capacity: 4)
      network.inputs.set(inputs)
      parameters.withUnsafeBufferPointer { network.forward($0, rows: 4) }
      return (0..<8).map { network.outputs.start[$0] }
    }
    #expect(outputs(shape, parameters) == outputs(full, widened))
  }
}

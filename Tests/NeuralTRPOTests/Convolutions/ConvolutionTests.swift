import MonotoneProbability
import Testing

@testable import NeuralTRPO

@Suite("Convolutional networks")
struct ConvolutionTests {
  /// Outputs are sums of order 1 over at most a hundred numbers a layer, in five layers.
  private static let rounding = 1e-13

  @Test(
    "Outputs are those of the sums written out, from numbers and from bytes",
    arguments: RandomConvolutions.all)
  func outputs(test: RandomConvolutions) {
    let outputs = test.outputs(test.network(), test.parameters)
    #expect(outputs == test.outputs(test.network(keepsBytes: true), test.parameters))
    let width = test.shape.outputs
    for row in 0..<test.rows {
      for (value, truth) in zip(outputs[row * width..<(row + 1) * width], test.plainOutputs(row)) {
        #expect(abs(value - truth) <= Self.rounding * max(1, abs(truth)), "row \(row)")
      }
    }
  }

  /// Of five-point differences with step 1e-3, as in `DerivativeTests`; a rectifier has kinks.
  @Test(
    "J v is the slope of the outputs",
    arguments: RandomConvolutions.all.filter { $0.shape.activation == .tanh })
  func slopes(test: RandomConvolutions) {
    let (network, h) = (test.network(), 1e-3)
    let moved = [-2.0, -1, 1, 2].map { step in
      test.outputs(network, zip(test.parameters, test.direction).map { $0 + step * h * $1 })
    }
    _ = test.outputs(network, test.parameters)
    let tangents = test.pushed(network, test.shape.blocks(of: test.rows))
    for (index, tangent) in tangents.enumerated() {
      let slope =
        (8 * (moved[2][index] - moved[1][index]) - (moved[3][index] - moved[0][index])) / (12 * h)
      #expect(abs(slope - tangent) <= 1e-9 * max(1, abs(slope)))
    }
  }

  /// Both sides are sums of the same products in another order.
  @Test("uᵀ (J v) = (Jᵀ u)ᵀ v, whichever block comes first", arguments: RandomConvolutions.all)
  func adjoint(test: RandomConvolutions) {
    let network = test.network(keepsBytes: true)
    _ = test.outputs(network, test.parameters)
    let blocks = test.shape.blocks(of: test.rows)
    let tangents = test.pushed(network, blocks)
    let gradient = test.pulled(network, blocks.reversed())
    func product(_ x: [Double], _ y: [Double]) -> Double {
      zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
    }
    func size(_ x: [Double]) -> Double { product(x, x).squareRoot() }
    let (forth, back) = (product(test.cotangents, tangents), product(gradient, test.direction))
    let scale = size(test.cotangents) * size(tangents) + size(gradient) * size(test.direction)
    #expect(abs(forth - back) <= 1e-13 * scale)
    // A derivative is that of the last forward pass, at whatever block it was asked for before.
    #expect(test.pushed(network, blocks.reversed()) == tangents)
  }

  @Test("New images and parameters are not answered from old ones")
  func renewal() {
    let (test, other) = (RandomConvolutions.all[61], RandomConvolutions.all[62])
    let network = other.network()
    _ = other.outputs(network, other.parameters)
    _ = other.pushed(network, other.shape.blocks(of: other.rows))
    network.inputs.set(test.images)
    let moved = test.parameters.map { -$0 }
    #expect(test.outputs(network, moved) == test.outputs(test.network(), moved))
    _ = test.outputs(network, test.parameters)
    let fresh = test.network()
    _ = test.outputs(fresh, test.parameters)
    let blocks = test.shape.blocks(of: test.rows)
    #expect(test.pulled(network, blocks) == test.pulled(fresh, blocks))
  }

  /// Rows of weight 1/N add up; a block holds two of the images, and the batch has five.
  @Test("Surrogate and divergence at another policy are the means of those of each image")
  func otherPolicy() throws {
    let test = try #require(RandomConvolutions.all.last)
    let head = FactoredCategorical(choices: [test.shape.outputs])
    let moved = zip(test.parameters, test.direction).map { $0 + 10 * $1 }
    func values(_ rows: Range<Int>) -> PolicyBatch<Double>.Values {
      let batch = PolicyBatch<Double>(shape: test.shape, head: head, capacity: rows.count)
      let width = test.shape.inputs
      batch.load(
        observations: Array(test.images[rows.lowerBound * width..<rows.upperBound * width]),
        actions: rows.map { Double($0 % 2) }, advantages: rows.map { Double($0) - 1.5 },
        parameters: test.parameters)
      return batch.values(moved)
    }
    let whole = values(0..<test.rows)
    let each = (0..<test.rows).map { values($0..<$0 + 1) }
    let count = Double(test.rows)
    #expect(abs(whole.surrogate - each.reduce(0) { $0 + $1.surrogate } / count) <= 1e-13)
    #expect(abs(whole.meanDivergence - each.reduce(0) { $0 + $1.meanDivergence } / count) <= 1e-13)
    #expect(whole.meanDivergence > 1e-6)
  }

  /// Images of two blocks of 8 and some more, in single precision as in training.
  @Test("The paper's network in Float agrees with Double to its precision")
  func float() {
    let shape = ConvolutionalShapeTests.paper
    let test = RandomConvolutions(shape, rows: 18, seed: 5)
    var random = RandomStream(seed: 2)
    let advantages = (0..<test.rows).map { _ in random.normal() }
    let actions = (0..<test.rows).flatMap { _ in
      Joystick.choices.map { Double(random.integer(below: $0)) }
    }
    func results<Number: NetworkNumber>(_ type: Number.Type) -> [[Double]] {
      let batch = PolicyBatch<Number>(
        shape: shape, head: FactoredCategorical(choices: Joystick.choices), capacity: 20)
      batch.load(
        observations: test.images.map { Number($0) }, actions: actions.map { Number($0) },
        advantages: advantages.map { Number($0) }, parameters: test.parameters.map { Number($0) })
      var product = [Number](repeating: 0, count: batch.parameterCount)
      batch.fisherProduct(test.direction.map { Number($0) }, into: &product)
      return [Number.doubles(batch.gradient()), Number.doubles(product)]
    }
    for (single, double) in zip(results(Float.self), results(Double.self)) {
      let largest = double.reduce(0) { max($0, abs($1)) }
      #expect(largest > 0)
      // Sums over 18 · 475 places of a few roundings of 6e-8 each.
      for (x, y) in zip(single, double) { #expect(abs(x - y) <= 2e-5 * largest) }
    }
  }

  @Test("Whole numbers from 0 to 255 alone are bytes", arguments: ["-1", "0.5", "256", "nan"])
  func bytes(text: String) async {
    await #expect(processExitsWith: .failure) { [text] in
      let shape = NetworkShape(
        .of(ImageShape(height: 1, width: 2, channels: 1, holdsBytes: true), []), hidden: [],
        outputs: 1)
      shape.network(capacity: 1, keepsBytes: true, of: Double.self).inputs.set([
        255, Double(text) ?? 0,
      ])
    }
  }
}

import Foundation
import Testing

@testable import NeuralTRPO

/// Policies on small batches as PyTorch sees them: `Tools/make_trpo_goldens.py`, and those that begin with
/// convolutions: `Tools/make_convolution_goldens.py`.
struct PolicyGolden: Decodable, Sendable, CustomTestStringConvertible {
  var name: String
  var head: Head
  /// Of a network of dense layers alone.
  var inputs: Int?
  /// Height, width and channels, and the convolutions' filters, kernels and strides.
  var image: [Int]?
  var holdsBytes: Bool?
  var convolutions: [[Int]]?
  var activation: String?
  var hidden: [Int]
  var parameters: [Double]
  var observations: [Double]
  var actions: [Double]
  var advantages: [Double]
  var weights: [Double]
  /// A vector like the parameters, and one like the outputs of all rows.
  var direction: [Double]
  var cotangents: [Double]
  /// Another policy.
  var otherParameters: [Double]

  var outputs: [Double]
  var logProbabilities: [Double]
  var entropies: [Double]
  var surrogate: Double
  var gradient: [Double]
  /// J v and Jᵀ u of the network.
  var jacobianProduct: [Double]
  var transposedProduct: [Double]
  /// The Hessian of the mean divergence at the policy: its product, and its rows up to the diagonal.
  var fisherProduct: [Double]
  var fisherLowerTriangle: [Double]?
  var otherSurrogate: Double
  var otherDivergence: Double
  /// The policy after an update, and the trials of its line search.
  var updated: [Double]?
  var trials: Int?

  struct Head: Decodable, Sendable {
    var choices: [Int]?
    var dimensions: Int?
    var fixedLogDeviation: Double?

    var head: any PolicyHead {
      choices.map { FactoredCategorical(choices: $0) }
        ?? DiagonalGaussian(dimensions: dimensions ?? 0, fixedLogDeviation: fixedLogDeviation)
    }
  }

  var testDescription: String { name }

  var shape: NetworkShape {
    let outputs = head.head.outputs
    guard let image, let convolutions else {
      return NetworkShape(inputs: inputs ?? 0, hidden: hidden, outputs: outputs)
    }
    return NetworkShape(
      .of(
        ImageShape(
          height: image[0], width: image[1], channels: image[2], holdsBytes: holdsBytes ?? false),
        convolutions.map { Convolution(filters: $0[0], kernel: $0[1], stride: $0[2]) }),
      hidden: hidden, outputs: outputs,
      activation: activation.flatMap(Activation.init) ?? .tanh)
  }

  var rows: Int { advantages.count }

  /// A workspace with the batch in it.
  func loaded() -> PolicyBatch<Double> {
    let batch = PolicyBatch<Double>(shape: shape, head: head.head, capacity: rows)
    batch.load(
      observations: observations, actions: actions, advantages: advantages, weights: weights,
      parameters: parameters)
    return batch
  }

  /// A workspace of the network after a forward pass, and its parameters.
  func network() -> any Network<Double> {
    let network = shape.network(capacity: rows, of: Double.self)
    network.inputs.set(observations)
    parameters.withUnsafeBufferPointer {
      network.forward(UnsafeBufferPointer(rebasing: $0[..<shape.parameterCount]), rows: rows)
    }
    return network
  }

  static let all = load("policies") + convolutional
  static let convolutional = load("convolutions")

  private static func load(_ name: String) -> [PolicyGolden] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Goldens/trpo/\(name).json")
    do {
      return try JSONDecoder().decode([PolicyGolden].self, from: Data(contentsOf: file))
    } catch {
      fatalError("\(file.path): \(error)")
    }
  }
}

extension ConvolutionalShape {
  /// A shape that there is.
  static func of(_ image: ImageShape, _ convolutions: [Convolution]) -> ConvolutionalShape {
    do {
      return try ConvolutionalShape(image, convolutions)
    } catch {
      fatalError("\(error)")
    }
  }
}

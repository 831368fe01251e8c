import Foundation
import Testing

@testable import NeuralTRPO

/// Policies on small batches as PyTorch sees them: `Tools/make_trpo_goldens.py`.
struct PolicyGolden: Decodable, Sendable, CustomTestStringConvertible {
  var name: String
  var head: Head
  var inputs: Int
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
  var fisherLowerTriangle: [Double]
  var otherSurrogate: Double
  var otherDivergence: Double

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
    NetworkShape(inputs: inputs, hidden: hidden, outputs: head.head.outputs)
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
  func network() -> MultilayerPerceptron<Double> {
    let network = MultilayerPerceptron<Double>(shape, capacity: rows)
    network.inputs.set(observations)
    parameters.withUnsafeBufferPointer {
      network.forward(UnsafeBufferPointer(rebasing: $0[..<shape.parameterCount]), rows: rows)
    }
    return network
  }

  static let all: [PolicyGolden] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Goldens/trpo/policies.json")
    do {
      return try JSONDecoder().decode([PolicyGolden].self, from: Data(contentsOf: file))
    } catch {
      fatalError("\(file.path): \(error)")
    }
  }()
}

import Foundation

@testable import NeuralTRPO

/// Updates of linear policies as SciPy solves them: `Tools/make_method_goldens.py`.
struct MethodGoldens: Decodable {
  struct Batch: Decodable, Sendable {
    var name: String
    var choices: Int?
    var dimensions: Int?
    var inputs: Int
    var parameters: [Double]
    var observations: [Double]
    var actions: [Double]
    var advantages: [Double]
    // Of the largest divergence.
    var delta: Double?
    var gain: Double?
    var meanDirectionGain: Double?
    // Of a regression.
    var temperature: Double?
    var probabilities: [Double]?
    var weights: [Double]?
    var deviations: [Double]?

    var head: any PolicyHead {
      choices.map { FactoredCategorical(choices: [$0]) }
        ?? DiagonalGaussian(dimensions: dimensions ?? 0)
    }

    var shape: NetworkShape { NetworkShape(inputs: inputs, hidden: [], outputs: head.outputs) }

    var rows: BatchRows<Double> {
      BatchRows(
        observations: ObservationRows(observations, width: inputs), actions: actions, masks: [],
        advantages: advantages, weights: advantages.map { _ in 1 / Double(advantages.count) })
    }

    /// A workspace with the batch in it.
    func loaded() -> PolicyBatch<Double> {
      let batch = PolicyBatch<Double>(shape: shape, head: head, capacity: advantages.count)
      batch.load(rows, parameters)
      return batch
    }
  }

  var largestDivergence: [Batch]
  var regression: [Batch]

  static let all: MethodGoldens = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Goldens/training/methods.json")
    do {
      return try JSONDecoder().decode(MethodGoldens.self, from: Data(contentsOf: file))
    } catch {
      fatalError("\(file.path): \(error)")
    }
  }()
}

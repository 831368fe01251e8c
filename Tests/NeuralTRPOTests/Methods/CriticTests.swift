import MonotoneProbability
import Testing

@testable import NeuralTRPO

@Suite("Critic")
struct CriticTests {
  struct Golden: Decodable {
    var widths: [Int]
    var parameters, observations, targets, result, values, loss, explainedVariance: [Double]
    var learningRate: Double
    var epochs, minibatch: Int
    var seed, stream: UInt64

    func critic() -> Critic<Double> {
      let shape = NetworkShape(
        inputs: widths[0], hidden: Array(widths[1..<(widths.count - 1)]), outputs: 1)
      return Critic(
        shape: shape, parameters: parameters, adam: Adam(parameterCount: shape.parameterCount))
    }
  }

  /// Every step divides a gradient by its own size, so that 1e-15 of rounding in a gradient of
  /// cancelling terms moves a parameter by less than the rate, 5e-3, times 1e-12. Twelve steps.
  private static let tolerance = 1e-13

  @Test("Three epochs of shuffled minibatches leave PyTorch's weights")
  func golden() throws {
    let golden = try TrainingGoldens.load("critic.json", as: Golden.self)
    let critic = golden.critic()
    var stream = RandomStream(seed: golden.seed, stream: golden.stream)
    let record = critic.fit(
      observations: golden.observations, targets: golden.targets,
      CriticConfiguration(
        adam: .init(learningRate: golden.learningRate), epochs: golden.epochs,
        minibatch: golden.minibatch), stream: &stream)
    for (x, y) in zip(critic.parameters, golden.result) { #expect(abs(x - y) <= Self.tolerance) }
    // Values and losses are sums of a few dozen such parameters.
    for (x, y) in zip(critic.values(golden.observations), golden.values) {
      #expect(abs(x - y) <= 100 * Self.tolerance)
    }
    for (x, y) in zip(
      [
        record.lossBefore, record.lossAfter, record.explainedVarianceBefore,
        record.explainedVarianceAfter,
      ], golden.loss + golden.explainedVariance)
    { #expect(abs(x - y) <= 100 * Self.tolerance) }
  }

  /// 600 rows are more than two blocks. A full batch is one step, whatever the order of its rows but
  /// for rounding; and a minibatch that holds all rows is the same step in another order.
  @Test("A batch of several blocks is one step; without minibatches nothing is drawn")
  func fullBatch() {
    let rows = 600
    var random = RandomStream(seed: 3)
    let observations = (0..<rows * 4).map { _ in random.normal() }
    let targets = (0..<rows).map { _ in random.normal() }
    let start = Critic<Double>(
      NetworkShape(inputs: 4, hidden: [9, 6], outputs: 1), stream: &random)
    var results: [[Double]] = []
    for minibatch in [nil, rows, 10 * rows] {
      let critic = Critic(shape: start.shape, parameters: start.parameters, adam: start.adam)
      var stream = RandomStream(seed: 1)
      _ = critic.fit(
        observations: observations, targets: targets,
        CriticConfiguration(epochs: 2, minibatch: minibatch), stream: &stream)
      #expect(critic.adam.steps == 2)
      #expect((stream.position == 0) == (minibatch == nil))
      results.append(critic.parameters)
    }
    #expect(results[1] == results[2])
    for (x, y) in zip(results[0], results[1]) { #expect(abs(x - y) <= 1e-12) }
    // Values of many rows are those of each row: of size 1, from sums of a dozen products.
    let values = start.values(observations)
    for row in 0..<rows {
      let alone = start.values(Array(observations[4 * row..<4 * row + 4]))
      #expect(abs(values[row] - alone[0]) <= 1e-14)
    }
  }

  @Test("A saved critic goes on as if it had never been saved")
  func restored() throws {
    let golden = try TrainingGoldens.load("critic.json", as: Golden.self)
    let (straight, other) = (golden.critic(), golden.critic())
    var streams = [RandomStream(seed: 1), RandomStream(seed: 1)]
    for _ in 0..<3 {
      let resumed = golden.critic()
      resumed.restore(parameters: other.parameters, adam: other.adam)
      var records: [CriticRecord] = []
      for (index, critic) in [straight, resumed].enumerated() {
        records.append(
          critic.fit(
            observations: golden.observations, targets: golden.targets, .init(minibatch: 7),
            stream: &streams[index]))
      }
      #expect(records[0] == records[1])
      other.restore(parameters: resumed.parameters, adam: resumed.adam)
    }
    #expect(straight.parameters == other.parameters && straight.adam == other.adam)
  }

  /// A linear function of two inputs, which a network of this size can learn to 1e-3 of its variance.
  @Test("It learns; constant targets have no variance to explain")
  func learns() {
    var random = RandomStream(seed: 9)
    let observations = (0..<400).map { _ in Float(random.normal()) }
    let targets = (0..<200).map { observations[2 * $0] - 0.5 * observations[2 * $0 + 1] }
    let critic = Critic<Float>(
      NetworkShape(inputs: 2, hidden: [16], outputs: 1), stream: &random)
    let configuration = CriticConfiguration(
      adam: .init(learningRate: 0.01), epochs: 60, minibatch: 20)
    let record = critic.fit(
      observations: observations, targets: targets, configuration, stream: &random)
    #expect(record.explainedVarianceAfter > 0.999 && record.isFinite)
    let constant = critic.fit(
      observations: observations, targets: [Float](repeating: 2, count: 200),
      .init(epochs: 1), stream: &random)
    #expect(constant.explainedVarianceAfter.isNaN && constant.isFinite)
  }
}

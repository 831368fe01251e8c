import MonotoneProbability

@testable import NeuralTRPO

/// A random policy and batch of it, as tests need them.
struct TestBatch {
  let shape: NetworkShape
  let head: any PolicyHead
  var parameters: [Double]
  var observations: [Double]
  var actions: [Double]
  var advantages: [Double]

  /// Every head, with and without hidden layers.
  static let all: [TestBatch] = [
    TestBatch(head: FactoredCategorical(choices: [3]), hidden: [7, 5], seed: 1),
    TestBatch(head: FactoredCategorical(choices: [4]), hidden: [], seed: 2),
    TestBatch(head: FactoredCategorical(choices: [3, 2, 4]), hidden: [6], seed: 3),
    TestBatch(
      head: DiagonalGaussian(dimensions: 1, fixedLogDeviation: 0), hidden: [8, 8], seed: 4),
    TestBatch(head: DiagonalGaussian(dimensions: 3), hidden: [6, 5], seed: 5),
    TestBatch(head: FactoredCategorical(choices: [2]), hidden: [19, 9, 6], seed: 6),
    TestBatch(
      head: DiagonalGaussian(dimensions: 2), hidden: [9, 5], hasHiddenBiases: false, seed: 7),
    TestBatch(
      head: FactoredCategorical(choices: [3]), hidden: [6], hasHiddenBiases: false, seed: 8),
  ]

  /// More rows than two blocks, so that blocks and their borders matter.
  static let rows = 600
  let rows: Int

  init(
    head: any PolicyHead, hidden: [Int], hasHiddenBiases: Bool = true, inputs: Int = 4,
    rows: Int = Self.rows, seed: UInt64
  ) {
    self.rows = rows
    var random = RandomStream(seed: seed)
    shape = NetworkShape(
      inputs: inputs, hidden: hidden, outputs: head.outputs, hasHiddenBiases: hasHiddenBiases)
    self.head = head
    parameters = (0..<(shape.parameterCount + head.parameterCount)).map { _ in
      0.5 * random.normal()
    }
    observations = (0..<(rows * inputs)).map { _ in random.normal() }
    advantages = (0..<rows).map { _ in random.normal() }
    actions = (0..<(rows * head.actionWidth)).map { index in
      guard let categorical = head as? FactoredCategorical else { return random.normal() }
      let count = categorical.factors[index % categorical.factors.count]
      return Double(random.integer(below: count))
    }
  }

  /// A batch whose rows share their observations in groups of so many.
  init(_ other: TestBatch, repeatingObservations size: Int) {
    (shape, head, parameters, rows) = (other.shape, other.head, other.parameters, other.rows)
    (actions, advantages) = (other.actions, other.advantages)
    observations = (0..<rows).flatMap { other.observation($0 / size) }
  }

  /// A workspace with the batch in it.
  func loaded() -> PolicyBatch<Double> {
    let batch = PolicyBatch<Double>(shape: shape, head: head, capacity: rows)
    batch.load(
      observations: observations, actions: actions, advantages: advantages, parameters: parameters)
    return batch
  }

  /// The policy a row at a time, and an observation.
  var plain: PlainPolicy { PlainPolicy(shape: shape, head: head, parameters: parameters) }

  func observation(_ row: Int) -> ArraySlice<Double> {
    observations[(row * shape.inputs)..<((row + 1) * shape.inputs)]
  }

  func action(_ row: Int) -> ArraySlice<Double> {
    actions[(row * head.actionWidth)..<((row + 1) * head.actionWidth)]
  }

  /// A random direction of length 1 in parameter space.
  func direction(seed: UInt64) -> [Double] {
    var random = RandomStream(seed: seed)
    let direction = parameters.map { _ in random.normal() }
    let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return direction.map { $0 / length }
  }

  /// θ + step · v.
  func moved(by step: Double, _ direction: [Double]) -> [Double] {
    zip(parameters, direction).map { $0 + step * $1 }
  }

  /// A five-point difference of a function of θ along a direction, at θ: with h = 1e-3 wrong by
  /// h⁴/30 times a fifth derivative and by rounding of 1e-15/h.
  func slope(along direction: [Double], _ function: ([Double]) -> Double) -> Double {
    let h = 1e-3
    let values = [-2, -1, 1, 2].map { function(moved(by: $0 * h, direction)) }
    return (8 * (values[2] - values[1]) - (values[3] - values[0])) / (12 * h)
  }
}

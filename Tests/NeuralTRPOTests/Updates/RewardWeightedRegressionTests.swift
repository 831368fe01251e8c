import MonotoneLinearAlgebra
import MonotoneProbability
import Testing

@testable import NeuralTRPO

@Suite("Reward-weighted regression")
struct RewardWeightedRegressionTests {
  static let exact = UpdateConfiguration(
    conjugateGradient: .init(iterations: 60, tolerance: 1e-13), fisherShare: 0.1)

  /// By least squares and by BFGS; scoring converges quadratically, so that ten rounds end at rounding.
  @Test("A linear policy becomes the weighted fit that SciPy finds", arguments: 0..<2)
  func fit(index: Int) throws {
    let golden = MethodGoldens.all.regression[index]
    let batch = golden.loaded()
    var parameters = golden.parameters
    let record = RewardWeightedRegression.perform(
      on: &parameters, batch, golden.rows, temperature: try #require(golden.temperature),
      Self.exact)
    #expect(record.outcome == .accepted && record.surrogateGain > 0)
    let policy = PlainPolicy(shape: golden.shape, head: golden.head, parameters: parameters)
    if let probabilities = golden.probabilities {
      let found = (0..<batch.rows).flatMap { row in
        policy.factors(
          policy.outputs(
            golden.observations[(row * golden.inputs)..<((row + 1) * golden.inputs)]))
      }.joined()
      for (x, y) in zip(found, probabilities) { #expect(abs(x - y) <= 1e-6) }
    }
    if let weights = golden.weights, let deviations = golden.deviations {
      for (x, y) in zip(parameters, weights) { #expect(abs(x - y) <= 1e-8) }
      for (x, y) in zip(policy.deviations, deviations) { #expect(abs(x - y) <= 1e-6) }
    }
    // The record's divergences are from the policy that acted.
    #expect(batch.oldParameters == golden.parameters)
    #expect(record.meanDivergence == batch.values(parameters).meanDivergence)
  }

  @Test("A linear mean with a fixed deviation is fitted in one round")
  func oneRound() {
    let head = DiagonalGaussian(dimensions: 1, fixedLogDeviation: -0.3)
    let test = TestBatch(head: head, hidden: [], inputs: 1, rows: 50, seed: 3)
    var parameters = test.parameters
    let rows = BatchRows(
      observations: ObservationRows(test.observations, width: 1), actions: test.actions, masks: [],
      advantages: test.advantages, weights: test.advantages.map { _ in 0.02 })
    let record = RewardWeightedRegression.perform(
      on: &parameters, test.loaded(), rows, temperature: 1.5, Self.exact)
    // The line through weighted points: slope = weighted covariance over variance.
    let mean = test.advantages.reduce(0, +) / 50
    let deviation =
      (test.advantages.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 50).squareRoot()
    let weights = test.advantages.map { Self.exponential(($0 - mean) / deviation / 1.5) }
    func average(_ value: (Int) -> Double) -> Double {
      (0..<50).reduce(0) { $0 + weights[$1] * value($1) } / weights.reduce(0, +)
    }
    let (x, y) = (average { test.observations[$0] }, average { test.actions[$0] })
    let slope =
      average { (test.observations[$0] - x) * (test.actions[$0] - y) }
      / average { (test.observations[$0] - x) * (test.observations[$0] - x) }
    #expect(abs(parameters[0] - slope) <= 1e-10)
    #expect(abs(parameters[1] - (y - slope * x)) <= 1e-10)
    // A first round, and one that finds nothing more.
    #expect(record.trials <= 1 + Self.exact.trials && record.stepShare == 1)
  }

  /// By the series of e, apart from the library's.
  private static func exponential(_ x: Double) -> Double {
    (1...60).reduce((sum: 1.0, term: 1.0)) { state, n in
      let term = state.term * x / Double(n)
      return (state.sum + term, term)
    }.sum
  }

  @Test("Equal advantages weigh nothing apart, and huge ones are numbers")
  func weights() {
    func weights(_ advantages: [Double], _ temperature: Double) -> [Double] {
      RewardWeightedRegression.weights(
        BatchRows(
          observations: ObservationRows(width: 1), actions: [], masks: [], advantages: advantages,
          weights: [0.25, 0.5, 0.25]), temperature: temperature)
    }
    #expect(weights([3, 3, 3], 1) == [0.25, 0.5, 0.25])
    let extreme = weights([1e100, -1e100, 1e100], 1e-6)
    #expect(extreme == [0.5, 0, 0.5])
  }
}

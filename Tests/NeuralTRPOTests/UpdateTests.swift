import MonotoneProbability
import Foundation
import MonotoneLinearAlgebra
import Testing

@testable import NeuralTRPO

@Suite("Trust-region updates")
struct UpdateTests {
  @Test(
    "The line search never leaves the trust region, and reports the step it took",
    arguments: TestBatch.all.indices)
  func budget(index: Int) {
    let test = TestBatch.all[index]
    for budget in [1e-4, 0.01, 0.5] {
      let batch = test.loaded()
      var parameters = test.parameters
      let record = TrustRegionUpdate.perform(
        on: &parameters, batch,
        UpdateConfiguration(budget: budget, damping: 1e-3, fisherShare: 1))
      let values = batch.values(parameters)
      #expect(record.outcome == .accepted)
      let before = batch.values(test.parameters).surrogate
      #expect(values.meanDivergence <= budget && values.surrogate > before)
      #expect(values.meanDivergence == record.meanDivergence)
      #expect(abs(values.surrogate - before - record.surrogateGain) < 1e-14)
    }
  }

  /// Advantages that no step can realise: with an impossible accept ratio every trial fails.
  @Test("Parameters are restored where no trial passes")
  func restored() {
    let test = TestBatch.all[0]
    var parameters = test.parameters
    let record = TrustRegionUpdate.perform(
      on: &parameters, test.loaded(),
      UpdateConfiguration(budget: 10, fisherShare: 1, trials: 1, acceptRatio: 0.999_999))
    #expect(record.outcome == .rejected && record.trials == 1 && record.stepShare == 0)
    #expect(record.meanDivergence == 0 && record.surrogateGain == 0)
    #expect(parameters == test.parameters)
  }

  @Test("A batch knows nothing of the one before it")
  func reloaded() {
    // One output, two hidden layers: products from slopes that are taken once a batch.
    let test = TestBatch.all[3]
    let other = TestBatch(
      head: test.head, hidden: [8, 8], rows: TestBatch.rows / 2, seed: 40)
    let batch = test.loaded()
    var product = test.parameters
    batch.fisherProduct(test.parameters, into: &product)
    batch.load(
      observations: other.observations, actions: other.actions, advantages: other.advantages,
      parameters: other.parameters)
    batch.fisherProduct(test.parameters, into: &product)
    var expected = product
    let fresh = other.loaded()
    fresh.fisherProduct(test.parameters, into: &expected)
    #expect(product == expected && batch.gradient() == fresh.gradient())
    #expect(batch.values(test.parameters) == fresh.values(test.parameters))
  }

  @Test("Constant zero advantages leave nothing to do")
  func stationary() {
    let test = TestBatch.all[0]
    let batch = PolicyBatch<Double>(
      shape: test.shape, head: test.head, capacity: TestBatch.rows)
    batch.load(
      observations: test.observations, actions: test.actions,
      advantages: test.advantages.map { _ in 0 }, parameters: test.parameters)
    var parameters = test.parameters
    let record = TrustRegionUpdate.perform(on: &parameters, batch, UpdateConfiguration())
    #expect(record.outcome == .stationary && parameters == test.parameters)
  }

  @Test("What is not finite stops the update")
  func notFinite() {
    let test = TestBatch.all[0]
    let batch = PolicyBatch<Double>(
      shape: test.shape, head: test.head, capacity: TestBatch.rows)
    batch.load(
      observations: test.observations, actions: test.actions,
      advantages: test.advantages.map { _ in .nan }, parameters: test.parameters)
    var parameters = test.parameters
    let record = TrustRegionUpdate.perform(on: &parameters, batch, UpdateConfiguration())
    #expect(record.outcome == .notFinite && parameters == test.parameters)
  }

  /// With a share of the linear prediction at the same step, the k-th trial is held against βρᵏ gᵀx.
  @Test("Curvature from the residual is the curvature of a fresh product")
  func curvature() {
    let test = TestBatch.all[4]
    let batch = test.loaded()
    var parameters = test.parameters
    let record = TrustRegionUpdate.perform(
      on: &parameters, batch, UpdateConfiguration(damping: 0.1, fisherShare: 1))
    let step = zip(parameters, test.parameters).map { $0 - $1 }
    var product = step
    batch.load(
      observations: test.observations, actions: test.actions, advantages: test.advantages,
      parameters: test.parameters)
    batch.fisherProduct(step, into: &product)
    let quadratic = zip(step, product).reduce(0) { $0 + $1.0 * $1.1 } / 2
    #expect(abs(quadratic - record.predictedDivergence) < 1e-10 * quadratic)
    // Undamped, the first trial spends δ in the quadratic model.
    #expect(abs(record.predictedDivergence / (record.stepShare * record.stepShare) - 0.01) < 1e-10)
  }

  /// Conjugate gradients end after as many steps as there are distinct eigenvalues; the truth is the
  /// matrix times the answer. The condition number is below 1e3, so 1e-9 leaves a factor of 1e3.
  @Test("Conjugate gradients solve random positive definite systems", arguments: 1...20)
  func conjugateGradient(seed: Int) {
    var random = RandomStream(seed: UInt64(seed))
    let order = 3 + seed
    let root = (0..<order * order).map { _ in random.normal() }
    let right = (0..<order).map { _ in random.normal() }
    func apply(_ x: [Double]) -> [Double] {
      let half = (0..<order).map { row in
        (0..<order).reduce(0) { $0 + root[row * order + $1] * x[$1] }
      }
      return (0..<order).map { column in
        x[column] + (0..<order).reduce(0) { $0 + root[$1 * order + column] * half[$1] }
      }
    }
    let solution = ConjugateGradient.solve(
      right, .init(iterations: 10 * order, tolerance: 1e-12)
    ) { $1 = apply($0) }
    for (x, y) in zip(apply(solution.vector), right) { #expect(abs(x - y) < 1e-9) }
    #expect(!solution.metNonPositiveCurvature)
  }
}

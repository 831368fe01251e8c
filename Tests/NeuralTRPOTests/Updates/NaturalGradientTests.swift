import MonotoneLinearAlgebra
import Testing

@testable import NeuralTRPO

@Suite("The natural gradient with a fixed step")
struct NaturalGradientTests {
  /// (F + λI) Δθ = α g, with F as ``FisherMatrixTests`` hold it to its definition.
  @Test("The step solves its system, however long it is", arguments: FisherMatrix.allCases)
  func step(matrix: FisherMatrix) {
    for (test, size) in zip(FisherMatrixTests.batches, [1e-3, 0.1, 50, 2]) {
      let count = test.parameters.count
      let settings = UpdateConfiguration(
        budget: 1e-12, fisher: matrix,
        conjugateGradient: .init(iterations: 10 * count, tolerance: 1e-13), damping: 0.1,
        fisherShare: 1)
      let batch = test.loaded()
      var parameters = test.parameters
      let record = NaturalGradientUpdate.perform(
        on: &parameters, batch, stepSize: size, settings)
      #expect(record.outcome == .accepted && record.stepLength == size)
      let step = zip(parameters, test.parameters).map { $0 - $1 }
      var product = step
      batch.fisherProduct(step, matrix, into: &product)
      for (index, slope) in batch.gradient().enumerated() {
        let left = product[index] + 0.1 * step[index]
        #expect(abs(left - size * slope) <= 1e-9 * size)
      }
      let values = batch.values(parameters)
      #expect(record.meanDivergence == values.meanDivergence)
      #expect(record.surrogateGain == values.surrogate - batch.oldSurrogate)
    }
  }

  @Test("A step that leaves the numbers is refused, and nothing moves")
  func infinite() {
    let test = FisherMatrixTests.batches[0]
    var parameters = test.parameters.map { Float($0) }
    let batch = PolicyBatch<Float>(shape: test.shape, head: test.head, capacity: test.rows)
    batch.load(
      observations: test.observations.map { Float($0) }, actions: test.actions.map { Float($0) },
      advantages: test.advantages.map { Float(1e36 * $0) }, parameters: parameters)
    let before = parameters
    let record = NaturalGradientUpdate.perform(
      on: &parameters, batch, stepSize: 1e6, UpdateConfiguration(damping: 1e-3, fisherShare: 1))
    #expect(record.outcome == .notFinite && parameters == before)
  }
}

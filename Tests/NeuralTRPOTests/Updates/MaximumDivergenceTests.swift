import MonotoneLinearAlgebra
import Testing

@testable import NeuralTRPO

@Suite("The direction under a bound on the largest divergence")
struct MaximumDivergenceTests {
  /// Conjugate gradients to the end, without damping, over all rows.
  static let exact = UpdateConfiguration(
    constraint: .maxKL, conjugateGradient: .init(iterations: 60, tolerance: 1e-13),
    fisherShare: 1)

  /// gᵀx of a direction that is scaled until the largest divergence of a state is δ in the model.
  static func gain(
    _ direction: NaturalDirection<Double>, _ batch: PolicyBatch<Double>, _ delta: Double
  ) throws -> Double {
    let largest = try #require(
      batch.stateCurvatures(direction.vector, of: 0..<batch.rows).max())
    return direction.slope * (2 * delta / largest).squareRoot()
  }

  @Test("It gains what SciPy finds, and its bound is no lie", arguments: 0..<3)
  func optimum(index: Int) throws {
    let golden = MethodGoldens.all.largestDivergence[index]
    let (optimum, delta) = (try #require(golden.gain), try #require(golden.delta))
    let batch = golden.loaded()
    let gradient = batch.gradient()
    for (rounds, tolerance) in [(10_000, 1e-3), (10_000, 1e-2), (10, 0.0), (3, 0.0)] {
      let found = MaximumDivergenceDirection(
        gradient, batch, Self.exact, rounds: rounds, tolerance: tolerance)
      let gain = try Self.gain(found.direction, batch, delta)
      // SciPy's optimum is proved to 1e-8.
      #expect(gain <= optimum * (1 + 1e-7))
      #expect(gain * (1 + found.gap) >= optimum * (1 - 1e-7))
      #expect(found.gap <= tolerance || found.rounds == rounds)
    }
  }

  @Test("One round is the direction of the mean constraint", arguments: 0..<3)
  func oneRound(index: Int) throws {
    let golden = MethodGoldens.all.largestDivergence[index]
    let batch = golden.loaded()
    let gradient = batch.gradient()
    let found = MaximumDivergenceDirection(gradient, batch, Self.exact, rounds: 1)
    let mean = NaturalDirection(gradient, batch, Self.exact)
    #expect(found.rounds == 1 && found.direction.vector == mean.vector)
    let gain = try Self.gain(mean, batch, try #require(golden.delta))
    let expected = try #require(golden.meanDirectionGain)
    #expect(abs(gain - expected) <= 1e-9 * expected)
  }

  @Test("More rounds never gain less, and each round's bound is a bound", arguments: 0..<3)
  func monotone(index: Int) throws {
    let golden = MethodGoldens.all.largestDivergence[index]
    let batch = golden.loaded()
    let gradient = batch.gradient()
    var last = 0.0
    for rounds in 1...12 {
      let found = MaximumDivergenceDirection(
        gradient, batch, Self.exact, rounds: rounds, tolerance: 0)
      let gain = try Self.gain(found.direction, batch, 1)
      #expect(gain >= last * (1 - 1e-12))
      last = gain
    }
  }

  @Test("The update takes that direction until a state's divergence is the bound", arguments: 0..<3)
  func update(index: Int) throws {
    let golden = MethodGoldens.all.largestDivergence[index]
    let batch = golden.loaded()
    var settings = Self.exact
    // So small that the model is the truth: divergences of second order in a step are off by its length.
    settings.budget = 1e-9
    var parameters = golden.parameters
    let record = TrustRegionUpdate.perform(on: &parameters, batch, settings)
    #expect(record.outcome == .accepted)
    let gap = try #require(record.dualityGap)
    let optimum = try #require(golden.gain) * (1e-9 / (try #require(golden.delta))).squareRoot()
    #expect(record.predictedGain <= optimum * (1 + 1e-7))
    let share = record.stepShare
    #expect(record.predictedGain * (1 + gap) >= share * optimum * (1 - 1e-7))
    let old = PlainPolicy(shape: golden.shape, head: golden.head, parameters: golden.parameters)
    let new = PlainPolicy(shape: golden.shape, head: golden.head, parameters: parameters)
    let divergences = (0..<batch.rows).map { row in
      old.divergence(
        to: new, golden.observations[(row * golden.inputs)..<((row + 1) * golden.inputs)])
    }
    let largest = try #require(divergences.max())
    // Divergences of 1e-9, written out, cancel to 1e-16.
    #expect(abs(record.maximumDivergence - largest) <= 1e-14)
    #expect(abs(largest - share * share * 1e-9) <= 1e-3 * 1e-9)
    #expect(record.maximumDivergence <= 1e-9)
    let mean = divergences.reduce(0, +) / Double(batch.rows)
    #expect(abs(record.meanDivergence - mean) <= 1e-14 && mean < largest)
  }
}

import Foundation
import Testing

@testable import NeuralTRPO

/// A rollout and its estimates by NumPy: `Tools/make_rollout_goldens.py`.
struct RolloutGolden: Decodable, Sendable, CustomTestStringConvertible {
  var slots: [Int32]
  var times: [Int32]
  var ends: [String]
  var rewards: [Double]
  var values: [Double]
  var finalValues: [Double]
  var cases: [Case]

  struct Case: Decodable, Sendable {
    var discount: Double
    var lambda: Double
    var advantages: [Double]
    var returns: [Double]
    var monteCarlo: [Double]
    var discountedWeights: [Double]
    var normalized: [Double]
  }

  var testDescription: String { "\(slots.count) rows" }

  var rollout: Rollout<Double> {
    var rollout = Rollout<Double>(observationWidth: 0, actionWidth: 0)
    let ends: [String: StepEnd] = [
      "none": .none, "terminated": .terminated, "truncated": .truncated,
    ]
    (rollout.slots, rollout.times, rollout.rewards) = (slots, times, rewards)
    rollout.ends = self.ends.compactMap { ends[$0] }
    return rollout
  }

  static let all: [RolloutGolden] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Goldens/rollouts/estimates.json").standardized
    do {
      return try JSONDecoder().decode([RolloutGolden].self, from: Data(contentsOf: file))
    } catch {
      fatalError("\(file.path): \(error)")
    }
  }()
}

@Suite("Advantages, returns and weights")
struct ReturnEstimatorTests {
  /// Sums of at most 20 terms of at most 30.
  private static let tolerance = 1e-13

  private func expectClose(_ values: [Double], _ expected: [Double], _ tolerance: Double) {
    #expect(values.count == expected.count)
    for (x, y) in zip(values, expected) { #expect(abs(x - y) <= tolerance) }
  }

  @Test("Estimates are what the definitions give", arguments: RolloutGolden.all)
  func definitions(golden: RolloutGolden) {
    for one in golden.cases {
      let estimator = ReturnEstimator(discount: one.discount, lambda: one.lambda)
      let estimates = estimator.estimates(
        golden.rollout, values: golden.values, finalValues: golden.finalValues)
      expectClose(estimates.advantages, one.advantages, 20 * Self.tolerance)
      expectClose(estimates.returns, one.returns, 20 * Self.tolerance)
      if one.lambda == 1 { expectClose(estimates.returns, one.monteCarlo, 20 * Self.tolerance) }
    }
  }

  @Test("Weights are γᵗ over episodes begun, or 1/N", arguments: RolloutGolden.all)
  func weights(golden: RolloutGolden) {
    for one in golden.cases {
      let weights = StateWeighting.discounted.weights(
        of: golden.rollout, discount: one.discount)
      expectClose(weights, one.discountedWeights, 1e-15)
      let even = StateWeighting.undiscounted.weights(
        of: golden.rollout, discount: one.discount)
      #expect(even.allSatisfy { $0 == 1 / Double(golden.slots.count) })
    }
  }

  /// Advantages of at most 40, whose mean and deviation NumPy sums in another order.
  @Test("Normalised advantages are NumPy's", arguments: RolloutGolden.all)
  func normalized(golden: RolloutGolden) {
    for one in golden.cases {
      expectClose(AdvantageNormalisation.apply(one.advantages), one.normalized, 1e-13)
    }
  }

  @Test("Normalisation: equal advantages, tiny ones, ones that are not finite")
  func degenerate() {
    #expect(AdvantageNormalisation.apply([]) == [])
    #expect(AdvantageNormalisation.apply([3]) == [0])
    // Whose naive mean is not 0.1.
    let equal = [Double](repeating: 0.1, count: 10_000)
    #expect(AdvantageNormalisation.apply(equal).allSatisfy { $0 == 0 })
    #expect(AdvantageNormalisation.apply([0.1 + 0.2, 0.3, 0.3]).allSatisfy { $0 == 0 })
    #expect(AdvantageNormalisation.apply([1e-20, -1e-20]) == [1, -1])
    for bad in [Double.nan, .infinity, -.infinity] {
      #expect(AdvantageNormalisation.apply([1, bad, 2]).allSatisfy { $0.isNaN })
      #expect(AdvantageNormalisation.apply([bad, bad]).allSatisfy { $0.isNaN })
    }
  }

  /// An episode of n rewards of 1: 1 + γ + … to the end, or + γⁿ V beyond a cut.
  @Test("Closed forms")
  func closedForms() {
    let (discount, count) = (0.9, 6)
    func returns(_ end: StepEnd, final: [Double], lambda: Double) -> [Double] {
      var rollout = Rollout<Double>(observationWidth: 0, actionWidth: 0)
      rollout.rewards = [Double](repeating: 1, count: count)
      rollout.slots = [Int32](repeating: 0, count: count)
      rollout.ends = [StepEnd](repeating: .none, count: count - 1) + [end]
      return ReturnEstimator(discount: discount, lambda: lambda).estimates(
        rollout, values: [Double](repeating: 10, count: count), finalValues: final
      ).returns
    }
    let geometric = (0..<count).map { (1 - pow(discount, Double(count - $0))) / (1 - discount) }
    expectClose(returns(.terminated, final: [], lambda: 1), geometric, 1e-14)
    // 10 is what rewards of 1 for ever are worth, so that bootstrapping finds 10 everywhere.
    for lambda in [0, 0.5, 1] {
      expectClose(
        returns(.truncated, final: [10], lambda: lambda), [Double](repeating: 10, count: count),
        1e-14)
    }
    expectClose(returns(.truncated, final: [0], lambda: 1), geometric, 1e-14)
  }
}

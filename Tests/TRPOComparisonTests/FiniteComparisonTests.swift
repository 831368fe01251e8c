import Testing

@testable import TRPOComparison

/// Sums over finite models whose results are known beforehand.
@Suite("The paper's methods on finite models")
struct FiniteComparisonTests {
  private static func update(
    _ value: Double, _ kl: Double, guaranteed: Bool = false, harmful: Bool = false
  ) -> FiniteComparison.Update {
    .init(
      return: value, meanKL: kl, maxKL: 3 * kl, isGuaranteed: guaranteed, isHarmful: harmful)
  }

  private static func model(
    _ name: String, start: Double, optimum: Double, _ methods: [FiniteComparison.Method]
  ) -> FiniteComparison.Model {
    .init(model: name, states: 2, start: start, optimum: optimum, methods: methods)
  }

  private static let comparison = FiniteComparison(
    schema: FiniteComparison.schemaName, delta: 0.5, updates: 2,
    models: [
      model(
        "a", start: 10, optimum: 20,
        [
          .init(
            method: "max-kl", exact: [update(12, 0.25, guaranteed: true), update(15, 0.5)],
            sampled: [
              .init(
                samples: 100,
                runs: [
                  [update(11, 1), update(13, 2, harmful: true)], [update(11, 3), update(14, 4)],
                ])
            ]),
          .init(method: "penalty", exact: [], sampled: []),
        ]),
      model(
        "b", start: -4, optimum: 0,
        [.init(method: "max-kl", exact: [update(-3, 0.75)], sampled: [])]),
      // Nothing can be gained: no share of it either.
      model(
        "flat", start: 1, optimum: 1,
        [.init(method: "max-kl", exact: [update(1, 9)], sampled: [])]),
    ])

  @Test("An infinite divergence is none that a median leaves out")
  func infinite() {
    var comparison = Self.comparison
    for update in 0..<2 { comparison.models[0].methods[0].exact?[update].maxKL = nil }
    let summary = comparison.summaries[0]
    #expect(summary.maxKL == nil && summary.meanKL == 1)
  }

  @Test("Progress is the mean over models, divergences are medians over updates as multiples of δ")
  func summaries() {
    #expect(
      Self.comparison.summaries == [
        // Half of the way on one model, a quarter on the other.
        .init(
          method: "max-kl", samples: nil, models: 2, updates: 3, progress: 0.375, meanKL: 1,
          maxKL: 3, guaranteed: 1, harmful: 0),
        // The mean of 0.3 and 0.4; the median of 1, 2, 3 and 4 is 2.5.
        .init(
          method: "max-kl", samples: 100, models: 1, updates: 4, progress: 0.35, meanKL: 5,
          maxKL: 15, guaranteed: 0, harmful: 1),
      ])
  }
}

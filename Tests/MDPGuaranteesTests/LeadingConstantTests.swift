import MonotoneArithmetic
import MDPSolvers
import Testing

@testable import MDPGuarantees

/// The constants that stand before the formulas of the bounds.
@Suite("Leading constants")
struct LeadingConstantTests {
  /// As the theorems state them.
  private static let stated: [String: Double] = [
    "visitation-shift-span": 0.5, "visitation-shift": 1, "resolvent-ergodicity": 1, "dobrushin": 1,
    "mean-total-variation-span": 1, "mean-total-variation": 2, "max-total-variation-span": 1,
    "coupling-span": 1, "coupling": 4, "coupling-range": 2, "total-variation": 4, "kl": 4,
    "kl-pinsker": 2, "mean-kl-root": 2.0.squareRoot(), "mean-kl": 2, "mean-kl-penalty": 4,
    "conservative-mixture": 2, "conservative-mixture-2002": 2,
  ]

  @Test("Every bound has the constant of its theorem")
  func theorems() {
    var found: [String: Double] = [:]
    for bound in ClaimCatalogue.bounds { found[bound.id] = bound.leadingConstant }
    #expect(found == Self.stated)
  }

  @Test("A bound is its constant times the rest of its formula")
  func formulas() throws {
    let document = try Updates.garnet(seed: 3, discount: "0.7")
    let update = try Updates.exact(
      document, .random(document.space, seed: 1), .random(document.space, seed: 2))
    let (discount, one) = (0.7, 1.0)
    let horizon = one / (one - discount)
    let alpha = update.maxTotalVariation.approximation
    let count = horizon / (one - discount * (one - alpha))
    let advantages = update.current.advantages.map(\.approximation)
    let space = update.mdp.space
    let range = space.liveStates.map { state in
      let own = space.pairs(of: state).map { advantages[$0] }
      return (own.max() ?? 0) - (own.min() ?? 0)
    }.max()
    let largest = advantages.map(abs).max() ?? 0
    let expected = update.expectedAdvantages.map(\.approximation)
    let span = (expected.max() ?? 0) - (expected.min() ?? 0)
    let mean = zip(update.current.stateVisitation.mass, update.totalVariation).reduce(0.0) {
      $0 + $1.0.approximation * $1.1.approximation
    }
    let (divergence, reverse) = (
      update.maxDivergence.approximation, update.maxReverseDivergence.approximation
    )
    let units: [String: Double] = [
      "coupling": discount * largest * alpha * alpha * count,
      "coupling-range": discount * (range ?? 0) * alpha * alpha * count,
      "coupling-span": discount * span * alpha * count,
      "max-total-variation-span": discount * span * alpha * horizon * horizon,
      "total-variation": discount * largest * alpha * alpha * horizon * horizon,
      "mean-total-variation": discount * (expected.map(abs).max() ?? 0) * horizon * mean,
      "mean-total-variation-span": discount * span * horizon * mean,
      "kl": discount * largest * divergence * horizon * horizon,
      "kl-pinsker": discount * largest * min(divergence, reverse) * horizon * horizon,
    ]
    for (id, unit) in units {
      let bound = try #require(ClaimCatalogue.bound(id))
      let width = bound.width(update).value.approximation
      #expect(abs(width / unit - bound.leadingConstant) < 1e-9, "\(id): \(width / unit)")
    }
  }
}

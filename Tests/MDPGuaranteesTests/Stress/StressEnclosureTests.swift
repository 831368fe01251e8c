import MonotoneArithmetic
import MDPCore
import MDPSolvers
import TestSupport
import Testing

@testable import MDPGuarantees

/// Every enclosure of every number on the stress set contains the exact number.
@Suite("Stress set: enclosures", .tags(.slow))
struct StressEnclosureTests {
  /// Bits of the balls around what is not rational in the exact update: far beyond the 128 of the
  /// balls under test, hence points beside them.
  private static let truthPrecision = 1024

  @Test(
    "Every number is where its enclosure says", arguments: StressModel.Shape.allCases,
    StressModel.Discount.allCases)
  func enclosures(shape: StressModel.Shape, discount: StressModel.Discount) throws {
    try StressCase.each(shape, discount) { stress in
      let exact = try Ball.$workingPrecision.withValue(Self.truthPrecision) {
        Numbers(try stress.update { try stress.evaluator.solveExactly($0) })
      }
      let evaluator = stress.evaluator
      exact.expectInside(
        Numbers(try stress.update { try evaluator.certify($0) }), "\(stress.name), certified")
      exact.expectInside(
        Numbers(try stress.update { try evaluator.refine($0) }), "\(stress.name), refined")
      exact.expectInside(
        Numbers(try stress.update { try evaluator.evaluate($0) }), "\(stress.name), float64")
    }
  }
}

/// All numbers of an update by name, as balls; nil for +∞.
private struct Numbers {
  private var balls: [String: Ball?] = [:]
  /// Whether a penalty has a coefficient of exactly zero, so that an infinite KL costs nothing.
  private let isFree: Bool

  init<Number: LadderNumber>(_ update: PolicyUpdate<Number>) {
    isFree = update.penaltyCoefficient.isExactlyZero
    addQuantities(update)
    for (policy, evaluation) in [("π", update.current), ("π̃", update.candidate)] {
      add("V of \(policy)", evaluation.stateValues)
      add("Q of \(policy)", evaluation.actionValues)
      add("A of \(policy)", evaluation.advantages)
      add(
        "ρ of \(policy)",
        evaluation.stateVisitation.mass.indices.map { evaluation.stateVisitation[$0] })
    }
    add("Ā", update.expectedAdvantages)
    add("TV", update.totalVariation)
    add("TVP", update.transitionVariation)
    for claim in ClaimCatalogue.all where Self.isComparable(claim) {
      add(claim, update.decide(claim))
    }
  }

  /// Bounds that float64 estimates have no part in. Those of the others are true bounds in every
  /// arithmetic, but not the same ones: two coefficients of ergodicity are rounded up from float64,
  /// and the constant b of `mean-kl` is chosen by it.
  private static func isComparable(_ claim: any Claim) -> Bool {
    (claim.kind == .aPriori || claim.kind == .aPosteriori)
      && !["resolvent-ergodicity", "dobrushin", "mean-kl"].contains(claim.id)
  }

  private mutating func addQuantities<Number: LadderNumber>(_ update: PolicyUpdate<Number>) {
    let numbers: [String: Number] = [
      "η(π)": update.current.expectedReturn, "η(π̃)": update.candidate.expectedReturn,
      "L": update.surrogate, "𝔸": update.policyAdvantage, "gap": update.surrogateGap,
      "ε_max": update.maxAdvantage, "ε_exp": update.maxExpectedAdvantage,
      "C": update.penaltyCoefficient, "max TV": update.maxTotalVariation,
      "E TV": update.meanTotalVariation, "span": update.advantageSpan,
      "range": update.advantageRange, "mixture weight": update.mixtureWeight,
      "shift": update.visitationShift,
    ]
    for (name, number) in numbers { balls[name] = number.real.enclosure }
    let divergences: [String: Extended<Number.Real>] = [
      "max KL": update.maxDivergence, "E KL": update.meanDivergence,
      "max KL'": update.maxReverseDivergence, "E KL'": update.meanReverseDivergence,
    ]
    for (name, value) in divergences { balls[name] = .some(value.number?.enclosure) }
  }

  private mutating func add<Number: LadderNumber>(_ name: String, _ numbers: [Number]) {
    for (index, number) in numbers.enumerated() {
      balls["\(name) [\(index)]"] = number.real.enclosure
    }
  }

  private mutating func add<Real>(_ claim: any Claim, _ finding: Finding<Real>) {
    if let margin = finding.margin {
      balls["\(claim.id), margin"] = .some(margin.number?.enclosure)
    }
    if case .finite(let bound)? = finding.lowerBound {
      balls["\(claim.id), lower bound"] = bound.enclosure
    }
    if case .finite(let bound)? = finding.upperBound {
      balls["\(claim.id), upper bound"] = bound.enclosure
    }
  }

  /// Each of these numbers lies in the enclosure of the same name.
  func expectInside(_ enclosures: Numbers, _ name: String) {
    for (key, enclosure) in enclosures.balls {
      // An assumption that is met but for rounding, exactly not met, gives a claim no numbers.
      guard let number = balls[key] else { continue }
      switch (number, enclosure) {
      case (nil, nil): break
      case (nil, let ball?): Issue.record("\(name): \(key) is infinite, not \(ball)")
      case (_?, nil):
        // C = 0 is not known to be so in balls, where C · ∞ is then infinite: true, and useless.
        #expect(isFree && key.contains("margin"), "\(name): \(key) is not infinite")
      case (let exact?, let ball?):
        #expect((exact - ball).isZero != .no, "\(name): \(key) is \(exact), not \(ball)")
      }
    }
  }
}

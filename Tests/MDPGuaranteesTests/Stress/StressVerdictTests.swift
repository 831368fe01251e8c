import MonotoneArithmetic
import Foundation
import MDPCore
import MDPSolvers
import TestSupport
import Testing

@testable import MDPGuarantees

/// Never a wrong verdict, never a crash: every step on every model of the stress set, in every
/// arithmetic. 3,840 updates.
///
/// Exact arithmetic is the truth here; ``StressGoldenTests`` holds it against Python's.
@Suite("Stress set: verdicts", .tags(.slow))
struct StressVerdictTests {
  @Test(
    "Nothing contradicts exact arithmetic", arguments: StressModel.Shape.allCases,
    StressModel.Discount.allCases)
  func verdicts(shape: StressModel.Shape, discount: StressModel.Discount) throws {
    try StressCase.each(shape, discount) { stress in
      let exact = try stress.check(.exact)
      #expect(exact.worst == .holds, "\(stress.name): \(exact.verdicts)")
      #expect(exact.improved != .undecided && exact.guaranteed != .undecided, "\(stress.name)")
      let certified = try stress.check(.certified)
      expect(certified, agreesWith: exact, stress.name)
      expect(certified, decidesWhatBallsCan: exact, of: stress)
      expect(try stress.check(.float64), deniesOnlyWhat: exact, stress.name)
      let auto = try stress.check(.auto)
      #expect(auto.verdicts == exact.verdicts, "\(stress.name)")
      #expect(auto.improved == exact.improved && auto.guaranteed == exact.guaranteed)
    }
  }

  @Test(
    "A false variant is violated just where it is false", arguments: StressModel.Shape.allCases,
    StressModel.Discount.allCases)
  func variants(shape: StressModel.Shape, discount: StressModel.Discount) throws {
    let variants = FalseVariantCatalogue.all
    var refuted = 0
    try StressCase.each(shape, discount) { stress in
      let exact = try stress.check(.exact, claims: variants)
      #expect(!exact.verdicts.values.contains(.undecided), "\(stress.name): \(exact.verdicts)")
      expect(try stress.check(.certified, claims: variants), agreesWith: exact, stress.name)
      #expect(
        try stress.check(.auto, claims: variants).verdicts == exact.verdicts, "\(stress.name)")
      refuted += exact.claims.filter { $0.verdict == .violated }.count
    }
    // Or the agreement above would be of no worth.
    #expect(refuted > 0)
  }

  /// Decided as exact arithmetic decides, or undecided; an equality may be consistent, where it is not refuted.
  private func expect(_ check: UpdateCheck, agreesWith exact: UpdateCheck, _ name: String) {
    for (id, verdict) in exact.verdicts {
      let found = check.verdicts[id]
      let isConsistent = found == .consistent && verdict == .holds
      #expect(found == verdict || found == .undecided || isConsistent, "\(name): \(id)")
    }
    for (found, truth) in [
      (check.improved, exact.improved), (check.guaranteed, exact.guaranteed),
    ] {
      #expect(found == truth || found == .undecided, "\(name)")
    }
  }

  /// Float64 counts what it cannot tell from zero as zero, so it may say `holds` of what just fails;
  /// what it denies must be false.
  private func expect(_ check: UpdateCheck, deniesOnlyWhat exact: UpdateCheck, _ name: String) {
    for (id, verdict) in check.verdicts where verdict == .violated || verdict == .notApplicable {
      #expect(exact.verdicts[id] == verdict, "\(name): \(id)")
    }
    if check.improved == .violated { #expect(exact.improved == .violated, "\(name)") }
  }

  /// A bound is left open only where it exceeds the gap by no more than balls can see.
  private func expect(
    _ check: UpdateCheck, decidesWhatBallsCan exact: UpdateCheck, of stress: StressCase
  ) {
    let rewards = stress.evaluator.document.actionRewards.map { abs($0.approximation) }
    let horizon = 1 / (1 - stress.evaluator.document.discount.approximation)
    let resolution = Self.resolution * (rewards.max() ?? 0) * pow(horizon, 3)
    for (found, truth) in zip(check.claims, exact.claims)
    where found.verdict == .undecided && found.kind.isBound && truth.verdict == .holds {
      guard let margin = truth.margin?.approximation else { continue }
      #expect(margin <= resolution, "\(stress.name): \(found.id)")
    }
  }

  /// Balls of 128 bits around V of size r/(1−γ) have residuals of a few 2⁻¹²⁸ of that size, which
  /// cost 1/(1−γ) in the radius of V, and another in the sum over ρ that is 𝔸.
  private static let resolution = 0x1p-124
}

extension ClaimKind {
  fileprivate var isBound: Bool { self == .aPriori || self == .aPosteriori }
}

import MonotoneArithmetic
import MDPCore
import MDPSolvers
import Testing

@testable import MDPGuarantees

/// Every claim on random updates of every kind, and the order in which the bounds must stand.
@Suite("The ladder")
struct LadderTests {
  static let discounts = ["0", "0.01", "1/3", "2/3", "0.9", "0.99"]

  /// An update by its model and its two policies.
  struct Case {
    var name: String
    var document: MDPDocument
    var current: ExactPolicy
    var candidate: ExactPolicy
  }

  /// Ten kinds of update on one random model; every third model has a terminal state.
  static func cases(discount: String, seed: Int) throws -> [Case] {
    let garnet = try Updates.garnet(
      branching: 1 + seed % 6, seed: seed, discount: discount)
    let document = seed % 3 == 0 ? Updates.ended(garnet) : garnet
    let space = document.space
    let (random, other) = (
      ExactPolicy.random(space, seed: UInt64(seed)),
      ExactPolicy.random(space, seed: UInt64(seed + 1000))
    )
    let first = ExactPolicy.deterministic(space) { space.pairs(of: $0).lowerBound }
    let last = ExactPolicy.deterministic(space) { space.pairs(of: $0).upperBound - 1 }
    let evaluation = try PolicyEvaluator(document).evaluate(random)
    let greedy = evaluation.greedyPolicy
    let dropped = evaluation.withoutWorstAction(from: random)
    func mixed(_ denominator: Int) -> ExactPolicy {
      random.mixed(with: greedy, weight: Rational(numerator: 1, denominator: denominator))
    }
    return [
      ("random", random, other), ("identical", random, random), ("deterministic", first, last),
      ("mixture", random, mixed(10)), ("tiny", random, mixed(1_000_000)),
      ("greedy", random, greedy), ("dropped", random, dropped), ("emerging", dropped, random),
      ("softmax", random, evaluation.softmaxStep(1, from: random)),
      ("from deterministic", first, random),
    ].map { Case(name: $0.0, document: document, current: $0.1, candidate: $0.2) }
  }

  @Test("Every claim holds", arguments: discounts, 1...6)
  func holds(discount: String, seed: Int) throws {
    for instance in try Self.cases(discount: discount, seed: seed) {
      let update = try Updates.tracked(
        instance.document, instance.current, instance.candidate)
      let check = update.check(current: "π", candidate: "π̃")
      let failed = check.claims.filter { $0.verdict != .holds && $0.verdict != .notApplicable }
      #expect(failed.isEmpty, "\(instance.name): \(failed)")
    }
  }

  @Test("Every claim holds exactly, and balls do not contradict", arguments: discounts, [3, 4])
  func holdsExactly(discount: String, seed: Int) throws {
    for instance in try Self.cases(discount: discount, seed: seed) {
      let exact = try Updates.exact(instance.document, instance.current, instance.candidate)
      for claim in ClaimCatalogue.all {
        let finding = exact.decide(claim)
        #expect(
          finding.verdict == .holds || finding.verdict == .notApplicable
            || finding.margin?.number?.contains(Rational(0)) == true,
          "\(instance.name), \(claim.id): \(finding)")
      }
      let balls = try Updates.certified(
        instance.document, instance.current, instance.candidate)
      for claim in ClaimCatalogue.all {
        #expect(balls.decide(claim).verdict != .violated, "\(instance.name), \(claim.id)")
      }
    }
  }

  /// Pairs of bounds (smaller, larger) whose order is a theorem.
  static let order: [(smaller: any ReturnBound, larger: any ReturnBound)] = [
    (VisitationShiftSpanBound(), VisitationShiftBound()),
    (VisitationShiftSpanBound(), ResolventErgodicityBound()),
    (ResolventErgodicityBound(), DobrushinBound()),
    (DobrushinBound(), MeanTotalVariationSpanBound()),
    (MeanTotalVariationSpanBound(), MeanTotalVariationBound()),
    (MeanTotalVariationSpanBound(), MaxTotalVariationSpanBound()),
    (MeanTotalVariationBound(), MeanDivergenceRootBound()),
    (VisitationShiftSpanBound(), CouplingSpanBound()),
    (CouplingSpanBound(), MaxTotalVariationSpanBound()),
    (CouplingSpanBound(), CouplingRangeBound()),
    (CouplingRangeBound(), CouplingBound()),
    (CouplingBound(), TotalVariationBound()),
    (TotalVariationBound(), PinskerDivergenceBound()),
    (PinskerDivergenceBound(), DivergenceBound()),
    (CouplingSpanBound(), ConservativeMixture2002Bound()),
    (ConservativeMixture2002Bound(), ConservativeMixtureBound()),
    (MeanPenaltyBound(), DivergenceBound()),
  ]

  @Test("Bounds stand in their order", arguments: discounts, 1...6)
  func ordered(discount: String, seed: Int) throws {
    for instance in try Self.cases(discount: discount, seed: seed) {
      let update = try Updates.tracked(
        instance.document, instance.current, instance.candidate)
      var pairs = Self.order
      if try ExactNumber(parsing: discount).rational >= Rational(numerator: 2, denominator: 3) {
        pairs.append((MeanDivergenceBound(), MeanPenaltyBound()))
      }
      for (smaller, larger) in pairs {
        guard case .finite(let bound) = larger.width(update).value else { continue }
        let width = try #require(
          smaller.width(update).value.number, "\(instance.name): \(smaller.id)")
        // Two of the bounds carry a stated slack.
        let slack = TrackedDouble(value: 0, error: 1e-11 * bound.value)
        #expect(
          (bound - width + slack).isNonNegative == .yes,
          "\(instance.name): \(smaller.id) \(width), \(larger.id) \(bound)")
      }
      if case .finite(let divergence) = DivergenceBound().width(update).value,
        case .finite(let pinsker) = PinskerDivergenceBound().width(update).value
      {
        #expect((divergence - pinsker - pinsker).isNonNegative == .yes)
      }
    }
  }

  @Test("An update that stays has bounds of zero", arguments: discounts)
  func identical(discount: String) throws {
    let document = try Updates.garnet(seed: 1, discount: discount)
    let policy = ExactPolicy.random(document.space, seed: 1)
    let update = try Updates.exact(document, policy, policy)
    #expect(update.mixtureWeight.isExactlyZero)
    for case let bound as any ReturnBound in ClaimCatalogue.all {
      let width = try #require(bound.width(update).value.number)
      #expect(width.isZero != .no, "\(bound.id): \(width)")
    }
  }

  @Test("The tightest of each kind, and a guarantee that needs no solve of the candidate")
  func tightest() throws {
    let golden = try Golden.load("kakade-langford")
    let document = try golden.document()
    let policy = ExactPolicy.random(document.space, seed: 1)
    let greedy = try PolicyEvaluator(document).evaluate(policy).greedyPolicy
    let check = try Updates.tracked(document, policy, greedy).check(
      current: "π", candidate: "greedy")
    func best(_ kind: ClaimKind) -> ClaimResult? {
      check.claims.filter { $0.kind == kind && $0.bound != nil }
        .max { ($0.bound?.approximation ?? 0) < ($1.bound?.approximation ?? 0) }
    }
    #expect(check.tightest.aPosteriori == "visitation-shift-span")
    #expect(check.tightest.aPriori == best(.aPriori)?.id)
    // The a-posteriori bound proves the gain; only an a-priori one would have promised it.
    #expect(
      try #require(best(.aPosteriori)?.bound).approximation
        > check.quantities[.returnCurrent].approximation)
    #expect(check.guaranteed == .violated)
  }
}

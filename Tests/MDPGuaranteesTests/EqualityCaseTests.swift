import MonotoneArithmetic
import MDPCore
import MDPSolvers
import Testing

@testable import MDPGuarantees

/// Families on which bounds are attained for every discount and mixture weight: the constants
/// cannot be smaller, and a correct width leaves a margin of exactly zero.
@Suite("Equality cases")
struct EqualityCaseTests {
  private static func number(_ numerator: Int, _ denominator: Int) -> Rational {
    Rational(numerator: numerator, denominator: denominator)
  }

  static let discounts = [number(1, 100), number(1, 2), number(9, 10), number(99, 100)]
  static let weights = [number(1, 1000), number(3, 100), number(1, 3), number(1, 2)]

  /// An update by its model and its two policies.
  struct Case {
    var document: MDPDocument
    var current: ExactPolicy
    var candidate: ExactPolicy
  }

  /// Kakade 2003, Example 7.4.1.
  private func kakade(_ discount: Rational, _ alpha: Rational) -> Case {
    let half = Self.number(1, 2)
    let document = Updates.deterministic(
      next: [[0, 1], [1, 1]], rewards: [[half, Rational(1)], [half, Rational(0)]],
      discount: discount)
    return Case(
      document: document,
      current: Updates.constant(document.space, [Rational(1), Rational(0)]),
      candidate: Updates.constant(document.space, [Rational(1) - alpha, alpha]))
  }

  /// The family on which the coupling argument loses nothing, for α ≤ 1/2.
  private func coupling(_ discount: Rational, _ alpha: Rational) -> Case {
    let (rest, size) = (Rational(1) - alpha, Rational(7))
    let balance = size * alpha / rest
    let document = Updates.deterministic(
      next: [[0, 0, 1], [1, 1, 1]],
      rewards: [[-size, balance, size], [size, -balance, -size]], discount: discount)
    return Case(
      document: document,
      current: Updates.constant(document.space, [alpha, rest, Rational(0)]),
      candidate: Updates.constant(document.space, [Rational(0), rest, alpha]))
  }

  /// The bounds that the closed forms attain.
  private static let attainedByKakade: [any ReturnBound] = [
    CouplingSpanBound(), ConservativeMixture2002Bound(), CouplingRangeBound(),
    VisitationShiftSpanBound(), VisitationShiftBound(),
  ]
  private static let attainedByCoupling: [any ReturnBound] = [
    CouplingBound(), CouplingRangeBound(), CouplingSpanBound(), VisitationShiftSpanBound(),
    VisitationShiftBound(),
  ]

  /// γα²c, of which every gap here is a multiple.
  private func unit(_ discount: Rational, _ alpha: Rational) -> Rational {
    let one = Rational(1)
    return discount * alpha * alpha
      / ((one - discount) * (one - discount * (one - alpha)))
  }

  private func expectAttained(
    _ bounds: [any ReturnBound], _ instance: Case, gap: Rational
  ) throws {
    let exact = try Updates.exact(instance.document, instance.current, instance.candidate)
    #expect(exact.surrogateGap == gap)
    let tracked = try Updates.tracked(instance.document, instance.current, instance.candidate)
    let balls = try Updates.certified(instance.document, instance.current, instance.candidate)
    for bound in bounds {
      // Equality itself, in rational numbers.
      let finding = exact.decide(bound)
      #expect(finding.verdict == .holds)
      #expect(finding.margin?.number?.isExactlyZero == true, "\(bound.id)")
      #expect(finding.looseness?.number?.contains(Rational(1)) == true)
      // Within the error bound in float64.
      let float = tracked.decide(bound)
      #expect(float.verdict == .holds)
      let margin = try #require(float.margin?.number)
      #expect(margin.isZero == .yes && margin.error < 1e-8 * abs(gap.doubleValue) + 1e-9)
      let looseness = try #require(float.looseness?.number)
      #expect(abs(looseness.value - 1) < 1e-9 + looseness.error, "\(bound.id)")
      // Balls cannot decide it, and must not decide against it.
      let ball = balls.decide(bound)
      #expect(ball.verdict == .undecided || ball.verdict == .holds)
      #expect(try #require(ball.margin?.number).contains(Rational(0)), "\(bound.id)")
    }
    // The two that know the chain: no more than their stated slack above the gap.
    for bound in [ResolventErgodicityBound(), DobrushinBound()] as [any ReturnBound] {
      let finding = exact.decide(bound)
      #expect(finding.verdict == .holds)
      #expect(abs(try #require(finding.looseness?.number).approximation - 1) < 2e-11)
    }
  }

  @Test("Kakade's example", arguments: discounts, weights)
  func kakadeAttains(discount: Rational, alpha: Rational) throws {
    try expectAttained(
      Self.attainedByKakade, kakade(discount, alpha), gap: -unit(discount, alpha))
  }

  @Test("The coupling family", arguments: discounts, weights)
  func couplingAttains(discount: Rational, alpha: Rational) throws {
    try expectAttained(
      Self.attainedByCoupling, coupling(discount, alpha),
      gap: Rational(-28) * unit(discount, alpha))
  }

  @Test(
    "The committed files", arguments: ["kakade-2003", "coupling-family", "coupling-family-quarter"])
  func files(name: String) throws {
    let golden = try Golden.load(name)
    let document = try golden.document()
    let pair = try #require(golden.pairs?.first { $0.name == "equality" })
    let update = try Updates.exact(
      document, Golden.policy(pair.current, document.space),
      Golden.policy(pair.candidate, document.space))
    for bound in name == "kakade-2003" ? Self.attainedByKakade : Self.attainedByCoupling {
      #expect(update.decide(bound).margin?.number?.isExactlyZero == true, "\(bound.id)")
    }
  }

  @Test("Without a future, gap and bounds are zero")
  func noDiscount() throws {
    let instance = coupling(Rational(0), Self.number(1, 3))
    let update = try Updates.exact(instance.document, instance.current, instance.candidate)
    for case let bound as any ReturnBound in ClaimCatalogue.all {
      let finding = update.decide(bound)
      #expect(bound.id == "mean-kl-penalty" || finding.verdict == .holds, "\(bound.id)")
      if finding.verdict == .holds {
        #expect(finding.margin?.number?.isExactlyZero == true, "\(bound.id)")
      }
    }
  }
}

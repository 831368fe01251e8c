import MonotoneArithmetic
import MDPGuarantees
import MDPVerification
import Testing

@testable import MonotoneReports

@Suite("Verdicts of a run")
struct VerdictTests {
  private func run(
    _ verdicts: [Verdict], refutes: Bool = true, attainments: [Attainment] = []
  ) throws -> Verification {
    let check = try Fixtures.check(verdicts.map { Fixtures.result(Fixtures.bound, $0) })
    return Verification(
      arithmetic: .float64, interrupted: false,
      models: [try Fixtures.model("racing", [("an update", check)])],
      refutations: [Fixtures.refutation("kakade", refutes ? .violated : .undecided)],
      attainments: attainments,
      claims: [ClaimDescription(Fixtures.bound)])
  }

  @Test(
    "The worst verdict decides, however many are good",
    arguments: [
      ([], .holds), ([.notApplicable], .notApplicable), ([.notApplicable, .holds], .holds),
      ([.holds, .undecided, .holds], .undecided), ([.undecided, .violated, .holds], .violated),
    ] as [([Verdict], Verdict)])
  func worst(verdicts: [Verdict], worst: Verdict) throws {
    #expect(try run(verdicts).worst == worst)
  }

  @Test("A counterexample that refutes nothing is a violation")
  func refutations() throws {
    #expect(try run([.holds], refutes: false).worst == .violated)
  }

  @Test("An example of tightness that fails, or shows nothing, cannot pass")
  func attainments() throws {
    let tight = Fixtures.attainment("tight", looseness: .number(1))
    #expect(try run([.holds], attainments: [tight]).worst == .holds)
    for (bad, worst) in [
      (Fixtures.attainment("broken", .violated, looseness: .number(0.5)), .violated),
      (Fixtures.attainment("open", .undecided, looseness: .number(1)), .undecided),
      (Fixtures.attainment("elsewhere", .notApplicable, looseness: nil), .violated),
      (Fixtures.attainment("no gap", looseness: nil), .violated),
    ] as [(Attainment, Verdict)] {
      #expect(try run([.holds], attainments: [tight, bad]).worst == worst, "\(bad.name)")
      #expect(bad.fault != nil)
    }
  }

  @Test(
    "Only a proof makes an equality",
    arguments: [
      (.exact("1", approximate: 1), true, true), (.exact("1", approximate: 1), false, false),
      (.enclosure(midpoint: 1, radius: 0), true, true),
      (.enclosure(midpoint: 1, radius: 1e-16), true, false), (.number(1), true, false),
      (.exact("1000009/1000000", approximate: 1), true, false),
    ] as [(Quantity, Bool, Bool)])
  func equality(looseness: Quantity, rigorous: Bool, isEquality: Bool) {
    let example = Fixtures.attainment("e", looseness: looseness, rigorous: rigorous)
    #expect(example.isEquality == isEquality)
    #expect(example.attainedText.contains("exactly") == isEquality)
  }

  @Test("Examples stand in the order of the claims, the tightest first")
  func attainmentOrder() throws {
    var verification = try Fixtures.small()
    verification.attainments = [
      Fixtures.attainment("far", looseness: .infinity),
      Fixtures.attainment("half", looseness: .number(2)),
      Fixtures.attainment("tight", looseness: .number(1)),
    ]
    var other = Fixtures.attainment("first claim", looseness: .number(9))
    other.result.id = "performance-difference"
    verification.attainments.append(other)
    #expect(
      verification.orderedAttainments.map(\.name) == ["first claim", "tight", "half", "far"])
    #expect(verification.attainmentText == "4 examples for 2 bounds, 0 of them equalities")
  }

  @Test("Counts are over all models and updates")
  func counts() throws {
    let verification = try Fixtures.small()
    #expect(verification.count(.holds) == 3)
    #expect(verification.count(.violated) == 1)
    #expect(verification.count(.undecided) == 1)
    #expect(verification.count(.notApplicable) == 1)
  }

  @Test("The tightest case is the nearest to a violation, the loosest leaves infinity out")
  func cases() throws {
    let verification = try Fixtures.small()
    let summaries = verification.claimSummaries(verification.rows)
    #expect(summaries.map(\.claim.id) == ["performance-difference", "kl"])
    let kl = summaries[1]
    #expect(kl.tightest?.row.result.verdict == .violated)
    #expect(kl.tightest?.text == "looseness 0.5")
    #expect(kl.loosest?.text == "looseness 40")
    #expect(kl.infiniteCount == 1)
    #expect(summaries[0].tightest?.text == "difference 1e-17, 1 % of its error bound")
    #expect(summaries[0].loosest == nil)
  }

  @Test("A claim that results name and nobody described still has its summary")
  func undescribed() throws {
    var verification = try Fixtures.small()
    verification.claims = []
    let summaries = verification.claimSummaries(verification.rows)
    #expect(summaries.map(\.claim.id) == ["performance-difference", "kl"])
  }
}

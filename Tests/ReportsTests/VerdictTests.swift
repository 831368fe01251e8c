import Arithmetic
import Guarantees
import Testing

@testable import Reports

@Suite("Verdicts of a run")
struct VerdictTests {
  private func run(_ verdicts: [Verdict], refutes: Bool = true) throws -> Verification {
    let check = try Fixtures.check(verdicts.map { Fixtures.result(Fixtures.bound, $0) })
    return Verification(
      arithmetic: .float64, interrupted: false,
      models: [try Fixtures.model("racing", [("an update", check)])],
      refutations: [Fixtures.refutation("kakade", refutes ? .violated : .undecided)],
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

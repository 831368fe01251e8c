import MDPCore
import MDPTesting
import MonotoneArithmetic
import Testing

@testable import MDPGuarantees
@testable import MDPSolvers

/// Equalities in balls: refuted, or consistent within a radius that covers what exact arithmetic finds.
@Suite("Consistent equalities")
struct ConsistencyTests {
  private static func check(
    _ document: MDPDocument, _ arithmetic: ArithmeticKind, claims: [any Claim] = ClaimCatalogue.all
  ) throws -> UpdateCheck {
    try UpdateVerifier(PolicyEvaluator(document), arithmetic: arithmetic).check(
      from: NamedPolicy(name: "uniform", policy: .uniform(document.space)),
      to: NamedPolicy(name: "random", policy: .random(document.space, seed: 3)), claims: claims)
  }

  @Test(
    "Balls leave equalities consistent and nothing else; exact arithmetic proves them",
    arguments: 1...4)
  func identities(seed: Int) throws {
    let document = try Updates.garnet(seed: seed, discount: "0.9")
    let certified = try Self.check(document, .certified)
    let proved = try Self.check(document, .auto)
    #expect(certified.worst == .consistent && proved.worst == .holds)
    for (claim, truth) in zip(certified.claims, proved.claims) {
      guard claim.kind == .identity else {
        #expect(claim.verdict == truth.verdict && claim.rigorous, "\(claim.id)")
        continue
      }
      #expect(claim.verdict == .consistent && !claim.rigorous, "\(claim.id)")
      #expect(truth.verdict == .holds && truth.rigorous && truth.assumption == nil, "\(claim.id)")
      let radius = try #require(claim.consistencyRadius)
      #expect(radius > 0 && radius < 1e-9, "\(claim.id)")
      #expect(claim.assumption?.hasPrefix("not refuted within ") == true)
    }
  }

  /// η(π̃) = η(π̃) + a shift.
  private struct Shifted: Claim {
    var shift: Double
    let id = "shifted"
    let kind = ClaimKind.identity
    let statement = "η(π̃) = η(π̃) + shift"
    let source = "none"

    func check<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Finding<Number.Real> {
      let value = update.candidate.expectedReturn
      return .identity(difference: (value - (value + Number(shift))).real)
    }
  }

  @Test("A false equality is violated as soon as balls can tell, and in exact arithmetic always")
  func falseEquality() throws {
    let document = try Updates.garnet(seed: 1, discount: "0.9")
    func verdict(_ shift: Double, _ arithmetic: ArithmeticKind) throws -> Verdict {
      try #require(
        try Self.check(document, arithmetic, claims: [Shifted(shift: shift)]).claims.first
      )
      .verdict
    }
    #expect(try verdict(1e-6, .certified) == .violated)
    #expect(try verdict(0x1p-1000, .certified) == .consistent)
    #expect(try verdict(0x1p-1000, .auto) == .violated)
    #expect(try verdict(0, .auto) == .holds)
  }

  @Test("One component of a gradient that is wrong is found, whatever the others hide")
  func component() throws {
    let document = try Updates.garnet(seed: 2, discount: "0.9")
    let evaluation = try PolicyEvaluator(document).certify(.uniform(document.space))
    // Σ π A stays what it is under the uniform policy, and so does the derivative along any step.
    var advantages = evaluation.advantages
    let pairs = Array(document.space.pairs(of: 0))
    advantages[pairs[0]] = advantages[pairs[0]] + Ball(1)
    advantages[pairs[1]] = advantages[pairs[1]] - Ball(1)
    let altered = PolicyEvaluation(
      mdp: evaluation.mdp, policy: evaluation.policy, stateValues: evaluation.stateValues,
      actionValues: evaluation.actionValues, advantages: advantages,
      stateVisitation: evaluation.stateVisitation, expectedReturn: evaluation.expectedReturn,
      valueAccuracy: evaluation.valueAccuracy, visitationAccuracy: evaluation.visitationAccuracy,
      worstValueState: nil, expectedSteps: nil)
    let sound = PolicyUpdate(current: evaluation, candidate: evaluation)
    let faulty = PolicyUpdate(current: altered, candidate: altered)
    #expect(PerformanceDifference().check(faulty).verdict == .consistent)
    #expect(SurrogateGradient().check(sound).verdict == .consistent)
    #expect(SurrogateGradient().check(faulty).verdict == .violated)
  }

  @Test("The radius covers every part of an equality that has several")
  func largestPart() throws {
    let document = try Updates.garnet(seed: 3, discount: "0.9")
    let evaluation = try PolicyEvaluator(document).certify(.uniform(document.space))
    var advantages = evaluation.advantages
    let wide = document.space.pairs(of: 4).lowerBound
    advantages[wide] = advantages[wide].widened(by: Ball(0.5))
    let altered = PolicyEvaluation(
      mdp: evaluation.mdp, policy: evaluation.policy, stateValues: evaluation.stateValues,
      actionValues: evaluation.actionValues, advantages: advantages,
      stateVisitation: evaluation.stateVisitation, expectedReturn: evaluation.expectedReturn,
      valueAccuracy: evaluation.valueAccuracy, visitationAccuracy: evaluation.visitationAccuracy,
      worstValueState: nil, expectedSteps: nil)
    let update = PolicyUpdate(current: altered, candidate: altered)
    // Under the uniform policy the share of that action is 1/3.
    let finding = BellmanResidual().check(update)
    #expect(finding.verdict == .consistent && finding.witness?.state == 4)
    let margin = try #require(finding.margin?.number)
    #expect(margin.largestMagnitude >= 0.5 / 3 && margin.largestMagnitude < 0.6 / 3)
  }

  @Test(
    "Only what is settled takes the place of a consistent equality, and nothing takes that of a proof"
  )
  func adoption() throws {
    let document = try Updates.garnet(seed: 1, discount: "0.9")
    let certified = try Self.check(document, .certified)
    let exact = try Self.check(document, .exact)
    var raised = certified
    raised.adopt(exact)
    #expect(raised.claims.map(\.verdict) == exact.claims.map(\.verdict))
    var kept = exact
    kept.adopt(certified)
    #expect(kept == exact)
    var blank = certified
    for index in blank.claims.indices { blank.claims[index].verdict = .undecided }
    var open = certified
    open.adopt(blank)
    #expect(open == certified)
    blank.adopt(certified)
    #expect(blank.claims.map(\.verdict) == certified.claims.map(\.verdict))
  }
}

import MonotoneArithmetic
import MDPCore
import MDPSolvers
import Testing

@testable import MDPGuarantees

/// Checks of models whose numbers are float balls because they are large, against exact verdicts.
@Suite("Checks of large models")
struct LargeModelCheckTests {
  @Test("Float balls prove inequalities and leave equalities consistent", arguments: 1...4)
  func check(seed: Int) throws {
    let document = try Updates.garnet(states: 8, seed: seed, discount: "0.9")
    let evaluator = PolicyEvaluator(document, mostBallTransitions: 10)
    let (current, candidate) = (
      NamedPolicy(name: "uniform", policy: .uniform(document.space)),
      NamedPolicy(name: "random", policy: .random(document.space, seed: 3))
    )
    func check(_ evaluator: PolicyEvaluator, _ arithmetic: ArithmeticKind) throws -> UpdateCheck {
      try UpdateVerifier(evaluator, arithmetic: arithmetic).check(from: current, to: candidate)
    }
    let found = try check(evaluator, .certified)
    let truth = try check(PolicyEvaluator(document), .exact)
    #expect(found.improved == truth.improved && found.guaranteed == truth.guaranteed)
    for (claim, exact) in zip(found.claims, truth.claims) {
      let isIdentity = claim.kind == .identity
      #expect(claim.verdict == (isIdentity ? .consistent : exact.verdict), "\(claim.id)")
      #expect(claim.arithmetic == .certified && claim.rigorous == !isIdentity, "\(claim.id)")
    }
    #expect(try check(evaluator, .auto).claims.map(\.verdict) == truth.claims.map(\.verdict))
  }
}

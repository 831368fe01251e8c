import MonotoneArithmetic
import MDPCore
import MDPFormats
import MDPSolvers
import MonotoneFiles
import Testing

@testable import MDPGuarantees

@Suite("Claims at discount 1")
struct UndiscountedClaimTests {
  /// From s one step to t, from t one step to the end; a pays 1 more than b in s, 4 less in t.
  private static let steps = """
    {"schema": "monotone/mdp/v1", "name": "steps", "discount": 1, "states": ["s", "t", "end"],
     "actions": ["a", "b"], "initial": {"s": 1}, "terminal": ["end"],
     "transitions": [
       {"from": "s", "action": "a", "to": {"t": 1}, "reward": 1},
       {"from": "s", "action": "b", "to": {"t": 1}, "reward": 0},
       {"from": "t", "action": "a", "to": {"end": 1}, "reward": -4},
       {"from": "t", "action": "b", "to": {"end": 1}, "reward": 0}]}
    """

  /// The same, where b may also lead back: visitations move.
  private static let loop = """
    {"schema": "monotone/mdp/v1", "name": "loop", "discount": 1, "states": ["s", "t", "end"],
     "actions": ["a", "b"], "initial": {"s": "1/2", "t": "1/2"}, "terminal": ["end"],
     "transitions": [
       {"from": "s", "action": "a", "to": {"t": 1}, "reward": 1},
       {"from": "s", "action": "b", "to": {"s": "1/2", "end": "1/2"}, "reward": -2},
       {"from": "t", "action": "a", "to": {"end": 1}, "reward": 3},
       {"from": "t", "action": "b", "to": {"s": "2/3", "t": "1/3"}, "reward": "1/7"}]}
    """

  private static let applicable = [
    "bellman-residual", "performance-difference", "surrogate-value", "surrogate-gradient",
    "pinsker", "bretagnolle-huber", "pointwise-improvement", "visitation-shift",
  ]

  private struct Update {
    var evaluator: PolicyEvaluator
    var current: NamedPolicy
    var candidate: NamedPolicy

    init(_ text: String, _ current: [[Int]], _ candidate: [[Int]]) throws {
      let document = try MDPReader.read(InputBytes(text, name: "test.json"))
      evaluator = PolicyEvaluator(document)
      func policy(_ weights: [[Int]]) -> ExactPolicy {
        .fromWeights(document.space) { Array(weights.joined())[$0] }
      }
      self.current = NamedPolicy(name: "π", policy: policy(current))
      self.candidate = NamedPolicy(name: "π̃", policy: policy(candidate))
    }

    func check(_ arithmetic: ArithmeticKind) throws -> UpdateCheck {
      try UpdateVerifier(evaluator, arithmetic: arithmetic).check(from: current, to: candidate)
    }
  }

  @Test("Only what needs no horizon applies, and holds", arguments: ArithmeticKind.allCases)
  func applicability(_ arithmetic: ArithmeticKind) throws {
    let update = try Update(Self.loop, [[1, 1], [1, 3]], [[2, 1], [3, 1]])
    let check = try update.check(arithmetic)
    for claim in check.claims {
      if Self.applicable.contains(claim.id) {
        // No ball proves an equality.
        let isOpen = arithmetic == .certified && claim.kind == .identity
        #expect(claim.verdict == (isOpen ? .consistent : .holds), "\(claim.id): \(claim)")
      } else {
        #expect(claim.verdict == .notApplicable, "\(claim.id)")
        #expect(claim.assumption == "γ < 1 fails", "\(claim.id)")
      }
    }
    #expect(check.guaranteed == .violated && check.improved == .holds)
    #expect(check.tightest.aPriori == nil && check.tightest.aPosteriori == "visitation-shift")
    #expect(check.quantities[.penaltyCoefficient] == .infinity)
  }

  @Test("Means are under ρ/Σρ over the states that are left")
  func means() throws {
    // Each of s and t is visited once: the mean of TV = 1/2 and 1/4 is 3/8.
    let update = try Update(Self.steps, [[1, 1], [1, 1]], [[1, 0], [1, 3]])
    let quantities = try update.check(.exact).quantities
    #expect(quantities[.meanTotalVariation] == Rational(numerator: 3, denominator: 8).quantity)
    #expect(quantities[.meanKL] == .infinity)
    // KL(π̃‖π) = ln 2 in s, ¼ ln ½ + ¾ ln 3/2 in t.
    let expected = (0.6931471805599453 + 0.25 * -0.6931471805599453 + 0.75 * 0.4054651081081644) / 2
    for arithmetic in ArithmeticKind.allCases {
      let mean = try update.check(arithmetic).quantities[.meanReverseKL].approximation
      #expect(abs(mean - expected) < 1e-14)
    }
    // η: ½ − 2 before, 1 − 1 after; 𝔸 = ½ + 1 with visits that stay as they are.
    #expect(quantities[.returnCurrent] == Rational(numerator: -3, denominator: 2).quantity)
    #expect(quantities[.returnCandidate] == Rational.zero.quantity)
    #expect(quantities[.policyAdvantage] == Rational(numerator: 3, denominator: 2).quantity)
  }

  @Test("The bound by moved visitations, over live states, in fractions")
  func visitationShift() throws {
    // π takes a in both states: ρ = (½, 1), V = (4, 3). π̃ takes b in s: ρ̃ = (1, ½).
    let update = try Update(Self.loop, [[1, 0], [1, 0]], [[0, 1], [1, 0]])
    let check = try update.check(.exact)
    // Ā(s) = −2 + 4/2 − 4 = −4; ‖ρ̃ − ρ‖₁ = ½ + ½: the bound is 4. L = 7/2 + ½·(−4), η̃ = −½.
    let claim = try #require(check.claims.first { $0.id == "visitation-shift" })
    #expect(check.quantities[.returnCurrent] == Rational(numerator: 7, denominator: 2).quantity)
    #expect(check.quantities[.surrogate] == Rational(numerator: 3, denominator: 2).quantity)
    #expect(check.quantities[.returnCandidate] == Rational(numerator: -1, denominator: 2).quantity)
    #expect(claim.bound == Rational(numerator: -5, denominator: 2).quantity)
    #expect(claim.verdict == .holds)
  }

  @Test("A policy that never ends is refused by name", arguments: ArithmeticKind.allCases)
  func endless(_ arithmetic: ArithmeticKind) throws {
    let document = try MDPReader.read(
      InputBytes(
        """
        {"schema": "monotone/mdp/v1", "name": "trap", "discount": 1, "states": ["s", "end"],
         "actions": ["stay", "leave"], "initial": {"s": 1}, "terminal": ["end"],
         "transitions": [
           {"from": "s", "action": "stay", "to": {"s": 1}, "reward": -1},
           {"from": "s", "action": "leave", "to": {"end": 1}}]}
        """, name: "test.json"))
    let (leave, stay) = (
      NamedPolicy(name: "leave", policy: .fromWeights(document.space) { $0 }),
      NamedPolicy(name: "stay", policy: .fromWeights(document.space) { 1 - $0 })
    )
    let verifier = UpdateVerifier(PolicyEvaluator(document), arithmetic: arithmetic)
    let expected = EvaluationFailure.endless(.policy("stay", state: "s"))
    #expect(throws: expected) { try verifier.check(from: leave, to: stay) }
    #expect(throws: expected) { try verifier.check(from: stay, to: leave) }
    #expect(throws: Never.self) { try verifier.check(from: leave, to: leave) }
  }
}

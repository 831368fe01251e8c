import MonotoneFiles
import TRPOComparison
import MDPGuarantees
import MDPCore
import MDPFormats
import MDPSolvers
import PolicyImprovement
import RealModule
import TestSupport
import Testing

/// The tabular rules beside a run.
@Suite(.tags(.slow)) struct RuleCurveTests {
  private static func curves(
    _ world: TestWorld, budget: Double, steps: Int, mostStates: Int = 1000
  ) throws -> [RuleCurve] {
    var reference = RuleReference(budget: budget, steps: steps)
    reference.mostStates = mostStates
    return try reference.curves(PolicyEvaluator(world.document), from: world.policy.exact)
  }

  /// Step by step what `improve` does, every claim on it checked.
  @Test func curvesAreThoseOfImprove() throws {
    let world = try TestWorld.sticky()
    let curves = try Self.curves(world, budget: 0.01, steps: 4)
    #expect(curves.map(\.rule) == ["mean-kl", "trust-region", "natural-gradient"])
    for curve in curves {
      let value = { (name: String) in curve.parameters.first { $0.name == name }?.value }
      let rule = try #require(
        RuleCatalogue.rule(
          curve.rule, RuleSettings(budget: value("delta"), stepSize: value("step"))))
      #expect(value("delta") ?? 0.01 == 0.01)
      let run = ImprovementRun(
        rule, from: NamedPolicy(name: "start", policy: world.policy.exact),
        evaluator: PolicyEvaluator(world.document), arithmetic: .float64)
      var returns: [Double] = []
      for _ in 0..<4 {
        let check = try run.advance().check
        if returns.isEmpty { returns.append(check.quantities[.returnCurrent].approximation) }
        returns.append(check.quantities[.returnCandidate].approximation)
      }
      #expect(curve.returns == returns && curve.notApplicable == nil)
      // Toward something: each of these rules gains at first.
      #expect(curve.returns[1] > curve.returns[0])
    }
  }

  /// With the step that is shown, π exp(step·A/(1−γ)) is as far from π as δ says.
  @Test(arguments: 1...6) func theNaturalGradientSpendsTheBudgetAtFirst(_ seed: Int) throws {
    let world = try TestWorld.random(UInt64(seed))
    let budget = 1e-6
    let curve = try #require(
      try Self.curves(world, budget: budget, steps: 1).first { $0.rule == "natural-gradient" })
    let step = try #require(curve.parameters.first { $0.name == "step" }?.value)
    let (space, policy) = (world.document.space, world.policy.probabilities)
    let evaluation = try PolicyEvaluator(world.document).evaluate(world.policy.exact)
    let divergence = space.liveStates.reduce(0.0) { sum, state in
      let weights = space.pairs(of: state).map { pair in
        policy[pair] * Double.exp(step * evaluation.advantages[pair].value / (1 - 0.9))
      }
      let total = weights.reduce(0, +)
      let kl = zip(space.pairs(of: state), weights).reduce(0) {
        $0 + policy[$1.0] * Double.log(policy[$1.0] * total / $1.1)
      }
      return sum + (1 - 0.9) * evaluation.stateVisitation.mass[state].value * kl
    }
    // Third order: √δ = 1e-3 times the largest advantage in units of its deviation, some ten at most.
    let isFlat = divergence == 0
    #expect(isFlat == evaluation.advantages.allSatisfy { abs($0.value) <= $0.error })
    #expect(isFlat ? curve.returns.count == 1 : abs(divergence / budget - 1) < 0.02)
  }

  /// One state that stays, γ = 1/2: A = ±1/2000 beside a reward of 10¹⁵, and xᵀFx = (A/(1−γ))² = 1e-6.
  @Test func aRewardThatAllActionsShareHidesNoGradient() throws {
    let document = try MDPReader.read(
      InputBytes(
        """
        {"schema": "monotone/mdp/v1", "name": "offset", "discount": 0.5, "states": 1, "actions": 2,
         "initial": [1], "transitions": [[[1], [1]]],
         "rewards": [["1000000000000000", "1000000000000000.001"]]}
        """, name: "offset.json"))
    let curves = try RuleReference(budget: 0.01, steps: 1).curves(
      PolicyEvaluator(document), from: .uniform(document.space))
    let step = try #require(curves.last?.parameters.first { $0.name == "step" }?.value)
    #expect(abs(step / (0.02 / 1e-6).squareRoot() - 1) < 1e-9, "\(step)")
  }

  @Test func largeModelsSayWhyThereAreNone() throws {
    let curves = try Self.curves(try .sticky(), budget: 0.01, steps: 4, mostStates: 1)
    #expect(curves.count == 3)
    for curve in curves {
      #expect(curve.returns.isEmpty && curve.notApplicable == "2 live states: more than 1")
    }
  }

  /// A policy without some action is no softmax; the problem over all policies has an answer still.
  @Test func rulesThatCannotStartSayWhy() throws {
    let world = try TestWorld.sticky()
    let evaluator = PolicyEvaluator(world.document)
    let certain = try OptimalPolicy(evaluator).policy
    let curves = try RuleReference(budget: 0.01, steps: 3).curves(evaluator, from: certain)
    #expect(curves.map { $0.notApplicable == nil } == [true, false, false])
  }
}

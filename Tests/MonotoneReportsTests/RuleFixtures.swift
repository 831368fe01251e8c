import MonotoneArithmetic
import MDPCore
import MDPSolvers

@testable import MDPGuarantees
import MDPVerification
@testable import PolicyImprovement
@testable import MonotoneReports

extension Fixtures {
  /// Made-up results of a rule: returns that rise evenly from 1.5, steps of max KL 0.01.
  ///
  /// - Parameters:
  ///   - outcomes: Those of its proved steps; every step has two claims that hold.
  ///   - closes: How many iterations close the timed share of the gap.
  static func rule(
    _ id: String, on model: String = "racing",
    _ outcomes: [UpdateMark] = [.guaranteed, .improved],
    iterations: Int = 200, budget: Int = 200, closes: Int? = nil, gapClosed: Double = 0.5
  ) throws -> RuleVerification {
    let rule = RuleCatalogue.rule(id) ?? PolicyIterationRule()
    var result = RuleVerification(
      rule: rule, command: "monotone improve mdps/\(model).json --rule \(id) --iterations 2",
      steps: try outcomes.enumerated().map { index, outcome in
        var step = try self.step(index + 1, [.holds, .holds])
        step.outcome = outcome
        return step
      },
      curve: try LearningCurve(
        rule, from: .uniform(racing.space), evaluator: PolicyEvaluator(racing), iterations: 0),
      iterationBudget: budget, optimum: 15.5)
    result.rule = id
    result.iterationsToClose = closes
    result.gapClosed = gapClosed
    let rise = 14 * gapClosed / Double(max(iterations, 1))
    result.returns = (0...iterations).map { .number(1.5 + rise * Double($0)) }
    result.maxKL = (0..<iterations).map { _ in .number(0.01) }
    return result
  }

  /// A made-up step with a bound of each verdict.
  static func step(_ index: Int, _ verdicts: [Verdict]) throws -> VerifiedStep {
    VerifiedStep(
      ImprovementIteration(
        index: index, check: try check(verdicts.map { result(bound, $0, margin: -0.125) }),
        optimalityResidual: .number(1e-12), residualMeaning: "duality gap"))
  }

  /// Nine rules in the order of the catalogue; whatever else it has changes nothing here.
  static let ruleIDs = [
    "policy-iteration", "conservative", "penalty", "mean-penalty", "max-kl", "mean-kl",
    "natural-gradient", "trust-region", "policy-gradient",
  ]

  /// ``small()`` with nine rules on the first model and two, one of them with bad news, on the
  /// second.
  static func withRules() throws -> Verification {
    var verification = try small()
    verification.models[0].rules = try ruleIDs.enumerated().map { index, id in
      try rule(id, closes: index < 4 ? nil : 10 * index, gapClosed: index < 4 ? 0.571 : 1)
    }
    // A way of infinite steps alone, and one that mixes them with others.
    verification.models[0].rules[0].maxKL = Array(repeating: .infinity, count: 3)
    verification.models[0].rules[4].maxKL.replaceSubrange(1...1, with: [.infinity])
    var bad = try rule("max-kl", on: "chain", [.improved, .harmful], closes: 7, gapClosed: 1)
    bad.steps[1].counts = VerdictCounts([.violated, .undecided, .holds].map { result(bound, $0) })
    bad.steps[1].badNews = [
      result(bound, .violated, margin: -0.125), result(identity, .undecided, margin: 1e-20),
    ]
    verification.models[1].rules = [bad, try rule("penalty", on: "chain", [.guaranteed])]
    return verification
  }
}

internal import MonotoneArithmetic
package import MDPCore
package import MDPSolvers
public import PolicyImprovement

/// How the return grows under a tabular rule with exact expectations, from the policy that training began
/// with: what its steps could do if nothing were sampled and no network stood between.
public struct RuleCurve: Sendable, Equatable, Codable {
  /// The rule of `improve`.
  public var rule: String
  /// Its settings.
  public var parameters: [RuleParameter]
  /// η step by step, the start included; fewer steps than asked for where the rule came to its end.
  public var returns: [Double]
  /// Why there is no curve; nil where there is.
  public var notApplicable: String?
}

/// The rules that mean something beside a run of trust region policy optimization with δ.
///
/// - `mean-kl`, the paper's problem itself (2015, eq. 12), and `trust-region`, its step on softmax logits
///   (App. C), both with the run's δ;
/// - `natural-gradient` with the fixed step 1/λ = √(2δ/xᵀFx) of the first update: it spends δ there, to second
///   order, and as much as the gradient asks for later.
///
/// Their δ is of the mean KL under d_π, where time after an episode's end counts with 0; a sampler's mean is
/// over live rows alone, which is more.
package struct RuleReference: Sendable {
  /// δ.
  package var budget: Double
  /// The most steps.
  package var steps: Int
  /// The most live states: each step solves for a policy, densely.
  package var mostStates = 1000

  package init(budget: Double, steps: Int) {
    self.budget = budget
    self.steps = steps
  }

  /// The rules' curves.
  ///
  /// - Parameter progress: Told which rule is applied next.
  /// - Throws: ``EvaluationFailure``.
  package func curves(
    _ evaluator: PolicyEvaluator, from start: ExactPolicy,
    progress: (_ rule: String) -> Void = { _ in }
  ) throws(EvaluationFailure) -> [RuleCurve] {
    let states = evaluator.space.liveStates.count
    guard states <= mostStates else {
      return rules(naturalStep: nil).map {
        RuleCurve(
          rule: $0.id, parameters: [], returns: [],
          notApplicable: "\(states) live states: more than \(mostStates)")
      }
    }
    var curves: [RuleCurve] = []
    for rule in rules(naturalStep: try naturalStep(evaluator, start)) {
      progress(rule.id)
      curves.append(try curve(rule, evaluator, start))
    }
    return curves
  }

  private func rules(naturalStep: Double?) -> [any ImprovementRule] {
    [
      MeanDivergenceRule(.init(budget: budget)), TrustRegionRule(.init(budget: budget)),
      NaturalGradientRule(naturalStep.map { .init(stepSize: $0) } ?? .init()),
    ]
  }

  private func curve(
    _ rule: any ImprovementRule, _ evaluator: PolicyEvaluator, _ start: ExactPolicy
  ) throws(EvaluationFailure) -> RuleCurve {
    var curve = RuleCurve(rule: rule.id, parameters: rule.parameters, returns: [])
    do throws(ImprovementFailure) {
      curve.returns =
        try LearningCurve(rule, from: start, evaluator: evaluator, iterations: steps).returns
    } catch {
      switch error {
      case .evaluation(let failure): throw failure
      case .rule(let failure): curve.notApplicable = failure.message
      }
    }
    return curve
  }

  /// The natural gradient's step that spends δ; nil, for any, where there is none.
  private func naturalStep(
    _ evaluator: PolicyEvaluator, _ start: ExactPolicy
  ) throws(EvaluationFailure) -> Double? {
    let evaluated = try EvaluatedPolicy(
      policy: start, evaluator: evaluator, effort: .proof(), tolerance: Self.tolerance)
    return NaturalGradientRule.stepSize(spending: budget, from: evaluated)
  }

  /// Advantages below this share of the largest change no step that anybody could see.
  private static let tolerance = 0x1p-30
}

public import MonotoneArithmetic
public import MDPCore

/// An optimal policy, with the proof or with what is missing for it.
///
/// Howard's policy iteration: evaluate, then in every state move to the best action where that is
/// better than the policy, until nowhere is. Float64 finds the start as fast as it can; from there
/// advantages are compared as sharply as it takes (``ComparisonEffort``), so that the last policy has
/// max A ≤ 0 for certain. Terminates: each round improves the return strictly, and there are finitely
/// many deterministic policies. Among equally good actions the first is taken; a policy to start from
/// that is optimal already is kept.
///
/// **Gap.** With a = max(0, max A) over all pairs, every policy π' has r_π' + γP_π'V ≤ V + a, hence
/// V_π' ≤ V + a/(1−γ) in every state and η ≤ η* ≤ η + a/(1−γ). In a proof a = 0 and the ends meet.
///
/// **Without discounting** the first policy is one whose paths end. If a step led to one whose paths do
/// not, some set of live states would be closed under it. The step changed one of them, since the policy
/// before it ended, and a state is changed only for Ā > 0; with ν stationary on the set,
/// Σ_s ν r = Σ_s ν Ā > 0: going round there gains without bound. At the end there may be ties by which
/// paths come back to a state of negative value for ever, at no cost (``FreeCycle``). Both are refused,
/// so that an optimal policy is optimal among all.
///
/// Source: Howard 1960; Puterman 1994, §6.4 and Thm 6.2.2; Bertsekas & Tsitsiklis 1991 for γ = 1. Complexity: a policy evaluation a round.
public struct OptimalPolicy: Sendable {
  /// The policy.
  public let policy: ExactPolicy
  /// η of the policy: the lower end of η*.
  public let lower: Quantity
  /// The upper end of η*; `lower` where the policy is proved optimal.
  public let upper: Quantity
  /// Whether no action is better, proved: the policy is optimal.
  public let isProved: Bool
  /// η* − η at most; 0 where the policy is proved optimal, +∞ where nothing is known.
  public let gap: Double
  /// max A at most: 0 where the policy is proved optimal.
  public let largestAdvantage: Double
  /// Evaluations compared.
  public let iterations: Int

  /// Solves a model.
  ///
  /// - Parameters:
  ///   - evaluator: The model.
  ///   - start: A policy that may be optimal; nil to find one.
  ///   - effort: What may be spent on the proof.
  ///   - exactly: Whether the optimal return is wanted as a fraction, even where balls prove the policy.
  /// - Throws: ``EvaluationFailure`` where no policy can be evaluated within the effort.
  public init(
    _ evaluator: PolicyEvaluator, from start: ExactPolicy? = nil,
    effort: ComparisonEffort = .proof(), exactly: Bool = false
  ) throws(EvaluationFailure) {
    var policy = if let start { start } else { try Self.float64Optimum(evaluator) }
    var effort = effort
    var iterations = 0
    while true {
      let step = try evaluator.ask(
        ImprovementQuestion(policy: policy), of: policy, effort: effort)
      iterations += 1
      if let better = step.answer.better {
        if let state = evaluator.endlessState(of: better) { throw .endless(.gain(state: state)) }
        if step.answer.arithmetic == .exact {
          effort.exactSecondsLimit -= evaluator.exactCost(of: policy).seconds
        }
        policy = better
        continue
      }
      if step.isDecided, let paths = step.answer.endless { throw .endless(paths) }
      self.policy = policy
      self.iterations = iterations
      isProved = step.isDecided && effort.refines
      lower =
        exactly && isProved
        ? try evaluator.solveExactly(policy).expectedReturn.quantity : step.answer.expectedReturn
      upper = isProved ? lower : step.answer.upperEnd
      gap = isProved ? 0 : step.answer.gap
      largestAdvantage = isProved ? 0 : step.answer.largestAdvantage
      return
    }
  }

  /// Where policy iteration in float64 ends, for large models ``EpsilonOptimalPolicy`` as near as rounding allows;
  /// the first action everywhere for a model whose numbers float64 cannot hold.
  private static func float64Optimum(
    _ evaluator: PolicyEvaluator
  ) throws(EvaluationFailure) -> ExactPolicy {
    let first = try evaluator.startingPolicy()
    if !evaluator.document.isUndiscounted,
      evaluator.space.liveStates.count > PolicySolver.largestDenseOrder
    {
      // The steps of Howard are too many, and each takes V and ρ of all states.
      let near = try? EpsilonOptimalPolicy(evaluator.document, within: 0)
      return near?.policy(evaluator.space) ?? first
    }
    var policy = first
    do throws(EvaluationFailure) {
      while true {
        let step = ImprovementQuestion(policy: policy).answer(try evaluator.evaluate(policy))
        guard let better = step.answer.better, evaluator.endlessState(of: better) == nil else {
          return policy
        }
        policy = better
      }
    } catch {
      return first
    }
  }
}

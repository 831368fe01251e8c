public import Arithmetic
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
/// Source: Howard 1960; Puterman 1994, §6.4 and Thm 6.2.2. Complexity: a policy evaluation a round.
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
    var policy = start ?? Self.float64Optimum(evaluator)
    var effort = effort
    var iterations = 0
    while true {
      let step = try evaluator.ask(
        ImprovementQuestion(policy: policy), of: policy, effort: effort)
      iterations += 1
      if let better = step.answer.better {
        policy = better
        if step.answer.arithmetic == .exact {
          effort.exactSecondsLimit -= evaluator.exactSecondsEstimate
        }
        continue
      }
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

  /// Where policy iteration in float64 ends; the first action everywhere for a model whose numbers
  /// float64 cannot hold.
  private static func float64Optimum(_ evaluator: PolicyEvaluator) -> ExactPolicy {
    let space = evaluator.space
    let first = ExactPolicy.deterministic(space) { space.pairs(of: $0).lowerBound }
    var policy = first
    do throws(EvaluationFailure) {
      while true {
        let step = ImprovementQuestion(policy: policy).answer(try evaluator.evaluate(policy))
        guard let better = step.answer.better else { return policy }
        policy = better
      }
    } catch {
      return first
    }
  }
}

internal import MDPCore

/// Howard's policy iteration: the greedy policy, in every state.
///
/// It ends where no action has a positive advantage, and such a policy is optimal: then
/// r + γ P V ≤ V for every policy, hence η ≥ all of them (``ProvedOptimum``).
///
/// *Edge cases.* Ties split in proportion to π, so that the rule stops at the first optimal policy
/// instead of wandering among its equals. States that are not visited improve too: with another
/// initial distribution they would be.
///
/// Without discounting a greedy policy that never ends gains without bound (``OptimalPolicy``), and the run
/// ends with that.
///
/// Source: Howard 1960; Puterman 1994, §6.4. Complexity: O(pairs).
public struct PolicyIterationRule: ImprovementRule {
  /// The rule; it has no settings.
  public init() {}
  public let id = "policy-iteration"
  public let summary = "move to the greedy policy, until it is optimal"
  public let source = "Howard 1960"
  public let line: RuleLine? = RuleLine(.tabular, .dotted)
  public let needsDiscounting = false
  public let endsAtOptimum = true
  public let parameters: [RuleParameter] = []

  public func propose(from start: EvaluatedPolicy) throws(RuleFailure) -> Proposal {
    Proposal(
      policy: GreedyStep.policy(start, visitedOnly: false), residual: GreedyResidual())
  }
}

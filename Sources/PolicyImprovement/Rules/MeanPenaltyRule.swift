public import MDPGuarantees
internal import MDPCore
internal import MDPSolvers

/// Algorithm 1 with the mean divergence in place of the largest:
///
///     maximise L_π(π̃) − C · E_{s~d_π} KL(π‖π̃)
///
/// Guaranteed to improve for γ ≥ 2/3, where C · E KL bounds the surrogate's error
/// (``MeanPenaltyBound``); its steps are far larger than those of ``PenaltyRule``, because a state
/// that is rarely visited no longer dictates the step of all. For smaller γ it runs without that
/// guarantee, and the claim says so.
///
/// *Derivation.* The objective is Σ_s ρ(s) [Ā(s) − C(1−γ) KL(s)]: the states separate, each a
/// trade-off at the known multiplier κ = C(1−γ) (``TradeOffs``), without an outer root.
///
/// *Edge cases.* C = 0 (γ = 0, or no advantage at all): nothing is penalised and the greedy policy
/// is optimal. States with ρ(s) = 0 keep π.
///
/// Source: `mean-kl-penalty` in the ladder of bounds; Schulman et al. 2015, Algorithm 1.
/// Complexity: O(pairs), a few Newton steps a state.
public struct MeanPenaltyRule: ImprovementRule {
  /// The rule; it has no settings.
  public init() {}
  public let id = "mean-penalty"
  public let summary = "maximise L − C·mean KL; guaranteed for γ ≥ 2/3"
  public let source = "Schulman et al. 2015, Algorithm 1, with the bound mean-kl-penalty"
  public let line: RuleLine? = RuleLine(.guaranteed, .solid)
  public let parameters: [RuleParameter] = []
  public var guarantee: String? { MeanPenaltyBound().id }
  public var claims: [any Claim] { [PenalisedObjective.mean] }

  public func propose(from start: EvaluatedPolicy) throws(RuleFailure) -> Proposal {
    let multiplier = try start.penaltyPrice()
    guard multiplier > 0 else { return try GreedyStep.unpenalised(start, .meanPenalty) }
    let tradeOffs = TradeOffs(start)
    var step = ConvexStep(start, tradeOffs, multiplier: 0)
    for (state, tradeOff) in zip(start.space.liveStates, tradeOffs.states)
    where tradeOff.isVisited && tradeOff.canGain {
      step.move(state, tradeOff, to: tradeOffs.optimum(tradeOff, multiplier: multiplier))
    }
    return try step.proposal(.meanPenalty)
  }
}

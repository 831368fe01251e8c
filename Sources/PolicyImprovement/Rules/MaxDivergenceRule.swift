internal import MDPCore
internal import MDPSolvers

/// The trust region of the theory: maximise L_π(π̃) subject to max_s KL(π‖π̃) ≤ δ.
///
/// *Derivation.* The budget holds in every state by itself, and L is a sum over states: each state
/// spends the whole of δ on its own advantages (``TradeOffs``), whatever its visitation.
///
/// *Edge cases.* A state whose supported actions are level and that knows no better action has
/// nothing to spend on and keeps π. KL(π‖π̃) is finite only if π̃ keeps every action of π, so the
/// greedy policy is feasible only where it does; otherwise the step approaches it as δ grows.
/// States with ρ(s) = 0 keep π. Nothing here needs γ < 1: a step that keeps every action ends where π does.
///
/// Source: Schulman et al. 2015, eq. 11. Complexity: O(pairs), a few Newton steps a state.
public struct MaxDivergenceRule: ImprovementRule {
  /// The settings of the rule.
  public struct Configuration: Sendable {
    /// δ > 0, in nats.
    public var budget: Double

    /// A limit δ on the maximum KL divergence.
    public init(budget: Double = 0.01) { self.budget = budget }
  }

  private let configuration: Configuration

  /// The rule of a configuration.
  public init(_ configuration: Configuration = .init()) {
    precondition(configuration.budget > 0, "a budget of \(configuration.budget) nats")
    self.configuration = configuration
  }

  public let id = "max-kl"
  public let summary = "maximise L within max KL ≤ δ"
  public let source = "Schulman et al. 2015, eq. 11"
  public let line: RuleLine? = RuleLine(.tabular, .dashed)
  public let needsDiscounting = false
  public var parameters: [RuleParameter] { [.init("delta", configuration.budget)] }

  public func propose(from start: EvaluatedPolicy) throws(RuleFailure) -> Proposal {
    let tradeOffs = TradeOffs(start)
    var step = ConvexStep(start, tradeOffs, multiplier: 0)
    for (state, tradeOff) in zip(start.space.liveStates, tradeOffs.states)
    where tradeOff.isVisited && tradeOff.canGain {
      step.move(
        state, tradeOff, to: tradeOffs.optimum(tradeOff, divergence: configuration.budget))
    }
    step.shorten(by: ConvexStep.roundingRoom)
    return try step.proposal(.maxBudget(configuration.budget))
  }
}

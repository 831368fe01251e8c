internal import MDPCore
internal import MDPSolvers
internal import RealModule

/// The problem that practical TRPO approximates: maximise L_π(π̃) subject to
/// E_{s~d_π} KL(π‖π̃) ≤ δ.
///
/// *Derivation.* The Lagrangian Σ_s ρ(s) [Ā(s) − κ KL(s)] + κδ/(1−γ) separates over states at a
/// common multiplier κ. The mean divergence falls in κ, so one root on the logarithmic scale,
/// where it is nearly straight (KL ~ κ⁻² for small steps), spends the budget.
///
/// *Edge cases.* If no visited state has anything to gain, the step is none. The budget is always
/// spent otherwise: KL(s) grows without limit as κ → 0 wherever there is something to gain.
/// States with ρ(s) = 0 keep π.
///
/// Source: Schulman et al. 2015, eq. 12. Complexity: O(pairs), a few Newton steps a state, a few
/// times.
public struct MeanDivergenceRule: ImprovementRule {
  /// The settings of the rule.
  public struct Configuration: Sendable {
    /// δ > 0, in nats.
    public var budget: Double

    /// A limit δ on the mean KL divergence.
    public init(budget: Double = 0.01) { self.budget = budget }
  }

  private let configuration: Configuration

  /// The rule of a configuration.
  public init(_ configuration: Configuration = .init()) {
    precondition(configuration.budget > 0, "a budget of \(configuration.budget) nats")
    self.configuration = configuration
  }

  public let id = "mean-kl"
  public let summary = "maximise L within mean KL ≤ δ"
  public let source = "Schulman et al. 2015, eq. 12"
  public let line: RuleLine? = RuleLine(.tabular, .solid)
  public var parameters: [RuleParameter] { [.init("delta", configuration.budget)] }

  public func propose(from start: EvaluatedPolicy) throws(RuleFailure) -> Proposal {
    let tradeOffs = TradeOffs(start)
    let gainers = tradeOffs.states.filter { $0.isVisited && $0.canGain }
    let multiplier = gainers.isEmpty ? 0 : self.multiplier(gainers, tradeOffs)
    guard multiplier.isFinite else { throw .range("the multiplier of the budget") }
    var step = ConvexStep(start, tradeOffs, multiplier: multiplier)
    for (state, tradeOff) in zip(start.space.liveStates, tradeOffs.states)
    where tradeOff.isVisited && tradeOff.canGain {
      step.move(state, tradeOff, to: tradeOffs.optimum(tradeOff, multiplier: multiplier))
    }
    step.shorten(by: ConvexStep.roundingRoom)
    return try step.proposal(.meanBudget(configuration.budget, multiplier: multiplier))
  }

  /// No probability that is written moves at such a price.
  private static let largestMultiplier = 1e200

  /// κ at which the mean divergence is δ.
  private func multiplier(_ gainers: [StateTradeOff], _ tradeOffs: TradeOffs) -> Double {
    let wanted = Double.log(configuration.budget)
    // Were every step small: √(Σ d variance/(2δ)). An unsupported gain has no variance; its square is
    // of the right size.
    let first = gainers.reduce(0) {
      let unsupported = $1.unsupportedBest ?? 0
      let slope = $1.share * ($1.variance + unsupported * unsupported)
      return Double.greatest($0, $1.scale * slope.squareRoot())
    }
    let start = Double.log(max(first, .leastNormalMagnitude)) - (wanted + Double.log(2)) / 2
    let root = MonotoneRoot.solve(from: start) { logarithm in
      var (spent, response) = (0.0, 0.0)
      for gainer in gainers {
        let point = tradeOffs.optimum(gainer, multiplier: Double.exp(logarithm))
        spent += gainer.share * point.divergence
        response += gainer.share * point.response
      }
      // Beyond the largest knee and without variance nothing moves: the multiplier is too large.
      guard spent > 0 else { return .init(value: -.infinity, slope: -1) }
      return .init(value: Double.log(spent) - wanted, slope: -response / spent)
    }
    return min(Double.exp(root), Self.largestMultiplier)
  }
}

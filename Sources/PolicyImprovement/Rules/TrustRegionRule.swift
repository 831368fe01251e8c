internal import MonotoneArithmetic
internal import MDPCore
internal import MDPSolvers

/// TRPO as it is practised, with exact expectations: the natural direction x = F⁺∇L, scaled to
/// β = √(2δ/xᵀFx), and shrunk until the exact surrogate improves within mean KL ≤ δ.
///
/// *Derivation.* ½ ΔθᵀFΔθ is the mean divergence to second order, so β spends δ; what the second
/// order misses, the backtracking takes back. Both of its tests are exact: L and the divergence of
/// the very step, no samples.
///
/// *Edge cases.* xᵀFx = 0, at an optimal policy or where all advantages vanish: no step. So also if
/// no trial passes, which the record of the step then shows as a step of 0.
///
/// Source: Schulman et al. 2015, App. C. Complexity: O(pairs) a trial.
public struct TrustRegionRule: ImprovementRule {
  /// The settings of the rule.
  public struct Configuration: Sendable {
    /// δ > 0, in nats.
    public var budget: Double
    /// The factor of the step after a trial that fails, in (0, 1).
    public var backtrack: Double
    /// The most trials.
    public var trials: Int

    /// A limit δ on the mean KL divergence, and the line search.
    public init(budget: Double = 0.01, backtrack: Double = 0.5, trials: Int = 60) {
      self.budget = budget
      self.backtrack = backtrack
      self.trials = trials
    }
  }

  private let configuration: Configuration

  /// The rule of a configuration.
  public init(_ configuration: Configuration = .init()) {
    precondition(
      configuration.budget > 0 && configuration.backtrack > 0 && configuration.backtrack < 1
        && configuration.trials > 0, "no line search has the settings \(configuration)")
    self.configuration = configuration
  }

  public let id = "trust-region"
  public let summary = "TRPO on softmax logits: natural direction, mean KL ≤ δ, line search"
  public let source = "Schulman et al. 2015, App. C"
  public let line: RuleLine? = RuleLine(.softmax, .solid)
  public var parameters: [RuleParameter] {
    [.init("delta", configuration.budget), .init("backtrack", configuration.backtrack)]
  }

  public func propose(from start: EvaluatedPolicy) throws(RuleFailure) -> Proposal {
    let geometry = try SoftmaxGeometry(start)
    // In any unit: what is found is scaled to the budget.
    let direction = geometry.logits { Double.powerOfTwo($0 - geometry.unit) }
    let curvature = geometry.curvature
    let residual = CollinearityResidual(metric: .fisher, unit: geometry.unit)
    guard curvature > 0 else { return Proposal(policy: start.policy, residual: residual) }
    // The room is for the rounding of the probabilities. Where even the smallest logit is at its
    // longest the policy is greedy, and longer steps are the same.
    let smallest = direction.reduce(Double.infinity) { $1 == 0 ? $0 : .least($0, abs($1)) }
    var scale = min(
      (2 * configuration.budget).squareRoot() / curvature.squareRoot() * ConvexStep.roundingRoom,
      LogitStep.longest / smallest)
    for _ in 0..<configuration.trials {
      let step = LogitStep(start, direction.map { scale * $0 })
      if step.gain > 0, step.meanDivergence <= configuration.budget * ConvexStep.roundingRoom {
        return Proposal(policy: try step.policy(from: start), residual: residual)
      }
      scale *= configuration.backtrack
    }
    return Proposal(policy: start.policy, residual: residual)
  }
}

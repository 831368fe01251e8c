internal import MonotoneArithmetic
internal import MDPCore
internal import MDPSolvers

/// The plain policy gradient of a tabular softmax within ½‖Δθ‖² ≤ δ: Δθ = √(2δ) g/‖g‖, g = ∇L.
///
/// *Edge cases.* A gradient of 0, at an optimal policy or where all advantages vanish: no step.
///
/// Source: Schulman et al. 2015, §6 (the ℓ² constraint). Complexity: O(pairs).
public struct PolicyGradientRule: ImprovementRule {
  /// The settings of the rule.
  public struct Configuration: Sendable {
    /// δ > 0.
    public var budget: Double

    /// A limit δ on ½‖Δθ‖².
    public init(budget: Double = 0.01) { self.budget = budget }
  }

  private let configuration: Configuration

  /// The rule of a configuration.
  public init(_ configuration: Configuration = .init()) {
    precondition(configuration.budget > 0, "a budget of \(configuration.budget)")
    self.configuration = configuration
  }

  public let id = "policy-gradient"
  public let summary = "softmax logits along the gradient, within ½‖Δθ‖² ≤ δ"
  public let source = "Schulman et al. 2015, §6"
  public let line: RuleLine? = RuleLine(.softmax, .dashed)
  public var parameters: [RuleParameter] { [.init("delta", configuration.budget)] }

  public func propose(from start: EvaluatedPolicy) throws(RuleFailure) -> Proposal {
    let geometry = try SoftmaxGeometry(start)
    let gradient = geometry.gradient
    // Scaled first, so that tiny gradients do not underflow when they are squared.
    let largest = gradient.greatestMagnitude
    guard largest.isFinite else { throw .range("the gradient") }
    let direction = gradient.map { largest > 0 ? $0 / largest : 0 }
    let length = direction.dot(direction).squareRoot()
    let scale = length > 0 ? Double(2).squareRoot() * configuration.budget.squareRoot() / length : 0
    return Proposal(
      policy: try LogitStep(start, direction.map { scale * $0 }).policy(from: start),
      residual: CollinearityResidual(metric: .euclidean, unit: geometry.unit))
  }
}

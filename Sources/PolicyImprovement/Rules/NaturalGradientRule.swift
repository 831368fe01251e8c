internal import MDPCore
internal import MDPSolvers

/// The natural policy gradient of a tabular softmax with a fixed step 1/λ: Δθ = (1/λ) F⁺ ∇L.
///
/// *Derivation.* It maximises ∇L·Δθ − (λ/2) ΔθᵀFΔθ, the surrogate to first and the divergence to
/// second order. With ∇L of unnormalised ρ and F of d = (1−γ)ρ the solution is
/// Δθ(s,a) = A(s,a)/(λ(1−γ)) where ρ(s) > 0 (``SoftmaxGeometry``), so π̃ ∝ π exp(A/(λ(1−γ))): every
/// step size improves every visited state (``PointwiseImprovement``).
///
/// *Edge cases.* Large steps drive probabilities to 0 without reaching it; the policy that is
/// written keeps every action at no less than ``RationalStep/finest``. States with ρ(s) = 0 keep π.
///
/// Source: Kakade 2002; Schulman et al. 2015, §6; Agarwal et al. 2021, Lemma 5.1.
/// Complexity: O(pairs).
public struct NaturalGradientRule: ImprovementRule {
  /// The settings of the rule.
  public struct Configuration: Sendable {
    /// 1/λ > 0.
    public var stepSize: Double

    /// A fixed step size.
    public init(stepSize: Double = 0.01) { self.stepSize = stepSize }
  }

  private let configuration: Configuration

  /// The rule of a configuration.
  public init(_ configuration: Configuration = .init()) {
    precondition(configuration.stepSize > 0, "a step size of \(configuration.stepSize)")
    self.configuration = configuration
  }

  public let id = "natural-gradient"
  public let summary = "softmax logits along the natural gradient, fixed step"
  public let source = "Kakade 2002; Schulman et al. 2015, §6"
  public let line: RuleLine? = RuleLine(.softmax, .dotted)
  public var parameters: [RuleParameter] { [.init("step", configuration.stepSize)] }

  /// The step size 1/λ = √(2δ/xᵀFx) with x = A/(1−γ), by which the first step of this rule spends a
  /// budget of mean KL divergence, to second order.
  ///
  /// - Parameter budget: δ > 0, in nats.
  /// - Returns: Nil where there is no such step: nothing is to be gained, π is no softmax, or the size is
  ///   beyond float64.
  public static func stepSize(spending budget: Double, from start: EvaluatedPolicy) -> Double? {
    guard let geometry = try? SoftmaxGeometry(start) else { return nil }
    let size = (2 * budget).squareRoot() / geometry.curvature.squareRoot() * start.distance
    let step = size.scaled(byPowerOfTwo: -geometry.unit)
    return step > 0 && step.isFinite ? step : nil
  }

  public func propose(from start: EvaluatedPolicy) throws(RuleFailure) -> Proposal {
    let geometry = try SoftmaxGeometry(start)
    let (step, distance) = (configuration.stepSize, start.distance)
    guard distance > 0 else { throw .range("1 − γ") }
    // Significands and exponents apart, so that only the product with the gap can overflow.
    let logits = geometry.logits { exponent in
      (step.significand / distance.significand)
        .scaled(byPowerOfTwo: Int(step.exponent) - Int(distance.exponent) + exponent)
    }
    return Proposal(
      policy: try LogitStep(start, logits).policy(from: start),
      residual: CollinearityResidual(
        metric: .fisher, scale: configuration.stepSize, unit: geometry.unit))
  }
}

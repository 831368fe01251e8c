internal import Arithmetic
internal import MDPCore
internal import MDPSolvers

/// Conservative policy iteration: mix toward the greedy policy π' by
///
///     α* = min(1, 𝔸'(1−γ)² / (4 ε' γ)),    𝔸' = Σ_s ρ(s) Σ_a π' A,   ε' = max_s |Σ_a π' A|,
///
/// or by a chosen α.
///
/// *Derivation.* The bound η(π̃) ≥ η(π) + α𝔸' − 2γε'α²/(1−γ)² (2015, eq. 6) is a parabola in α with
/// its top at α*; there it promises ½α*𝔸'.
///
/// *Edge cases.* α* = 1 where γε' = 0. A greedy policy that promises nothing (𝔸' = 0) gives no step.
///
/// Source: Kakade & Langford 2002, §4; Schulman et al. 2015, eq. 5–6. Complexity: O(pairs).
public struct ConservativeRule: ImprovementRule {
  /// The settings of the rule.
  public struct Configuration: Sendable {
    /// α in (0, 1]; nil for α*.
    public var weight: Double?
    public init(weight: Double? = nil) { self.weight = weight }
  }

  private let configuration: Configuration

  public init(_ configuration: Configuration = .init()) {
    precondition(
      configuration.weight.map { $0 > 0 && $0 <= 1 } ?? true,
      "a mixture weight of \(configuration.weight ?? .nan)")
    self.configuration = configuration
  }

  public let id = "conservative"
  public let summary = "mix toward the greedy policy by the α* of the mixture bound"
  public let source = "Kakade & Langford 2002; Schulman et al. 2015, eq. 5–6"
  public var parameters: [RuleParameter] {
    configuration.weight.map { [.init("alpha", $0)] } ?? []
  }

  public func propose(from start: EvaluatedPolicy) throws(RuleFailure) -> Proposal {
    let target = GreedyStep.policy(start, visitedOnly: false)
    let direction = zip(start.policy.probabilities, target.probabilities).map {
      ($1 - $0).doubleValue
    }
    let weight = configuration.weight ?? Self.bestWeight(start, direction: direction)
    let policy =
      weight >= 1
      ? target : RationalStep.policy(from: start, change: direction.map { weight * $0 })
    return Proposal(policy: policy, residual: ConservativeResidual(weight: weight))
  }

  /// α*, a little less where it is below 1, so that the rounded step is no longer than that.
  private static func bestWeight(_ start: EvaluatedPolicy, direction: [Double]) -> Double {
    let space = start.space
    var (gain, largest) = (0.0, 0.0)
    for state in space.liveStates {
      let expected = space.pairs(of: state).reduce(0) {
        $0 + direction[$1] * start.evaluation.advantages[$1].value
      }
      gain += start.visitation(state) * expected
      largest = max(largest, abs(expected))
    }
    let loss = 4 * largest * start.discount
    guard loss > 0 else { return 1 }
    let distance = 1 - start.discount
    let weight = max(0, gain) * distance * distance / loss
    return weight >= 1 ? 1 : weight * roundingRoom
  }

  private static let roundingRoom = 1 - 0x1p-24
}

/// What the gain that the mixture bound promises for α lacks to the one it promises for α*.
///
/// With c = 2γε'/(1−γ)² the promise is f(α) = α𝔸' − cα², so f(α*) − f(α) = c(α − α*)² where
/// α* = 𝔸'/(2c) < 1, and (1 − α)(𝔸' − c(1 + α)) where α* = 1. 𝔸' = 𝔸/α and ε' = ε_exp/α, each from
/// Σ_a (π̃ − π) A, which is Σ_a π̃ A but exactly 0 where π̃ = π.
struct ConservativeResidual: OptimalityResidual {
  /// α.
  var weight: Double

  var meaning: String { "what the gain promised for this mixture lacks to that of the best one" }

  func value<Number: Scalar>(
    from current: PolicyEvaluation<Number>, to candidate: TabularPolicy<Number>
  ) -> Extended<Number.Real> {
    guard weight > 0 else { return .zero }
    let alpha = Number(weight)
    let expected = current.mdp.space.states.indices.map { state in
      current.mdp.space.pairs(of: state).reduce(Number.zero) {
        $0 + (candidate[$1] - current.policy[$1]) * current.advantages[$1] / alpha
      }
    }
    let gain = current.stateVisitation.sum { expected[$0] }
    let largest = expected.reduce(Number.zero) { Number.maximum($0, $1.magnitude) }
    let distance = Number.one - current.mdp.discount
    let loss = Number(2) * current.mdp.discount * largest / (distance * distance)
    guard case .yes = loss.isPositive else {
      // No quotient by a number that may be 0: f is concave, so f(α*) − f(α) ≤ f'(α)(α* − α).
      let slope = gain - Number(2) * loss * alpha
      return .finite(Number.maximum(slope * (Number.one - alpha), -slope * alpha).real)
    }
    if case .yes = (gain - Number(2) * loss).isNonNegative {
      return .finite(((Number.one - alpha) * (gain - loss * (Number.one + alpha))).real)
    }
    let miss = alpha - gain / (Number(2) * loss)
    return .finite((loss * miss * miss).real)
  }
}

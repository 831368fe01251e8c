internal import MonotoneArithmetic
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

    /// A fixed weight α; nil for the α* of the mixture bound.
    public init(weight: Double? = nil) { self.weight = weight }
  }

  private let configuration: Configuration

  /// The rule of a configuration.
  public init(_ configuration: Configuration = .init()) {
    precondition(
      configuration.weight.map { $0 > 0 && $0 <= 1 } ?? true,
      "a mixture weight of \(configuration.weight ?? .nan)")
    self.configuration = configuration
  }

  public let id = "conservative"
  public let summary = "mix toward the greedy policy by the α* of the mixture bound"
  public let source = "Kakade & Langford 2002; Schulman et al. 2015, eq. 5–6"
  public let line: RuleLine? = RuleLine(.guaranteed, .dotted)
  public var parameters: [RuleParameter] {
    configuration.weight.map { [.init("alpha", $0)] } ?? []
  }

  public func propose(from start: EvaluatedPolicy) throws(RuleFailure) -> Proposal {
    let target = GreedyStep.policy(start, visitedOnly: false)
    let weight = configuration.weight ?? Self.bestWeight(start)
    let residual = ConservativeResidual()
    if weight >= 1 { return Proposal(policy: target, residual: residual) }
    let change = zip(start.policy.probabilities, target.probabilities).map {
      weight * ($1 - $0).doubleValue
    }
    return Proposal(
      policy: try RationalStep.policy(from: start, change: change), residual: residual)
  }

  /// α*, a little less where it is below 1, so that the rounded step is no longer than that.
  private static func bestWeight(_ start: EvaluatedPolicy) -> Double {
    let unit = start.unit
    var (gain, largest) = (0.0, 0.0)
    for state in start.unevenStates(visitedOnly: false) {
      // Of the greedy policy Ā = max A.
      let expected = start.meanGap(in: state) * start.scale(of: state, in: unit)
      gain += start.share[state] * expected
      largest = .greatest(largest, expected)
    }
    let loss = 4 * largest * start.discount
    guard loss != 0 else { return 1 }
    let weight = gain / loss * start.distance
    return weight >= 1 ? 1 : weight * roundingRoom
  }

  private static let roundingRoom = 1 - 0x1p-24
}

/// The shortfall of the gain that the mixture bound promises for the step from the one it promises for α*.
///
/// With c = 2γε'/(1−γ)², 𝔸' and ε' of the greedy policy (Ā = max A), the promise for α is
/// f(α) = α𝔸' − cα², so f(α*) − f(α) = c(α − α*)² where α* = 𝔸'/(2c) < 1, and
/// (1 − α)(𝔸' − c(1 + α)) where α* = 1. The step's own α is 𝔸/𝔸': 0 if it is none.
struct ConservativeResidual: OptimalityResidual {
  var meaning: String { "what the gain promised for this mixture lacks to that of the best one" }

  func value<Number: Scalar>(
    from current: PolicyEvaluation<Number>, to candidate: TabularPolicy<Number>
  ) -> Extended<Number.Real> {
    let space = current.mdp.space
    let best = space.states.indices.map { state in
      space.pairs(of: state).reduce(Number.zero) { .maximum($0, current.advantages[$1]) }
    }
    let gain = current.stateVisitation.sum { best[$0] }
    // f(α*) ≤ 𝔸', all that is known where 𝔸' may be 0.
    guard case .yes = gain.isPositive else {
      return .finite(Number.maximum(.zero, gain).real)
    }
    let taken = current.stateVisitation.sum { state in
      space.pairs(of: state).reduce(Number.zero) {
        $0 + (candidate[$1] - current.policy[$1]) * current.advantages[$1]
      }
    }
    let alpha = taken / gain
    let largest = best.reduce(Number.zero) { Number.maximum($0, $1) }
    let distance = Number.one - current.mdp.discount
    let loss = Number(2) * current.mdp.discount * largest / (distance * distance)
    if case .yes = (gain - Number(2) * loss).isNonNegative {
      return .finite(((Number.one - alpha) * (gain - loss * (Number.one + alpha))).real)
    }
    // No quotient by a number that may be 0: f is concave, so f(α*) − f(α) ≤ f'(α)(α* − α).
    guard case .yes = loss.isPositive else {
      let slope = gain - Number(2) * loss * alpha
      return .finite(Number.maximum(slope * (Number.one - alpha), -slope * alpha).real)
    }
    let miss = alpha - gain / (Number(2) * loss)
    return .finite((loss * miss * miss).real)
  }
}

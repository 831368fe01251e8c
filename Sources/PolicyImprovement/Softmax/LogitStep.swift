internal import MDPCore
internal import MDPSolvers
internal import RealModule

/// A step in softmax logits: π̃ ∝ π exp Δθ.
///
/// The change of a probability is π (exp(Δθ − ln Z) − 1) with Z = Σ π exp Δθ. Small steps go by
/// expm1 and ln(1 + Σ π expm1 Δθ), so that nothing cancels; large ones subtract max Δθ, so that
/// nothing overflows.
struct LogitStep {
  /// π̃ − π by pair.
  private(set) var change: [Double]
  /// Σ_s ρ Ā: what the surrogate gains.
  private(set) var gain = 0.0
  /// Σ_s d KL(π‖π̃).
  private(set) var meanDivergence = 0.0

  /// The step from a policy along Δθ by pair.
  init(_ start: EvaluatedPolicy, _ logits: [Double]) {
    let space = start.space
    change = [Double](repeating: 0, count: space.pairCount)
    for state in space.liveStates {
      let pairs = space.pairs(of: state)
      guard pairs.contains(where: { logits[$0] != 0 }) else { continue }
      let normaliser = Self.normaliser(pairs, start, logits)
      var (gain, divergence) = (0.0, 0.0)
      for pair in pairs {
        let probability = start.evaluation.policy[pair].value
        let relative = Double.expMinusOne(logits[pair] - normaliser)
        change[pair] = probability * relative
        gain += change[pair] * start.evaluation.advantages[pair].value
        divergence += probability * Self.divergence(relative, logits[pair] - normaliser)
      }
      self.gain += start.visitation(state) * gain
      meanDivergence += (1 - start.discount) * start.visitation(state) * divergence
    }
  }

  /// ln Σ π exp Δθ.
  private static func normaliser(
    _ pairs: Range<Int>, _ start: EvaluatedPolicy, _ logits: [Double]
  ) -> Double {
    let probability = start.evaluation.policy
    let largest = pairs.reduce(-Double.infinity) { max($0, logits[$1]) }
    let smallest = pairs.reduce(Double.infinity) { min($0, logits[$1]) }
    if max(abs(largest), abs(smallest)) < 0.5 {
      return Double.log(
        onePlus: pairs.reduce(0) {
          $0 + probability[$1].value * Double.expMinusOne(logits[$1])
        })
    }
    return largest
      + Double.log(
        pairs.reduce(0) { $0 + probability[$1].value * Double.exp(logits[$1] - largest) })
  }

  /// x − ln(1 + x) for x = expm1(y), where ln(1 + x) = y is known.
  private static func divergence(_ relative: Double, _ logarithm: Double) -> Double {
    abs(relative) < 0.1 ? Double.logarithmicExcess(relative) : relative - logarithm
  }

  /// The step as a policy.
  func policy(from start: EvaluatedPolicy) -> ExactPolicy {
    RationalStep.policy(from: start, change: change)
  }
}

internal import MonotoneArithmetic
internal import MDPCore
internal import MDPSolvers
internal import RealModule

/// A step in softmax logits: π̃ ∝ π exp Δθ.
///
/// The change of a probability is π (exp(Δθ − ln Z) − 1) with Z = Σ π exp Δθ. Small steps go by
/// expm1 and ln(1 + Σ π expm1 Δθ), so that nothing cancels; large ones subtract max Δθ, so that
/// nothing overflows. No logit falls behind the largest of its state by more than ``longest``, where
/// its probability is far below the finest that is written.
struct LogitStep {
  /// π̃ − π by pair.
  private(set) var change: [Double]
  /// Σ_s d Ā in the common unit of advantages: what the surrogate gains, but for a factor.
  private(set) var gain = 0.0
  /// Σ_s d KL(π‖π̃).
  private(set) var meanDivergence = 0.0

  /// exp of minus this is still a float64 number of full precision.
  static let longest = 700.0

  /// The step from a policy along Δθ by pair.
  init(_ start: EvaluatedPolicy, _ logits: [Double]) {
    let space = start.space
    let unit = start.unit(visitedOnly: true)
    change = [Double](repeating: 0, count: space.pairCount)
    for state in space.liveStates {
      let pairs = space.pairs(of: state)
      guard pairs.contains(where: { logits[$0] != 0 }) else { continue }
      let largest = pairs.reduce(-.infinity) { Double.greatest($0, logits[$1]) }
      let step = StateStep(
        pairs, start, pairs.map { .greatest(logits[$0], largest - Self.longest) }, in: state)
      for (pair, change) in zip(pairs, step.change) { self.change[pair] = change }
      gain += start.share[state] * start.scale(of: state, in: unit) * step.gain
      meanDivergence += start.share[state] * step.divergence
    }
  }

  /// The step as a policy.
  func policy(from start: EvaluatedPolicy) throws(RuleFailure) -> ExactPolicy {
    try RationalStep.policy(from: start, change: change)
  }
}

/// The step in one state.
private struct StateStep {
  /// π̃ − π by pair of the state.
  private(set) var change: [Double] = []
  /// Σ π̃ A, in the unit of the state.
  private(set) var gain = 0.0
  /// KL(π‖π̃).
  private(set) var divergence = 0.0

  init(_ pairs: Range<Int>, _ start: EvaluatedPolicy, _ logits: [Double], in state: Int) {
    let probabilities = pairs.map { start.probability[$0] }
    let normaliser = Self.normaliser(probabilities, logits)
    let mean = start.meanGap(in: state)
    for (index, pair) in pairs.enumerated() {
      let exponent = logits[index] - normaliser
      let relative = Double.expMinusOne(exponent)
      change.append(probabilities[index] * relative)
      gain += change[index] * (mean - start.gaps.values[pair])
      divergence += probabilities[index] * Self.divergence(relative, exponent)
    }
  }

  /// ln Σ π exp Δθ.
  private static func normaliser(_ probabilities: [Double], _ logits: [Double]) -> Double {
    let largest = logits.reduce(-.infinity, Double.greatest)
    if logits.allSatisfy({ abs($0) < 0.5 }) {
      return Double.log(
        onePlus: zip(probabilities, logits).reduce(0) { $0 + $1.0 * Double.expMinusOne($1.1) })
    }
    return largest
      + Double.log(
        zip(probabilities, logits).reduce(0) { $0 + $1.0 * Double.exp($1.1 - largest) })
  }

  /// x − ln(1 + x) for x = expm1(y), where ln(1 + x) = y is known.
  private static func divergence(_ relative: Double, _ logarithm: Double) -> Double {
    abs(relative) < 0.1 ? Double.logarithmicExcess(relative) : relative - logarithm
  }
}

internal import Arithmetic
internal import MDPSolvers

extension PolicyUpdate {
  /// The share of its scale that a quantity's error bound may be before it is computed again at a
  /// higher rigour.
  private static var sharpness: Double { 1e-9 }

  /// Whether every quantity that documents show is known as well as its scale asks for.
  ///
  /// Returns, the surrogate and advantages are measured by the largest |V| or |Q|, divergences by 1,
  /// C by itself or 1.
  var isSharp: Bool {
    let divergences = [
      maxDivergence, meanDivergence, maxReverseDivergence, meanReverseDivergence,
    ]
    let scale = valueScale
    return [
      current.expectedReturn, candidate.expectedReturn, surrogate, policyAdvantage, maxAdvantage,
      maxExpectedAdvantage,
    ].allSatisfy { isSharp($0, scale: scale) }
      && [maxTotalVariation, meanTotalVariation].allSatisfy { isSharp($0, scale: 1) }
      && divergences.allSatisfy { $0.number.map { isSharp($0, scale: 1) } ?? true }
      && (mdp.isUndiscounted || isSharp(penaltyCoefficient))
  }

  private func isSharp(_ coefficient: Number) -> Bool {
    isSharp(coefficient, scale: .greatest(1, abs(coefficient.approximation)))
  }

  private func isSharp(_ number: some Scalar, scale: Double) -> Bool {
    let radius = number.radius
    return radius.isFinite && radius <= Self.sharpness * scale || radius == 0
  }

  /// The largest |V| or |Q|, of either policy.
  private var valueScale: Double {
    [current, candidate].lazy.map { evaluation in
      Double.greatest(
        evaluation.stateValues.lazy.map(\.approximation).greatestMagnitude,
        evaluation.actionValues.lazy.map(\.approximation).greatestMagnitude)
    }.greatestMagnitude
  }
}

internal import Arithmetic
public import MDPSolvers

extension PolicyEvaluation {
  /// ε_max = max_{s,a} |A_π(s,a)|.
  public var maxAdvantage: Number { advantages.maximumMagnitude }

  /// C = 4 ε_max γ / (1−γ)², the penalty coefficient of Algorithm 1 (2015, eq. 9).
  public var penaltyCoefficient: Number {
    let distance = Number.one - mdp.discount
    return Number(4) * maxAdvantage * mdp.discount / (distance * distance)
  }
}

internal import MonotoneArithmetic
public import MDPSolvers

extension PolicyEvaluation {
  /// ε_max = max_{s,a} |A_π(s,a)|.
  public var maxAdvantage: Number { advantages.maximumMagnitude }

  /// C = 4 ε_max γ / (1−γ)², the penalty coefficient of Algorithm 1 (2015, eq. 9).
  ///
  /// - Precondition: γ < 1; C grows beyond all bounds as γ → 1.
  public var penaltyCoefficient: Number {
    precondition(!mdp.isUndiscounted, "there is no penalty coefficient for discount 1")
    let distance = Number.one - mdp.discount
    return Number(4) * maxAdvantage * mdp.discount / (distance * distance)
  }
}

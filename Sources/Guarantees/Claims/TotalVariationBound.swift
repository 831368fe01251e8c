public import Arithmetic

/// Theorem 1 of TRPO: the surrogate is off by at most C α², α = max_s TV(s).
///
///     |η(π̃) − L_π(π̃)| ≤ 4 ε_max γ α² / (1−γ)²
///
/// *Proof.* Couple π and π̃ so that they disagree with probability at most α in each state. Up to
/// time t no disagreement has happened with probability at least (1−α)^t, and then the terms of
/// η − L at time t agree; where one has, they differ by at most 4 α ε_max. Hence |η − L| ≤
/// Σ_t γ^t 4αε_max (1 − (1−α)^t) = 4γε_max α² / ((1−γ)(1−γ(1−α))), and 1−γ(1−α) ≥ 1−γ. ∎
public struct TotalVariationBound: ReturnBound {
  public init() {}
  public let id = "total-variation"
  public let statement = "|η(π̃) − L_π(π̃)| ≤ C (max_s TV)²"
  public let source = "Schulman et al. 2015, Theorem 1 (eq. 8), appendix A"

  public func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number.Real> {
    let distance = update.maxTotalVariation
    return BoundWidth(
      .finite((update.penaltyCoefficient * distance * distance).real),
      witness: update.witness { update.totalVariation[$0].approximation })
  }
}

internal import MonotoneArithmetic

/// Theorem 1 of TRPO: the surrogate is off by at most C α², α = max_s TV(s).
///
///     |η(π̃) − L_π(π̃)| ≤ 4 ε_max γ α² / (1−γ)²
///
/// *Proof.* ``CouplingBound`` and c ≤ 1/(1−γ)². ∎
struct TotalVariationBound: ReturnBound {
  init() {}
  let id = "total-variation"
  let statement = "|η(π̃) − L_π(π̃)| ≤ C (max_s TV)²"
  let source = "Schulman et al. 2015, Theorem 1 (eq. 8), appendix A"
  let leadingConstant = 4.0

  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    let distance = update.maxTotalVariation
    return BoundWidth(
      update.penaltyCoefficient * distance * distance,
      witness: update.witness { update.totalVariation[$0] })
  }
}

package import MonotoneArithmetic

/// The bound that Algorithm 1 of TRPO maximises: the surrogate is off by at most C max_s KL(s).
///
///     |η(π̃) − L_π(π̃)| ≤ C max_s KL(π‖π̃)
///
/// *Proof.* ``TotalVariationBound`` and TV² ≤ KL/2 ≤ KL (``Pinsker``). ∎
package struct DivergenceBound: ReturnBound {
  package init() {}
  package let id = "kl"
  package let statement = "|η(π̃) − L_π(π̃)| ≤ C max_s KL(π‖π̃)"
  package let source = "Schulman et al. 2015, eq. 9"
  package let leadingConstant = 4.0

  package func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    BoundWidth(
      update.penaltyCoefficient.real * update.maxDivergence,
      witness: update.witness { update.divergence[$0] })
  }
}

/// The surrogate is off by at most ½ C times the smaller of the two maximum KL divergences.
///
///     |η(π̃) − L_π(π̃)| ≤ 2γ ε_max/(1−γ)² min(max_s KL(π‖π̃), max_s KL(π̃‖π))
///
/// *Proof.* ``TotalVariationBound`` and max TV² ≤ ½ max KL, in either direction because TV is
/// symmetric. ∎
struct PinskerDivergenceBound: ReturnBound {
  init() {}
  let id = "kl-pinsker"
  let statement =
    "|η(π̃) − L_π(π̃)| ≤ 2γ ε_max/(1−γ)² min(max_s KL(π‖π̃), max_s KL(π̃‖π))"
  let source = "Schulman et al. 2015, Theorem 1, with Pinsker 1964"
  let leadingConstant = 2.0

  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    let half = update.penaltyCoefficient.real / Number.Real(2)
    let divergence = Extended.minimum(update.maxDivergence, update.maxReverseDivergence)
    return BoundWidth(
      half * divergence,
      witness: update.witness {
        Extended.minimum(update.divergence[$0], update.reverseDivergence[$0])
      })
  }
}

public import Arithmetic

/// The bound that Algorithm 1 of TRPO maximises: the surrogate is off by at most C max_s KL(s).
///
///     |η(π̃) − L_π(π̃)| ≤ C max_s KL(π‖π̃)
///
/// *Proof.* ``TotalVariationBound`` and TV² ≤ KL/2 ≤ KL (``Pinsker``). ∎
public struct DivergenceBound: ReturnBound {
  public init() {}
  public let id = "kl"
  public let statement = "|η(π̃) − L_π(π̃)| ≤ C max_s KL(π‖π̃)"
  public let source = "Schulman et al. 2015, eq. 9"

  public func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number.Real> {
    BoundWidth(
      update.penaltyCoefficient.real * update.maxDivergence,
      witness: update.witness { update.divergence[$0].quantity.approximation })
  }
}

internal import MonotoneArithmetic

/// The bound of constrained policy optimisation in terms of the mean divergence.
///
///     |η(π̃) − L_π(π̃)| ≤ √2 γ ε_exp/(1−γ)² √(min(E_{d_π} KL(π‖π̃), E_{d_π} KL(π̃‖π)))
///
/// *Proof.* E_d TV ≤ E_d √(KL/2) ≤ √(E_d KL/2) by ``Pinsker`` and Jensen, in either direction
/// because TV is symmetric; then ``MeanTotalVariationBound``. ∎
struct MeanDivergenceRootBound: ReturnBound {
  init() {}
  let id = "mean-kl-root"
  let statement =
    "|η(π̃) − L_π(π̃)| ≤ √2 γ ε_exp/(1−γ)² √(min(E_d KL(π‖π̃), E_d KL(π̃‖π)))"
  let source = "Achiam et al. 2017, Cor. 3"
  let leadingConstant = 2.0.squareRoot()

  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    let size = update.mdp.discount * update.maxExpectedAdvantage * update.squaredHorizon
    let divergence = Extended.minimum(update.meanDivergence, update.meanReverseDivergence)
    let root = divergence.number.map {
      Extended.finite((Number.Real(2) * $0).nonNegativePart.squareRoot())
    }
    return BoundWidth(
      size.real * (root ?? .infinity),
      witness: update.visitedWitness { update.divergence[$0] })
  }
}

extension Scalar {
  /// The number, known not to be negative but for rounding.
  var nonNegativePart: Self { Self.maximum(self, .zero) }
}

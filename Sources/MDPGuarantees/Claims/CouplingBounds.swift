internal import MonotoneArithmetic

/// Theorem 1 of TRPO before its last step.
///
///     |η(π̃) − L_π(π̃)| ≤ 4γ ε_max α² c,   c = 1/((1−γ)(1−γ(1−α))),   α = max_s TV(s)
///
/// *Proof.* ``CouplingRangeBound`` and σ ≤ 2 ε_max. ∎ Attained for every γ and every α ≤ 1/2 by the
/// coupling family (`mdps/coupling-family.json`), so 4 is the best constant.
struct CouplingBound: ReturnBound {
  init() {}
  let id = "coupling"
  let statement = "|η(π̃) − L_π(π̃)| ≤ 4γ ε_max α²/((1−γ)(1−γ(1−α))), α = max_s TV(s)"
  let source = "Schulman et al. 2015, appendix A, eq. 44"
  let leadingConstant = 4.0

  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    .coupling(update, size: Number(4) * update.maxAdvantage)
  }
}

/// Theorem 1 of TRPO before its last step, with the range of the advantages in a state.
///
///     |η(π̃) − L_π(π̃)| ≤ 2γ σ α² c,   σ = max_s (max_a A_π(s,a) − min_a A_π(s,a))
///
/// *Proof.* Σ_a π A = 0 in each state, so Ā(s) = Σ_a (π̃ − π)(a|s) A(s,a), where the difference has
/// mass 0 and size 2 TV(s): |Ā(s)| ≤ TV(s) σ ≤ ασ. Hence sp(Ā) ≤ 2ασ, and ``CouplingSpanBound``
/// gives the bound. ∎
struct CouplingRangeBound: ReturnBound {
  init() {}
  let id = "coupling-range"
  let statement = "|η(π̃) − L_π(π̃)| ≤ 2γ σ α²/((1−γ)(1−γ(1−α))), σ = max_s range_a A"
  let source = "Schulman et al. 2015, appendix A, eq. 44, with the range"
  let leadingConstant = 2.0

  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    .coupling(update, size: Number(2) * update.advantageRange)
  }
}

extension BoundWidth {
  /// γ size α² c.
  fileprivate static func coupling(_ update: PolicyUpdate<Number>, size: Number) -> BoundWidth {
    let distance = update.maxTotalVariation
    return BoundWidth(
      update.mdp.discount * size * distance * distance * update.couplingCount,
      witness: update.witness { update.totalVariation[$0] })
  }
}

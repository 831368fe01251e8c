internal import MonotoneArithmetic

/// The bound of conservative policy iteration for mixtures, as TRPO states it.
///
///     |η(π̃) − L_π(π̃)| ≤ 2γ ε α²/(1−γ)²   for π̃ = (1−α)π + απ',   ε = max_s |E_{a~π'} A_π(s,a)|
///
/// *Proof.* ``ConservativeMixture2002Bound`` and c ≤ 1/(1−γ)². ∎
struct ConservativeMixtureBound: ReturnBound {
  init() {}
  let id = "conservative-mixture"
  let statement = "|η(π̃) − L_π(π̃)| ≤ 2γ ε α²/(1−γ)², ε of the target π'"
  let source = "Schulman et al. 2015, eq. 6"
  let leadingConstant = 2.0

  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    update.conservativeWidth { _ in update.squaredHorizon }
  }
}

/// The bound of conservative policy iteration for mixtures.
///
///     |η(π̃) − L_π(π̃)| ≤ 2γ ε α² c,   c = 1/((1−γ)(1−γ(1−α)))
///     π̃ = (1−α)π + απ',   ε = max_s |E_{a~π'} A_π(s,a)|
///
/// *Proof.* Coupled so that the second acts with probability α, the mixture and π disagree in a
/// step with probability at most α, so ½‖ρ_π̃ − ρ_π‖₁ ≤ γαc as for ``CouplingSpanBound``. Σ_a π A = 0
/// makes Ā = α E_{a~π'} A, hence sp(Ā) ≤ 2αε, and ``VisitationShiftSpanBound`` gives the bound. ∎
///
/// Every update is such a mixture; α is the smallest for which π' is a policy, which gives the
/// least bound: since ε = ε_exp/α, it is 2γ ε_exp α c, and 0 where α = 0. Attained by Kakade's
/// example (thesis 2003, 7.4.1) for every γ and α.
struct ConservativeMixture2002Bound: ReturnBound {
  init() {}
  let id = "conservative-mixture-2002"
  let statement = "|η(π̃) − L_π(π̃)| ≤ 2γ ε α²/((1−γ)(1−γ(1−α))), ε of the target π'"
  let source = "Kakade & Langford 2002, Thm 4.1"
  let leadingConstant = 2.0

  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    update.conservativeWidth { update.couplingCount($0) }
  }
}

extension PolicyUpdate {
  /// 2γ ε α² count(α), as 2γ ε_exp α count(α): dividing Ā by a tiny α would only lose digits.
  func conservativeWidth(_ count: (_ weight: Number) -> Number) -> BoundWidth<Number> {
    let weight = mixtureWeight
    return BoundWidth(
      Number(2) * mdp.discount * maxExpectedAdvantage * weight * count(weight),
      witness: witness { expectedAdvantages[$0].magnitude })
  }
}

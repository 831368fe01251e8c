internal import MonotoneArithmetic

/// The bound of constrained policy optimisation, with the span of Ā.
///
///     |η(π̃) − L_π(π̃)| ≤ γ sp(Ā)/(1−γ) Σ_s ρ_π(s) TV(s)
///
/// *Proof.* ``ResolventErgodicityBound`` with TVP(s) ≤ TV(s), because P_π̃ − P_π = Σ_a (π̃ − π) P,
/// and τ(N') ≤ 1/(1−γ), because each row of N' is non-negative with that sum. ∎
struct MeanTotalVariationSpanBound: ReturnBound {
  init() {}
  let id = "mean-total-variation-span"
  let statement = "|η(π̃) − L_π(π̃)| ≤ γ sp(Ā)/(1−γ) Σ_s ρ_π(s) TV(s)"
  let source = "Achiam et al. 2017, Cor. 1, with the span"
  let leadingConstant = 1.0

  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    .meanTotalVariation(update, span: update.advantageSpan)
  }
}

/// The bound of constrained policy optimisation.
///
///     |η(π̃) − L_π(π̃)| ≤ 2γ max_s |Ā(s)|/(1−γ) Σ_s ρ_π(s) TV(s)
///
/// *Proof.* ``MeanTotalVariationSpanBound`` and sp ≤ 2 ε_exp. ∎ With d_π = (1−γ) ρ_π, which is
/// what CPO averages over, the factor is 2γε_exp/(1−γ)².
struct MeanTotalVariationBound: ReturnBound {
  init() {}
  let id = "mean-total-variation"
  let statement = "|η(π̃) − L_π(π̃)| ≤ 2γ max_s |Ā(s)|/(1−γ) Σ_s ρ_π(s) TV(s)"
  let source = "Achiam et al. 2017, Cor. 1"
  let leadingConstant = 2.0

  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    .meanTotalVariation(update, span: Number(2) * update.maxExpectedAdvantage)
  }
}

extension BoundWidth {
  /// γ span/(1−γ) Σ_s ρ_π(s) TV(s).
  fileprivate static func meanTotalVariation(
    _ update: PolicyUpdate<Number>, span: Number
  ) -> BoundWidth {
    BoundWidth(
      span * update.horizon * update.discountedSum { update.totalVariation[$0] },
      witness: update.visitedWitness { update.totalVariation[$0] })
  }
}

internal import MonotoneArithmetic

/// The surrogate is off by no more than visitations move, times half the span of Ā.
///
///     |η(π̃) − L_π(π̃)| ≤ ½ ‖ρ_π̃ − ρ_π‖₁ sp(Ā)
///
/// *Proof.* η(π̃) − L = Σ_s (ρ_π̃ − ρ_π)(s) Ā(s) by ``PerformanceDifference``. Both visitations
/// have mass 1/(1−γ), so Ā − b may stand for Ā with any constant b; with b halfway between the
/// largest and the smallest Ā, |Ā − b| ≤ sp/2. ∎
struct VisitationShiftSpanBound: ReturnBound {
  init() {}
  let id = "visitation-shift-span"
  let kind = ClaimKind.aPosteriori
  let statement = "|η(π̃) − L_π(π̃)| ≤ ½ ‖ρ_π̃ − ρ_π‖₁ sp(Ā)"
  let source = "the difference of visitations has mass 0; cf. Haviv & van der Heyden 1984"
  let leadingConstant = 0.5

  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    BoundWidth(
      update.visitationShift * update.advantageSpan / Number(2),
      witness: update.witness { update.visitationChange(in: $0) })
  }
}

/// The surrogate is off by no more than visitations move, times the largest expected advantage.
///
///     |η(π̃) − L_π(π̃)| ≤ ‖ρ_π̃ − ρ_π‖₁ max_s |Ā(s)|
///
/// *Proof.* η(π̃) − L = Σ_s (ρ_π̃ − ρ_π)(s) Ā(s) by ``PerformanceDifference``, which needs no
/// discounting: for γ = 1 the sum is over live states. ∎ Never below ``VisitationShiftSpanBound``,
/// because sp ≤ 2 ε_exp; but that needs visitations of equal mass, hence γ < 1.
struct VisitationShiftBound: ReturnBound {
  init() {}
  let id = "visitation-shift"
  let kind = ClaimKind.aPosteriori
  let statement = "|η(π̃) − L_π(π̃)| ≤ ‖ρ_π̃ − ρ_π‖₁ max_s |Ā(s)|"
  let source = "Hölder's inequality on Kakade & Langford 2002, Lemma 6.1"
  let leadingConstant = 1.0
  let needsDiscounting = false

  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    BoundWidth(
      update.visitationShift * update.maxExpectedAdvantage,
      witness: update.witness { update.visitationChange(in: $0) })
  }
}

extension PolicyUpdate {
  /// |ρ_π̃(s) − ρ_π(s)|, to choose a witness by.
  fileprivate func visitationChange(in state: Int) -> Number {
    (candidate.stateVisitation.mass[state] - current.stateVisitation.mass[state]).magnitude
  }
}

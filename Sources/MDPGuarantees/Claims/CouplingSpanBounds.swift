internal import MonotoneArithmetic

/// The bound of safe policy iteration, with the span of Ā.
///
///     |η(π̃) − L_π(π̃)| ≤ γ sp(Ā) α/(1−γ)²,   α = max_s TV(s)
///
/// *Proof.* ``MeanTotalVariationSpanBound`` and Σ_s ρ_π(s) TV(s) ≤ α/(1−γ). ∎
struct MaxTotalVariationSpanBound: ReturnBound {
  init() {}
  let id = "max-total-variation-span"
  let statement = "|η(π̃) − L_π(π̃)| ≤ γ sp(Ā) max_s TV(s)/(1−γ)²"
  let source = "Pirotta et al. 2013, Thm 3.5"
  let leadingConstant = 1.0

  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    .span(update, count: update.squaredHorizon)
  }
}

/// The bound of safe policy iteration with TRPO's coupling: only the first disagreement counts.
///
///     |η(π̃) − L_π(π̃)| ≤ γ sp(Ā) α c,   c = 1/((1−γ)(1−γ(1−α))),   α = max_s TV(s)
///
/// *Proof.* Couple π and π̃ so that in each state they disagree with probability at most α. The
/// coupled runs are in the same state at time t with probability at least (1−α)^t, so the laws p_t
/// and q_t of s_t differ by ½‖q_t − p_t‖₁ ≤ 1 − (1−α)^t. Hence ½‖ρ_π̃ − ρ_π‖₁ ≤
/// Σ_t γ^t (1 − (1−α)^t) = 1/(1−γ) − 1/(1−γ(1−α)) = γαc, and ``VisitationShiftSpanBound`` gives
/// the bound. ∎ It is attained by Kakade's example (thesis 2003, 7.4.1) for every γ and α.
struct CouplingSpanBound: ReturnBound {
  init() {}
  let id = "coupling-span"
  let statement = "|η(π̃) − L_π(π̃)| ≤ γ sp(Ā) α/((1−γ)(1−γ(1−α))), α = max_s TV(s)"
  let source = "Pirotta et al. 2013, Thm 3.5, with Schulman et al. 2015, Lemma 3"
  let leadingConstant = 1.0

  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    .span(update, count: update.couplingCount)
  }
}

extension BoundWidth {
  /// γ sp α count.
  fileprivate static func span(_ update: PolicyUpdate<Number>, count: Number) -> BoundWidth {
    BoundWidth(
      update.mdp.discount * update.advantageSpan * update.maxTotalVariation * count,
      witness: update.witness { update.totalVariation[$0] })
  }
}

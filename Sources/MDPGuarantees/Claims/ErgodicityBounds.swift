internal import MonotoneArithmetic
internal import MDPSolvers

/// The surrogate is off by what changed transitions do to visitations, as far as the candidate's
/// chain remembers.
///
///     |η(π̃) − L_π(π̃)| ≤ γ sp(Ā) τ(N') Σ_s ρ_π(s) TVP(s),   N' = (I − γP_π̃)⁻¹
///
/// τ is ``ErgodicityCoefficient``, TVP(s) = ½ ‖P_π̃(s,·) − P_π(s,·)‖₁.
///
/// *Proof.* ρ_π̃(I − γP_π̃) = ρ₀ = ρ_π(I − γP_π), so ρ_π̃ − ρ_π = γμN' with μ = ρ_π(P_π̃ − P_π). μ has
/// mass 0 and ‖μ‖₁ ≤ 2 Σ_s ρ_π(s) TVP(s), so ½‖ρ_π̃ − ρ_π‖₁ ≤ γ τ(N') Σ_s ρ_π(s) TVP(s), and
/// ``VisitationShiftSpanBound`` gives the bound. ∎
///
/// Computed with a guaranteed upper bound on τ(N'), at most 1/(1−γ), for up to 2,000 states.
struct ResolventErgodicityBound: ErgodicityBound {
  init() {}
  let id = "resolvent-ergodicity"
  let kind = ClaimKind.aPosteriori
  let statement = "|η(π̃) − L_π(π̃)| ≤ γ sp(Ā) τ((I − γP_π̃)⁻¹) Σ_s ρ_π(s) TVP(s)"
  let source = "cf. Dai & Gluzman 2021 (arXiv 2107.08068)"
  let leadingConstant = 1.0

  func assumption<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Assumption {
    let limit = ErgodicityCoefficient.resolventSizeLimit
    return Assumption(
      "size: at most \(limit) states", isMet: Decision(update.mdp.stateCount <= limit))
  }

  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    update.ergodicityWidth { candidate in
      let chain = TransitionEnclosure(candidate)
      let (discount, horizon) = (update.mdp.discount, update.horizon)
      let coefficient = ErgodicityCoefficient.ofResolvent(
        chain, discount: discount.approximation, discountError: discount.approximationError)
      return coefficient.map { Number.minimum(Number($0), horizon) } ?? horizon
    }
  }

  func memory(_ ergodicity: ExactErgodicity, discount: Rational) -> Rational {
    ergodicity.ofResolvent
  }
}

/// The surrogate is off by what changed transitions do to visitations, as far as one step of the
/// candidate's chain remembers.
///
///     |η(π̃) − L_π(π̃)| ≤ γ sp(Ā)/(1 − γτ(P_π̃)) Σ_s ρ_π(s) TVP(s)
///
/// *Proof.* ``ResolventErgodicityBound``: τ is a seminorm, and τ(M M') ≤ τ(M) τ(M') for matrices
/// whose rows have equal sums, so τ(N') ≤ Σ_t γ^t τ(P_π̃)^t = 1/(1 − γτ(P_π̃)). ∎
///
/// Computed with a guaranteed upper bound on τ(P_π̃), at most 1.
struct DobrushinBound: ErgodicityBound {
  init() {}
  let id = "dobrushin"
  let kind = ClaimKind.aPosteriori
  let statement = "|η(π̃) − L_π(π̃)| ≤ γ sp(Ā)/(1 − γτ(P_π̃)) Σ_s ρ_π(s) TVP(s)"
  let source = "Dobrushin 1956; Seneta 2006, §4.3"
  let leadingConstant = 1.0

  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    update.ergodicityWidth { candidate in
      let coefficient = Number(ErgodicityCoefficient.ofChain(TransitionEnclosure(candidate)))
      return Number.one / (Number.one - update.mdp.discount * coefficient)
    }
  }

  func memory(_ ergodicity: ExactErgodicity, discount: Rational) -> Rational {
    Rational.one / (Rational.one - discount * ergodicity.ofChain)
  }
}

/// A bound by how long the candidate's chain remembers: in a certificate by the exact coefficient of
/// ergodicity, otherwise by an upper bound on it.
protocol ErgodicityBound: ReturnBound {
  /// The factor before γ sp(Ā) Σ_s ρ_π(s) TVP(s), from the exact coefficients.
  func memory(_ ergodicity: ExactErgodicity, discount: Rational) -> Rational
}

extension ErgodicityBound {
  var compiled: CompiledCheck {
    CompiledCheck(
      estimate: { check($0) }, screen: { check($0) }, enclose: { check($0) }, decide: { check($0) }
    ) { update, ergodicity in
      guard let ergodicity else {
        return Finding(verdict: .notApplicable, assumption: ExactErgodicity.sizeAssumption)
      }
      let factor = memory(ergodicity, discount: update.mdp.discount)
      return .bound(
        gap: update.surrogateGap, width: update.ergodicityWidth { _ in factor },
        centre: update.surrogate)
    }
  }
}

extension PolicyUpdate {
  /// γ sp(Ā) coefficient Σ_s ρ_π(s) TVP(s), the coefficient one of the candidate's chain.
  fileprivate func ergodicityWidth(
    _ coefficient: (PolicyEvaluation<Number>) -> Number
  ) -> BoundWidth<Number> {
    let variation = transitionVariation
    let change = advantageSpan * discountedSum { variation[$0] }
    // A coefficient that is multiplied by 0 need not be computed.
    let factor = change.isExactlyZero ? .zero : coefficient(candidate)
    return BoundWidth(
      factor * change, witness: visitedWitness { variation[$0] })
  }
}

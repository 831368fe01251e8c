internal import MonotoneArithmetic

/// The return of one policy, written with the advantages of another.
///
///     η(π̃) = η(π) + Σ_s ρ_π̃(s) Ā(s)
///
/// *Proof.* Ā = r_π̃ + γP_π̃V_π − V_π, so ρ_π̃·Ā = ρ_π̃·r_π̃ − ρ_π̃·(I − γP_π̃)V_π = η(π̃) − ρ₀·V_π. ∎
struct PerformanceDifference: Claim {
  init() {}
  let id = "performance-difference"
  let kind = ClaimKind.identity
  let statement = "η(π̃) = η(π) + Σ_s ρ_π̃(s) Ā(s)"
  let source = "Kakade & Langford 2002, Lemma 6.1; Schulman et al. 2015, eq. 1–2"

  func check<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Finding<Number.Real> {
    let gain = update.candidate.stateVisitation.sum { update.expectedAdvantages[$0] }
    let difference = update.candidate.expectedReturn - (update.current.expectedReturn + gain)
    return .identity(difference: difference.real)
  }
}

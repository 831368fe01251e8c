public import MonotoneArithmetic

/// The return of one policy, written with the advantages of another.
///
///     η(π̃) = η(π) + Σ_s ρ_π̃(s) Ā(s)
///
/// *Proof.* Ā = r_π̃ + γP_π̃V_π − V_π, so ρ_π̃·Ā = ρ_π̃·r_π̃ − ρ_π̃·(I − γP_π̃)V_π = η(π̃) − ρ₀·V_π. ∎
public struct PerformanceDifference: Claim {
  public init() {}
  public let id = "performance-difference"
  public let kind = ClaimKind.identity
  public let statement = "η(π̃) = η(π) + Σ_s ρ_π̃(s) Ā(s)"
  public let source = "Kakade & Langford 2002, Lemma 6.1; Schulman et al. 2015, eq. 1–2"

  public func check<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Finding<Number.Real> {
    let gain = update.candidate.stateVisitation.sum { update.expectedAdvantages[$0] }
    let difference = update.candidate.expectedReturn - (update.current.expectedReturn + gain)
    return .identity(difference: difference.real)
  }
}

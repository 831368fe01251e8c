internal import MonotoneArithmetic

/// The step of conservative policy iteration keeps at least half of the gain that L promises.
///
///     η(π̃) − η(π) ≥ ½ 𝔸 = 𝔸'²(1−γ)²/(8γε')
///
/// for π̃ = (1−α*)π + α*π' with α* = 𝔸'(1−γ)²/(4γε') < 1, where 𝔸' = Σ_s ρ_π E_{a~π'} A_π and
/// ε' = max_s |E_{a~π'} A_π| are those of the target, 𝔸 = α*𝔸' that of the step itself.
///
/// *Which updates qualify.* 𝔸'/ε' is the same for every target on the ray from π through π̃, so π̃
/// determines α* = 𝔸(1−γ)²/(4γ ε_exp) and the target π' = π + (π̃ − π)/α*. That is a policy if and
/// only if α* is at least the mixture weight α₀ = max over π > 0 of 1 − π̃/π. So the claim applies
/// where α₀ ≤ α*, that is 2γ ε_exp α₀/(1−γ)² ≤ ½𝔸: the bound ``ConservativeMixtureBound`` is at
/// most half the policy advantage. This includes α* ≥ 1, where the step to π' itself (the target
/// of the rule is then π̃) gains at least ½𝔸 as well.
///
/// *Proof.* η(π̃) − η(π) = 𝔸 + (η(π̃) − L) ≥ 𝔸 − 2γ ε_exp α₀/(1−γ)² ≥ ½𝔸. With 𝔸 = α*𝔸' this is
/// 𝔸'²(1−γ)²/(8γε'). ∎
struct ConservativeGain: Claim {
  init() {}
  let id = "conservative-gain"
  let kind = ClaimKind.aPriori
  let statement = "η(π̃) − η(π) ≥ ½𝔸 = 𝔸'²(1−γ)²/(8γε') for the α*-step toward a policy π'"
  let source = "Kakade & Langford 2002, Cor. 4.2; Schulman et al. 2015, eq. 5–6"

  func check<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Finding<Number.Real> {
    if let finding = Finding<Number.Real>(unless: .discounting(update)) { return finding }
    let half = update.policyAdvantage / Number(2)
    let weight = update.mixtureWeight
    let loss =
      Number(2) * update.mdp.discount * update.maxExpectedAdvantage * weight
      * update.squaredHorizon
    let room = half - loss
    let assumption = Assumption(
      "π̃ is the α*-step toward a policy: 2γ ε_exp α/(1−γ)² ≤ ½𝔸", isMet: room.isNonNegative)
    if let finding = Finding<Number.Real>(unless: assumption) { return finding }
    let gain = update.candidate.expectedReturn - update.current.expectedReturn
    // Where the assumption was accepted within an error, so is what it promises.
    let promise = half.widened(by: Number(room.shortfall))
    let margin = gain - promise
    return Finding(
      verdict: Verdict(margin.isNonNegative), margin: .finite(margin.real),
      lowerBound: .finite((update.current.expectedReturn + promise).real),
      witness: update.witness { update.expectedAdvantages[$0].magnitude })
  }
}

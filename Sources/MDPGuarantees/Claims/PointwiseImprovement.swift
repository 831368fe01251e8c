internal import MonotoneArithmetic

/// A step without a disadvantage anywhere improves every state: if Ā(s) ≥ 0 for all s, then
/// V_π̃(s) ≥ V_π(s) for all s.
///
/// *Proof.* Ā = r_π̃ + γP_π̃V_π − V_π, so V_π̃ − V_π = (I − γP_π̃)⁻¹ Ā, and the inverse Σ_t γ^t P_π̃^t
/// has no negative entry; over the live states also for γ = 1, where both policies end. ∎
///
/// Covers policy iteration, whose Ā(s) = max_a A(s,a) ≥ Σ_a π A = 0, and the exact natural gradient
/// of a softmax policy, π̃ ∝ π e^{ηA} with any step size η > 0: Ā(s) is the mean of A weighted by
/// the increasing e^{ηA}, hence at least its mean 0 under π (Chebyshev's inequality).
struct PointwiseImprovement: Claim {
  init() {}
  let id = "pointwise-improvement"
  let kind = ClaimKind.inequality
  let statement = "V_π̃ ≥ V_π in every state, where Ā ≥ 0 in every state"
  let source = "Howard 1960; Agarwal et al. 2021"

  func check<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Finding<Number.Real> {
    let live = update.mdp.space.liveStates
    let assumption = Assumption(
      "Ā(s) ≥ 0 in every state",
      isMet: live.reduce(.yes) { $0 && update.expectedAdvantages[$1].isNonNegative })
    if let finding = Finding<Number.Real>(unless: assumption) { return finding }
    let shortfall = live.lazy.map { update.expectedAdvantages[$0].shortfall }.greatestMagnitude
    let slack = Number(shortfall) * update.candidate.resolventNorm
    let gains = live.map { state in
      (update.candidate.stateValues[state] - update.current.stateValues[state])
        .widened(by: slack)
    }
    let worst = gains.indices.min { gains[$1].isAbove(gains[$0]) }
    return Finding(
      verdict: Verdict(gains.reduce(.yes) { $0 && $1.isNonNegative }),
      margin: .finite((worst.map { gains[$0] } ?? .zero).real),
      witness: worst.map { Witness(state: live[$0], pair: update.mostChangedPair(in: live[$0])) })
  }
}

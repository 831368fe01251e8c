internal import MonotoneArithmetic
internal import MDPCore

/// The surrogate has the slope of the return where the policies coincide.
///
/// Two derivatives, each taken on both sides:
///
/// - along π + t(π̃ − π) at t = 0: dη/dt = ρ_πᵀ(r_π̃ − r_π + γ(P_π̃ − P_π)V_π), by differentiating
///   the resolvent, and dL/dt = 𝔸;
/// - for softmax logits θ(s,a): ∂η/∂θ = ρ_π(s) Σ_b ∂π(b|s)/∂θ(s,a) Q(s,b) with
///   ∂π(b|s)/∂θ(s,a) = π(b|s)(1[a=b] − π(a|s)), and the policy-gradient form ρ_π(s) π(a|s) A(s,a).
struct SurrogateGradient: Claim {
  init() {}
  let id = "surrogate-gradient"
  let kind = ClaimKind.identity
  let statement = "∇L_π = ∇η at π, along π̃ − π and in softmax logits"
  let source = "Schulman et al. 2015, eq. 4"

  func check<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Finding<Number.Real> {
    let along = Finding<Number.Real>.identity(
      difference: (returnSlope(update) - update.policyAdvantage).real)
    guard along.verdict == .holds || along.verdict == .consistent,
      let components = softmaxFinding(update)
    else { return along }
    return along.verdict == .consistent && along.isWorse(than: components) ? along : components
  }

  /// dη/dt, from r, P and V alone.
  private func returnSlope<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Number {
    let mdp = update.mdp
    var next = mdp.expectedReward
    mdp.transitions.multiply(update.current.stateValues, into: &next)
    return update.current.stateVisitation.sum { state in
      Number.sum(
        over: mdp.space.pairs(of: state),
        { update.candidate.policy[$0] - update.current.policy[$0] },
        times: { mdp.expectedReward[$0] + mdp.discount * next[$0] })
    }
  }

  /// The worst component of the difference between the two forms of the logit gradient.
  private func softmaxFinding<Number: Scalar>(
    _ update: PolicyUpdate<Number>
  ) -> Finding<Number.Real>? {
    let (evaluation, space) = (update.current, update.mdp.space)
    var worst: Finding<Number.Real>?
    for state in space.liveStates {
      let pairs = space.pairs(of: state)
      let visits = evaluation.stateVisitation[state]
      let mean = Number.sum(
        over: pairs, { evaluation.policy[$0] }, times: { evaluation.actionValues[$0] })
      for pair in pairs {
        let weight = visits * evaluation.policy[pair]
        // Subtracted first: where the forms agree exactly, no long product is left to form.
        let difference =
          weight * ((evaluation.actionValues[pair] - mean) - evaluation.advantages[pair])
        let finding = Finding<Number.Real>.identity(
          difference: difference.real, witness: Witness(state: state, pair: pair))
        if finding.verdict == .violated || finding.verdict == .undecided { return finding }
        if worst.map({ finding.isWorse(than: $0) }) ?? true { worst = finding }
      }
    }
    return worst
  }
}

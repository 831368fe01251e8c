internal import MonotoneArithmetic
internal import MDPSolvers

/// The evaluations on which every other claim rests solve their equations.
///
/// For π and for π̃: V = r_π + γP_πV and ρ = ρ₀ + γP_πᵀρ, as far as a stable elimination can
/// (``Accuracy``); and, as facts about the results, ρ₀·V = ρ·r_π, Σ_s ρ = 1/(1−γ), and
/// Σ_a π A = 0 in each state. For γ = 1 Σ_s ρ, over the live states, is the expected number of steps
/// ρ₀·T, where T = 1 + P_πT is a system of its own.
///
/// The two returns come from different linear systems, so their agreement is a real check: a
/// transposed or mis-scaled kernel in one of them breaks it.
struct BellmanResidual: Claim {
  init() {}
  let id = "bellman-residual"
  let kind = ClaimKind.identity
  let judgesAccuracy = true
  let statement =
    "V and ρ solve their systems; ρ₀·V = ρ·r; Σρ = 1/(1−γ), or the expected number of steps; Σ π A = 0"
  let source = "Schulman et al. 2015, §2"

  func check<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Finding<Number.Real> {
    let findings = [update.current, update.candidate].map(check)
    return findings[1].isWorse(than: findings[0]) ? findings[1] : findings[0]
  }

  private func check<Number: Scalar>(
    _ evaluation: PolicyEvaluation<Number>
  ) -> Finding<Number.Real> {
    var finding = worstResidual(evaluation)
    // An unstable solution is evidence of a fault; in rigorous arithmetic the error it leaves is
    // part of the numbers, and what they decide is decided.
    let stability =
      Number.arithmetic.isRigorous
      ? .yes : evaluation.valueAccuracy.stability && evaluation.visitationAccuracy.stability
    if stability != .yes { finding.verdict = Verdict(stability) }
    if stability == .no {
      let errors = [
        evaluation.valueAccuracy.backwardError, evaluation.visitationAccuracy.backwardError,
      ]
      finding.margin =
        errors.allSatisfy(\.isFinite)
        ? .finite(-Number.Real(errors.greatestMagnitude)) : nil
      finding.witness = evaluation.worstValueState.map { Witness(state: $0) }
    }
    return finding
  }

  /// The finding on that fact about the results which is the worst news.
  private func worstResidual<Number: Scalar>(
    _ evaluation: PolicyEvaluation<Number>
  ) -> Finding<Number.Real> {
    let mdp = evaluation.mdp
    let space = mdp.space
    let visitedReturn = evaluation.stateVisitation.sum { state in
      Number.sum(
        over: space.pairs(of: state), { evaluation.policy[$0] }, times: { mdp.expectedReward[$0] })
    }
    var worst = Finding<Number.Real>.identity(
      difference: (evaluation.expectedReturn - visitedReturn).real)
    func consider(_ difference: Number, _ witness: Witness? = nil) {
      let finding = Finding<Number.Real>.identity(difference: difference.real, witness: witness)
      if finding.isWorse(than: worst) { worst = finding }
    }
    consider(evaluation.stateVisitation.total - evaluation.expectedVisits)
    for state in space.liveStates {
      let mean = Number.sum(
        over: space.pairs(of: state), { evaluation.policy[$0] },
        times: { evaluation.advantages[$0] })
      consider(mean, Witness(state: state))
    }
    return worst
  }
}

internal import MonotoneArithmetic
internal import MonotoneProbability
internal import MDPSolvers

/// The minorisation argument of TRPO: the return grows by at least what the penalised surrogate
/// grows by.
///
///     η(π̃) − η(π) ≥ M_π(π̃) − M_π(π),   M_π(π̃) = L_π(π̃) − C max_s KL(π‖π̃)
///
/// *Proof.* η(π̃) ≥ M_π(π̃) by ``DivergenceBound`` and η(π) = M_π(π). ∎ Hence every step that
/// raises M raises η. Both values of M are computed from the definition. The lower bound on η(π̃)
/// that the claim gives is η(π) + M_π(π̃) − M_π(π).
struct MonotoneStep: Claim {
  init() {}
  let id = "monotone-step"
  let kind = ClaimKind.aPriori
  let statement = "η(π̃) − η(π) ≥ M_π(π̃) − M_π(π)"
  let source = "Schulman et al. 2015, eq. 10"

  func check<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Finding<Number.Real> {
    if let finding = Finding<Number.Real>(unless: .discounting(update)) { return finding }
    let witness = update.witness { update.divergence[$0] }
    let coefficient = update.penaltyCoefficient.real
    guard
      case .finite(let penalty) = coefficient * update.maxDivergence,
      case .finite(let penaltyAtItself) = coefficient * selfDivergence(update.current)
    else {
      return Finding(
        verdict: .holds, margin: .infinity, lowerBound: .unbounded, looseness: nil,
        witness: witness)
    }
    // The parts without logarithms are subtracted first, where equality can still be decided.
    let gain = update.candidate.expectedReturn - update.current.expectedReturn
    let surrogateGain = update.surrogate - update.current.surrogateAtItself
    let change = penalty - penaltyAtItself
    let margin = (gain - surrogateGain).real + change
    return Finding(
      verdict: Verdict(margin.isNonNegative), margin: .finite(margin),
      lowerBound: .finite((update.current.expectedReturn + surrogateGain).real - change),
      looseness: nil, witness: witness)
  }

  /// max_s KL(π‖π), from the definition.
  private func selfDivergence<Number: Scalar>(
    _ evaluation: PolicyEvaluation<Number>
  ) -> Extended<Number.Real> {
    evaluation.mdp.space.liveStates.reduce(.zero) { largest, state in
      .maximum(
        largest,
        Divergences.kullbackLeibler(
          evaluation.mdp.space.pairs(of: state), { evaluation.policy[$0] },
          { evaluation.policy[$0] }))
    }
  }
}

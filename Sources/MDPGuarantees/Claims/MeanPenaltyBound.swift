package import MonotoneArithmetic

/// Algorithm 1's own penalty with the mean divergence that practice constrains, for γ ≥ 2/3.
///
///     |η(π̃) − L_π(π̃)| ≤ C E_{s~d_π} KL(π‖π̃)
///
/// *Proof.* ``MeanDivergenceBound`` with b = 0. In each state |Ā| ≤ 2 TV ε_max (Σ_a π A = 0), so
/// Ā² ≤ 2 ε_max² KL by ``Pinsker``: F ≤ 2 ε_max² K, and m ≤ 2 ε_max α with α = max_s TV. With
/// E = E_d KL = (1−γ)K the bound is at most ε_max E (2√(2γ)/(1−γ)^{3/2} + 2γα/(1−γ)²). That is at
/// most CE = 4 ε_max γ E/(1−γ)² if √(2γ(1−γ)) ≤ γ(2−α), that is 2(1−γ) ≤ γ(2−α)²; since α ≤ 1, if
/// 2(1−γ) ≤ γ. ∎ False for small γ: see ``MeanPenaltyEveryDiscount``.
package struct MeanPenaltyBound: ReturnBound {
  package init() {}
  package let id = "mean-kl-penalty"
  package let statement = "|η(π̃) − L_π(π̃)| ≤ C E_{s~d_π} KL(π‖π̃) for γ ≥ 2/3"
  package let source = "this project; the penalty of Schulman et al. 2015, Algorithm 1"
  package let leadingConstant = 4.0

  package func assumption<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Assumption {
    Assumption(
      "γ ≥ 2/3", isMet: (Number(3) * update.mdp.discount - Number(2)).isNonNegative)
  }

  package func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    BoundWidth(
      update.penaltyCoefficient.real * update.meanDivergence,
      witness: update.visitedWitness { update.divergence[$0] })
  }
}

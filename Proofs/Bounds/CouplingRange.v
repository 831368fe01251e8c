(** * coupling-range

        |η(π') − L_π(π')| ≤ 2γ σ α² c,   σ = max_s (max_a A_π − min_a A_π)

    c and α as for coupling; π' − π has mass 0 in each state, so σ/2 replaces ε_max.

    Source: Schulman et al. 2015, appendix A, eq. 44, with the range. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima MassZero Model Evaluation Visitation Divergences.TotalVariation Surrogate
  Bounds.Coupling.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section CouplingRange.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.

(** ε_exp ≤ α σ *)
Lemma max_expected_advantage_range π π' :
  max_expected_advantage π π' <= max_total_variation M π π' * advantage_range π.
Proof.
have σ0 := advantage_range_ge0 π.
apply: maximum_le => [|s sl]; first by rewrite mulr_ge0 ?max_total_variation_ge0.
apply: (@le_trans _ _ (state_total_variation π' π s * advantage_range π)); last first.
  by rewrite ler_wpmul2r // state_total_variationC le_max_total_variation.
rewrite expected_advantage_sub; apply: (mass_zero_le (P := avail M s)) => [a aN||a b].
- by rewrite !prob_unavailable ?subrr.
- by rewrite sumrB !prob_sum subrr.
exact: le_advantage_range.
Qed.

Theorem coupling_range π π' (α := max_total_variation M π π') :
  `|η π' - L π π'| <=
    2 * γ * advantage_range π * α ^+ 2 / ((1 - γ) * (1 - γ * (1 - α))).
Proof.
apply: le_trans (coupling_le (max_expected_advantage_range π π')) _.
by rewrite -/α; apply: eq_ge; ring.
Qed.

End CouplingRange.

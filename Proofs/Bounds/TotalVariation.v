(** * total-variation: Theorem 1

        |η(π') − L_π(π')| ≤ C α²,   C = 4 ε_max γ/(1−γ)²,   α = max_s TV(s)

    by coupling and c ≤ 1/(1−γ)².

    Source: Schulman et al. 2015, Theorem 1 (eq. 8), appendix A. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Model Evaluation Visitation Divergences.TotalVariation Surrogate SharedVisitation
  Bounds.Coupling.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section TotalVariationBound.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.

Theorem total_variation π π' (α := max_total_variation M π π') :
  `|η π' - L π π'| <= 4 * max_advantage π * γ / (1 - γ) ^+ 2 * α ^+ 2.
Proof.
apply: le_trans (coupling π π') _; rewrite -/α -/(coupling_count M α).
have α0 : 0 <= α := max_total_variation_ge0 M π π'.
have α1 : α <= 1 := max_total_variation_le1 π π'.
have -> : 4 * max_advantage π * γ / (1 - γ) ^+ 2 * α ^+ 2 =
    4 * γ * max_advantage π * α ^+ 2 * ((1 - γ) ^+ 2)^-1 by ring.
rewrite ler_wpmul2l ?coupling_count_le ?α0 //.
by rewrite !mulr_ge0 ?ler0n ?discount_ge0 ?max_advantage_ge0 ?exprn_ge0.
Qed.

(** The same with the name of the coefficient *)
Lemma total_variation_penalty π π' :
  `|η π' - L π π'| <= penalty_coefficient π * max_total_variation M π π' ^+ 2.
Proof. exact: total_variation. Qed.

End TotalVariationBound.

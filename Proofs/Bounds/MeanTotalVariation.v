(** * mean-total-variation

        |η(π') − L_π(π')| ≤ 2γ max_s |Ā(s)|/(1−γ) Σ_s ρ_π(s) TV(s)

    by mean-total-variation-span and sp(Ā) ≤ 2 max_s |Ā(s)|.

    Source: Achiam et al. 2017, Cor. 1. *)

From mathcomp Require Import all_ssreflect all_algebra.
From Monotone Require Import Model Evaluation Visitation Divergences.TotalVariation Surrogate
  Bounds.MeanTotalVariationSpan.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section MeanTotalVariation.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.

Theorem mean_total_variation π π' :
  `|η π' - L π π'| <=
    2 * γ * max_expected_advantage π π' / (1 - γ) * visited_total_variation π π'.
Proof.
apply: le_trans (mean_total_variation_span π π') _.
rewrite ler_wpmul2r ?visited_total_variation_ge0 //.
rewrite ler_wpmul2r ?invr_ge0 ?(ltW (horizon_gt0 M)) //.
by rewrite -mulrA mulrCA ler_wpmul2l ?discount_ge0 ?advantage_span_le.
Qed.

End MeanTotalVariation.

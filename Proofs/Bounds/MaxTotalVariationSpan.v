(** * max-total-variation-span

        |η(π') − L_π(π')| ≤ γ sp(Ā) α/(1−γ)²,   α = max_s TV(s)

    Source: Pirotta et al. 2013, Thm 3.5. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima Model Evaluation Visitation Divergences.TotalVariation Surrogate
  Bounds.MeanTotalVariationSpan.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section MaxTotalVariationSpan.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.

Theorem max_total_variation_span π π' :
  `|η π' - L π π'| <= γ * advantage_span π π' * max_total_variation M π π' / (1 - γ) ^+ 2.
Proof.
apply: le_trans (mean_total_variation_span π π') _.
have h0 := horizon_gt0 M; set B := γ * _; have B0 : 0 <= B / (1 - γ).
  by rewrite divr_ge0 ?mulr_ge0 ?discount_ge0 ?advantage_span_ge0 // ltW.
apply: le_trans (ler_wpmul2l B0 (visited_total_variation_le π π')) _.
by apply: eq_ge; field; rewrite gt_eqF.
Qed.

End MaxTotalVariationSpan.

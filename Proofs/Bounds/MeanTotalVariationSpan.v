(** * mean-total-variation-span

        |η(π') − L_π(π')| ≤ γ sp(Ā)/(1−γ) Σ_s ρ_π(s) TV(s)

    by resolvent-ergodicity, τ(N') ≤ 1/(1−γ) and TVP ≤ TV.

    Source: Achiam et al. 2017, Cor. 1, with the span. *)

From mathcomp Require Import all_ssreflect all_algebra.
From Monotone Require Import Model Evaluation Visitation Divergences.TotalVariation Surrogate Ergodicity
  Bounds.ResolventErgodicity.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section MeanTotalVariationSpan.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.

Theorem mean_total_variation_span π π' :
  `|η π' - L π π'| <= γ * advantage_span π π' / (1 - γ) * visited_total_variation π π'.
Proof.
apply: le_trans (resolvent_ergodicity_le π (ergodicity_resolvent_horizon π')) _.
rewrite ler_wpmul2l ?visited_transition_variation_le //.
by rewrite divr_ge0 ?mulr_ge0 ?discount_ge0 ?advantage_span_ge0 // ltW ?horizon_gt0.
Qed.

End MeanTotalVariationSpan.

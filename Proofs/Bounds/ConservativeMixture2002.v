(** * conservative-mixture-2002

        |η(π') − L_π(π')| ≤ 2γ ε α² c,   c = 1/((1−γ)(1−γ(1−α)))
        π' = (1−α) π + α τ,   ε = max_s |E_{a~τ} A_π(s,a)| of the target τ

    by visitation-shift and the coupling in which the second policy acts with probability α.
    Every update is such a mixture; the least weight gives the least bound.

    Source: Kakade & Langford 2002, Thm 4.1. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate SharedVisitation Mixture
  Bounds.VisitationShift.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section ConservativeMixture2002.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π τ : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.

(** With the expected advantage of π' itself: that of the target is 1/α times as large. *)
Lemma conservative_mixture_keeps α π π' : 0 <= α <= 1 -> keeps α π π' ->
  `|η π' - L π π'| <=
    2 * γ * max_expected_advantage π π' * α / ((1 - γ) * (1 - γ * (1 - α))).
Proof.
move=> α01 kept; apply: le_trans (visitation_shift π π') _.
apply: le_trans (ler_wpmul2r _ (visitation_shift_mixture α01 kept)) _.
  exact: max_expected_advantage_ge0.
by rewrite -/(coupling_count M α); apply: eq_ge; ring.
Qed.

Theorem conservative_mixture_2002 α π τ π' : 0 <= α <= 1 -> mixture α π τ π' ->
  `|η π' - L π π'| <=
    2 * γ * max_expected_advantage π τ * α ^+ 2 / ((1 - γ) * (1 - γ * (1 - α))).
Proof.
move=> α01 mx; have [α0 _] := andP α01.
apply: le_trans (conservative_mixture_keeps α01 (mixture_keeps α0 mx)) _.
by rewrite (mixture_max_expected_advantage α0 mx); apply: eq_ge; ring.
Qed.

(** The form that is checked where no target is given *)
Lemma conservative_mixture_2002_weight π π' (α := mixture_weight M π π') :
  `|η π' - L π π'| <=
    2 * γ * max_expected_advantage π π' * α / ((1 - γ) * (1 - γ * (1 - α))).
Proof.
apply: conservative_mixture_keeps; last exact: mixture_weight_keeps.
by rewrite mixture_weight_ge0 mixture_weight_le1.
Qed.

End ConservativeMixture2002.

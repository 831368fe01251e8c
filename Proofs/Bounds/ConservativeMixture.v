(** * conservative-mixture

        |η(π') − L_π(π')| ≤ 2γ ε α²/(1−γ)²
        π' = (1−α) π + α τ,   ε = max_s |E_{a~τ} A_π(s,a)| of the target τ

    by conservative-mixture-2002 and c ≤ 1/(1−γ)².

    Source: Schulman et al. 2015, eq. 6. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate SharedVisitation Mixture
  Bounds.ConservativeMixture2002.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section ConservativeMixture.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π τ : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.

Lemma conservative_mixture_horizon α π π' : 0 <= α <= 1 -> keeps α π π' ->
  `|η π' - L π π'| <= 2 * γ * max_expected_advantage π π' * α / (1 - γ) ^+ 2.
Proof.
move=> α01 kept; have [α0 _] := andP α01.
apply: le_trans (conservative_mixture_keeps α01 kept) _.
apply: ler_wpmul2l (coupling_count_le M α01).
by rewrite !mulr_ge0 ?ler0n ?discount_ge0 ?max_expected_advantage_ge0.
Qed.

Theorem conservative_mixture α π τ π' : 0 <= α <= 1 -> mixture α π τ π' ->
  `|η π' - L π π'| <= 2 * γ * max_expected_advantage π τ * α ^+ 2 / (1 - γ) ^+ 2.
Proof.
move=> α01 mx; have [α0 _] := andP α01.
apply: le_trans (conservative_mixture_horizon α01 (mixture_keeps α0 mx)) _.
by rewrite (mixture_max_expected_advantage α0 mx); apply: eq_ge; ring.
Qed.

(** The form that is checked where no target is given *)
Lemma conservative_mixture_weight π π' (α := mixture_weight M π π') :
  `|η π' - L π π'| <= 2 * γ * max_expected_advantage π π' * α / (1 - γ) ^+ 2.
Proof.
apply: conservative_mixture_horizon; last exact: mixture_weight_keeps.
by rewrite mixture_weight_ge0 mixture_weight_le1.
Qed.

End ConservativeMixture.

(** * False: Pinsker's inequality with 1/4

        TV(s)² ≤ KL(s)/4

    Refuted by the bandit: 1/100 > 1/192. *)

From Coq Require Import Reals Lra.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate.
From Monotone Require Import Divergences.RealArithmetic Divergences.TotalVariation.
From Monotone Require Import Divergences.KullbackLeibler Divergences.PolicyDivergence.
From Monotone Require Import FalseVariants.Bandit.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Theorem pinsker_quarter :
  ~ forall (S A : finType) (M : mdp [realFieldType of R] S A) (π π' : policy M) (s : S),
    ((state_total_variation π π' s ^+ 2)%:E <= (4^-1)%:E * extended_state_divergence π π' s)%E.
Proof.
move=> /(_ _ _ bandit fair worse tt).
rewrite /extended_state_divergence /extended_divergence worse_dominated lee_fin.
apply/negP; rewrite -ltNge worse_total_variation.
apply: le_lt_trans (ler_wpmul2l _ (worse_divergence tt)) _; first by rewrite invr_ge0 ler0n.
rewrite -subr_gt0 [X in 0 < X](_ : _ = 23 / 4800); last by field.
by rewrite divr_gt0 ?ltr0n.
Qed.

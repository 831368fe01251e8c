(** * False: kl with visitations that are normalised to 1 in the surrogate

        |η(π') − η(π) − Σ_s d_π(s) Ā(s)| ≤ C max_s KL(π‖π')

    Refuted by the bandit: |−1/5 + 1/10| > 4/48. *)

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

Theorem normalised_visitation :
  ~ forall (S A : finType) (M : mdp [realFieldType of R] S A) (π π' : policy M),
    (`|expected_return π' - expected_return π -
        \sum_s state_distribution π s * expected_advantage π π' s|%:E <=
      (4 * max_advantage π * discount M / (1 - discount M) ^+ 2)%:E * max_divergence π π')%E.
Proof.
move=> /(_ _ _ bandit fair worse); rewrite fair_penalty.
have [r -> /andP[_ r_le]] := worse_max_divergence; rewrite lee_fin.
have -> : \sum_s state_distribution fair s * expected_advantage fair worse s = - 10^-1.
  under eq_bigr do rewrite worse_expected_advantage.
  by rewrite -mulr_suml state_distribution_sum1 mul1r.
have -> : expected_return worse - expected_return fair - - 10^-1 = - 10^-1.
  by rewrite worse_loss; field.
rewrite normrN ger0_norm ?invr_ge0 ?ler0n//; apply/negP; rewrite -ltNge.
apply: le_lt_trans (ler_wpmul2l _ r_le) _; first by rewrite ler0n.
rewrite -subr_gt0 [X in 0 < X](_ : _ = 60^-1); last by field.
by rewrite invr_gt0 ltr0n.
Qed.

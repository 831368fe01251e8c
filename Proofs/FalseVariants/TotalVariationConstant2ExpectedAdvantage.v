(** * False: total-variation with constant 2 and the expected advantage of the candidate

        |η(π') − L_π(π')| ≤ 2γ max_s |Ā(s)| α²/(1−γ)²

    Found where eq. 6 of Schulman et al. 2015, which is about mixtures and the advantage of their target,
    is read for arbitrary policies. Refuted by Kakade's example. *)

From mathcomp Require Import all_ssreflect all_algebra.
From Monotone Require Import Model Evaluation Visitation Divergences.TotalVariation Surrogate
  Mixture Attainment.Kakade FalseVariants.KakadeRefutes.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section TotalVariationConstant2ExpectedAdvantage.
Variables (R : realFieldType).

Theorem total_variation_constant_2_expected_advantage :
  ~ forall (S A : finType) (M : mdp R S A) (π π' : policy M)
      (γ := discount M) (α := max_total_variation M π π'),
    `|expected_return π' - surrogate π π'| <=
      2 * γ * max_expected_advantage π π' * α ^+ 2 / (1 - γ) ^+ 2.
Proof.
have /andP[γ0 γ1] := nine_tenths R; have /andP[α0 α1] := three_hundredths R.
have [γ_gt0 α_gt0 small] := kakade_numbers R.
move=> /(_ _ _ _ (kakade_pure γ0 γ1 true) (kakade_candidate γ0 γ1 α0 α1)) /=.
by rewrite kakade_max_total_variation //; apply: kakade_refutes.
Qed.

End TotalVariationConstant2ExpectedAdvantage.

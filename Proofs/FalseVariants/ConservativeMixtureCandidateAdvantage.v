(** * False: conservative-mixture with the advantage of the mixture itself

        |η(π') − L_π(π')| ≤ 2γ max_s |Ā(s)| α²/(1−γ)²   for π' = (1−α) π + α τ

    Too small by the factor α: eq. 6 of Schulman et al. 2015 means the advantage of the target τ.
    Refuted by Kakade's example. *)

From mathcomp Require Import all_ssreflect all_algebra.
From Monotone Require Import Model Evaluation Visitation Divergences.TotalVariation Surrogate
  Mixture Attainment.Kakade FalseVariants.KakadeRefutes.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section ConservativeMixtureCandidateAdvantage.
Variables (R : realFieldType).

Theorem conservative_mixture_candidate_advantage :
  ~ forall (S A : finType) (M : mdp R S A) (α : R) (π τ π' : policy M) (γ := discount M),
    0 <= α <= 1 -> mixture α π τ π' ->
    `|expected_return π' - surrogate π π'| <=
      2 * γ * max_expected_advantage π π' * α ^+ 2 / (1 - γ) ^+ 2.
Proof.
have /andP[γ0 γ1] := nine_tenths R; have /andP[α0 α1] := three_hundredths R.
have [γ_gt0 α_gt0 small] := kakade_numbers R.
move=> /(_ _ _ _ _ _ _ _ (three_hundredths R) (kakade_mixture γ0 γ1 α0 α1)).
exact: kakade_refutes.
Qed.

End ConservativeMixtureCandidateAdvantage.

(** * Algorithm 1 with the mean divergence is monotone for γ ≥ 3/7

    by the sharper mean-kl-penalty. Source: this project. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate Identities.
From Monotone Require Import Divergences.RealArithmetic Divergences.KullbackLeibler.
From Monotone Require Import Divergences.PolicyDivergence Improvement.Algorithm1.
From Monotone Require Import Sharper.SharpMeanKlPenalty.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section SharpAlgorithm1.
Variables (S A : finType) (M : mdp [realFieldType of R] S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).

Lemma sharp_minorant : 3 / 7 <= γ -> minorant (@mean_penalised_surrogate S A M).
Proof.
move=> γ_large π; split=> [|π']; rewrite /mean_penalised_surrogate.
  rewrite weighted_divergence_finite => [|s _]; last exact: dominated_refl.
  rewrite big1 ?mule0 ?sube0 ?surrogate_value// => s _.
  by rewrite /state_divergence divergence_refl mulr0.
have := sharp_mean_kl_penalty π π' γ_large; set x := (_ * _)%E.
case: x => [r| |//] /=; last by rewrite leNye.
by rewrite -EFinB !lee_fin ler_distl => /andP[].
Qed.

Theorem sharp_mean_algorithm1_monotone (run : nat -> policy M) : 3 / 7 <= γ ->
  (forall i π, (mean_penalised_surrogate (run i) π <= mean_penalised_surrogate (run i) (run i.+1))%E) ->
  {homo (fun i => expected_return (run i)) : i j / (i <= j)%N >-> i <= j}.
Proof. by move/sharp_minorant; apply: minorant_monotone. Qed.

End SharpAlgorithm1.

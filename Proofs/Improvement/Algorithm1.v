(** * Algorithm 1 is monotone

    Each policy maximises M_π, the surrogate less C max_s KL, of the one before. Then no return is less
    than the one before. Nothing more is needed than that a step does not lower M, so an inexact
    maximisation is as safe. For γ ≥ 2/3 the mean divergence may stand for the maximum.

    Source: Schulman et al. 2015, Algorithm 1; the mean penalty: this project. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate Identities.
From Monotone Require Import Divergences.RealArithmetic Divergences.KullbackLeibler.
From Monotone Require Import Divergences.PolicyDivergence Bounds.MeanKlPenalty.
From Monotone Require Import Improvement.MonotoneStep.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Algorithm1.
Variables (S A : finType) (M : mdp [realFieldType of R] S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation L := surrogate.

(** A function of the new policy that is the return at the old one, and nowhere above the return *)
Definition minorant (f : policy M -> policy M -> \bar R) : Prop :=
  forall π, f π π = (η π)%:E /\ forall π', (f π π' <= (η π')%:E)%E.

Lemma minorant_step f π π' : minorant f -> (f π π <= f π π')%E -> η π <= η π'.
Proof.
by move=> /(_ π)[fπ f_le] step; rewrite -lee_fin -fπ (le_trans step) ?f_le.
Qed.

Lemma minorant_monotone f (run : nat -> policy M) : minorant f ->
  (forall i π, (f (run i) π <= f (run i) (run i.+1))%E) ->
  {homo (fun i => η (run i)) : i j / (i <= j)%N >-> i <= j}.
Proof.
move=> fP best; apply: homo_leq => [x|y x z|i]; [exact: lexx | exact: le_trans |].
exact: minorant_step fP (best i (run i)).
Qed.

Lemma penalised_surrogate_minorant : minorant (@penalised_surrogate S A M).
Proof. by move=> π; split=> [|π']; [apply: penalised_surrogate_refl | apply: penalised_surrogate_le]. Qed.

Theorem algorithm1_monotone (run : nat -> policy M) :
  (forall i π, (penalised_surrogate (run i) π <= penalised_surrogate (run i) (run i.+1))%E) ->
  {homo (fun i => η (run i)) : i j / (i <= j)%N >-> i <= j}.
Proof. exact: minorant_monotone penalised_surrogate_minorant. Qed.

(** ** With the mean divergence *)

Definition mean_penalised_surrogate π π' : \bar R :=
  ((L π π')%:E - (4 * max_advantage π * γ / (1 - γ) ^+ 2)%:E *
    weighted_divergence (state_distribution π) π π')%E.

Lemma mean_penalised_surrogate_minorant : 2 / 3 <= γ -> minorant mean_penalised_surrogate.
Proof.
move=> γ_large π; split=> [|π']; rewrite /mean_penalised_surrogate.
  rewrite weighted_divergence_finite => [|s _]; last exact: dominated_refl.
  rewrite big1 ?mule0 ?sube0 ?surrogate_value// => s _.
  by rewrite /state_divergence divergence_refl mulr0.
have := mean_kl_penalty π π' γ_large; set x := (_ * _)%E.
case: x => [r| |//] /=; last by rewrite leNye.
by rewrite -EFinB !lee_fin ler_distl => /andP[].
Qed.

Theorem mean_algorithm1_monotone (run : nat -> policy M) : 2 / 3 <= γ ->
  (forall i π, (mean_penalised_surrogate (run i) π <= mean_penalised_surrogate (run i) (run i.+1))%E) ->
  {homo (fun i => η (run i)) : i j / (i <= j)%N >-> i <= j}.
Proof. by move/mean_penalised_surrogate_minorant; apply: minorant_monotone. Qed.

End Algorithm1.

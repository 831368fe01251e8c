(** * kl

        |η(π') − L_π(π')| ≤ C max_s KL(π‖π'),   C = 4 ε_max γ/(1−γ)²

    by total-variation and TV² ≤ KL/2 ≤ KL. Says nothing where KL is infinite, unless C = 0.

    Source: Schulman et al. 2015, eq. 9. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate.
From Monotone Require Import Divergences.RealArithmetic Divergences.TotalVariation.
From Monotone Require Import Divergences.KullbackLeibler Divergences.PolicyDivergence.
From Monotone Require Import Divergences.Pinsker Bounds.TotalVariation Bounds.KlPinsker.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Kl.
Variables (S A : finType) (M : mdp [realFieldType of R] S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation L := surrogate.

Theorem kl π π' :
  (`|η π' - L π π'|%:E <=
    (4 * max_advantage π * γ / (1 - γ) ^+ 2)%:E * max_divergence π π')%E.
Proof.
apply: le_trans (kl_pinsker π π') _; rewrite half_penalty.
apply: lee_pmul; rewrite ?lee_fin ?half_penalty_ge0//.
- by rewrite le_minr !max_divergence_ge0.
- by apply: ler_pemull; rewrite ?half_penalty_ge0 ?ler1n.
by rewrite le_minl lexx.
Qed.

End Kl.

(** * pinsker and bretagnolle-huber for the discount 1

    They are about the distributions of two policies in one state. No discount occurs in them. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Model Divergences.TotalVariation Divergences.PolicyDivergence.
From Monotone Require Divergences.Pinsker Divergences.BretagnolleHuber.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section EndingInequalities.
Variables (S A : finType) (M : mdp [realFieldType of R] S A).
Implicit Types π : policy M.

Theorem pinsker π π' s :
  ((state_total_variation π π' s ^+ 2)%:E <= (2^-1)%:E * extended_state_divergence π π' s)%E.
Proof. exact: Pinsker.pinsker. Qed.

Theorem bretagnolle_huber π π' s :
  state_total_variation π π' s
    <= Num.sqrt (1 - BretagnolleHuber.exp_opposite (extended_state_divergence π π' s)).
Proof. exact: BretagnolleHuber.bretagnolle_huber. Qed.

End EndingInequalities.

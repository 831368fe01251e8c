(** * visitation-shift

        |η(π') − L_π(π')| ≤ Σ_s |ρ_π'(s) − ρ_π(s)| · max_s |Ā(s)|

    Source: Hölder's inequality on Kakade & Langford 2002, Lemma 6.1. *)

From mathcomp Require Import all_ssreflect all_algebra.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate Identities.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section VisitationShift.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.

Theorem visitation_shift π π' :
  `|η π' - L π π'| <= (\sum_s `|ρ π' s - ρ π s|) * max_expected_advantage π π'.
Proof.
rewrite gap_shift; apply: le_trans (ler_norm_sum _ _ _) _; rewrite mulr_suml.
by apply: ler_sum => s _; rewrite normrM ler_wpmul2l ?le_max_expected_advantage.
Qed.

End VisitationShift.

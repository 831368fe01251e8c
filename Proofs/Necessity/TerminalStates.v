(** * Terminal states count in the span of Ā

    The span of Ā in visitation-shift-span and the bounds that follow from it is over all states, a
    terminal one with Ā = 0. Over live states alone they would be false: in stay-or-leave the only live state
    has Ā = 1, so that span is 0, but the gap is γ/(1−γ). *)

From mathcomp Require Import all_ssreflect all_algebra.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate Attainment.StayOrLeave.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section TerminalStates.

Variable R : realFieldType.

Definition live_span (S A : finType) (M : mdp R S A) (f : S -> R) : R :=
  maximum (live M) (fun s => maximum (live M) (fun s' => f s - f s')).

Theorem terminal_states_count :
  ~ forall (S A : finType) (M : mdp R S A) (π π' : policy M),
    `|expected_return π' - surrogate π π'| <=
      2^-1 * (\sum_s `|visitation π' s - visitation π s|) * live_span M (expected_advantage π π').
Proof.
have half0 : 0 <= 2^-1 :> R by rewrite invr_ge0 ler0n.
have half1 : 2^-1 < 1 :> R by rewrite invf_lt1 ?ltr0n // ltr1n.
move/(_ _ _ _ (run_policy half0 half1 false) (run_policy half0 half1 true)).
rewrite run_gap (_ : live_span _ _ = 0) ?mulr0; last first.
  apply/le_anti; rewrite maximum_ge0 andbT.
  apply: maximum_le => // s; rewrite run_live => ->; apply: maximum_le => // t.
  by rewrite run_live => ->; rewrite subrr.
by apply/negP; rewrite -ltNge divr_gt0 ?subr_gt0 // invr_gt0 ltr0n.
Qed.

End TerminalStates.

(** * Policy iteration improves every state

    A greedy policy takes only actions of the largest advantage, so Ā(s) = max_a A_π(s,a) ≥ 0.

    Source: Howard 1960. *)

From mathcomp Require Import all_ssreflect all_algebra.
From Monotone Require Import Model Evaluation Visitation Surrogate Mixture Improvement.PointwiseImprovement.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section PolicyIteration.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π τ : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.

Definition greedy π π' : Prop :=
  forall s a b, 0 < π' s a -> avail M s b -> advantage π s b <= advantage π s a.

Lemma greedy_advantage π π' s b : greedy π π' -> avail M s b ->
  advantage π s b <= expected_advantage π π' s.
Proof.
move=> gr av; have sl := avail_live av.
rewrite -[X in X <= _]mul1r -(prob_sum1 π' sl) mulr_suml; apply: ler_sum => a _.
have [π'0|] := ltrP 0 (π' s a); first by rewrite ler_wpmul2l ?prob_ge0 ?(gr _ _ _ π'0).
by rewrite le_eqVlt ltNge prob_ge0 orbF => /eqP->; rewrite !mul0r.
Qed.

Lemma greedy_expected_advantage π π' : greedy π π' ->
  forall s, live M s -> 0 <= expected_advantage π π' s.
Proof.
move=> gr s sl; rewrite -(expected_advantage_self π s) -[X in _ <= X]mul1r -(prob_sum1 π sl).
rewrite mulr_suml; apply: ler_sum => a _.
have [av|aN] := boolP (avail M s a); last by rewrite prob_unavailable ?mul0r.
by rewrite ler_wpmul2l ?prob_ge0 ?greedy_advantage.
Qed.

Theorem policy_iteration_improves π π' : greedy π π' -> forall s, value π s <= value π' s.
Proof. by move/greedy_expected_advantage; apply: pointwise_improvement. Qed.

(** Where the greedy policy is no better in any state, both are optimal. *)
Theorem policy_iteration_optimal π π' : greedy π π' ->
  (forall s, expected_advantage π π' s <= 0) ->
  forall π'' s, value π'' s <= value π s.
Proof.
move=> gr Ā0; apply: optimal_value => s a av.
exact: le_trans (greedy_advantage gr av) (Ā0 s).
Qed.

(** Conservative policy iteration goes a part of the way, with any weight. *)
Theorem conservative_improves α π τ π' : 0 <= α -> greedy π τ -> mixture α π τ π' ->
  forall s, value π s <= value π' s.
Proof.
move=> α0 gr mx; apply: pointwise_improvement => s sl.
by rewrite (mixture_expected_advantage _ mx) mulr_ge0 ?greedy_expected_advantage.
Qed.

End PolicyIteration.

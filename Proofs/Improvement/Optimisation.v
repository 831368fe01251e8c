(** * The best trade-off between L and divergence improves every state

    Let d(s, q) measure how far a distribution q is from π in a state, with d = 0 for π itself and d ≥ 0.
    Let π' maximise L − cost, where cost does not rise when a state's d falls, among the policies within
    limits on d (in a state, or on average). Then ρ_π(s) Ā(s) ≥ 0: otherwise the state had better kept π.
    A rule that keeps π where π never is has Ā ≥ 0 everywhere, so it improves every state.

    This covers Algorithm 1 (cost C max KL), its mean (C E KL) and the trust regions (no cost; max KL ≤ δ,
    E KL ≤ δ).

    Source: Schulman et al. 2015, Algorithm 1 and eq. 11–12. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Model Evaluation Visitation Surrogate Improvement.PointwiseImprovement.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Optimisation.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π τ : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.

(** π' with one state given back to π *)
Section Keep.
Variables (π π' : policy M) (s0 : S).

Definition keep_prob s a : R := if s == s0 then π s a else π' s a.

Lemma keep_ge0 s a : 0 <= keep_prob s a.
Proof. by rewrite /keep_prob; case: eqP => _; apply: prob_ge0. Qed.

Lemma keep_unavailable s a : ~~ avail M s a -> keep_prob s a = 0.
Proof. by move=> aN; rewrite /keep_prob; case: eqP => _; apply: prob_unavailable. Qed.

Lemma keep_sum1 s : live M s -> \sum_a keep_prob s a = 1.
Proof. by rewrite /keep_prob; case: eqP => _; apply: prob_sum1. Qed.

Definition keep : policy M := Policy keep_ge0 keep_unavailable keep_sum1.

Lemma keep_surrogate :
  L π π' - L π keep = ρ π s0 * expected_advantage π π' s0.
Proof.
rewrite /L opprD addrACA subrr add0r /policy_advantage -sumrB (bigD1 s0) //= big1.
  rewrite addr0 -mulrBr; congr (_ * _).
  rewrite -[RHS]subr0 -(expected_advantage_self π s0); congr (_ - _).
  by apply: eq_bigr => a _; rewrite /= /keep_prob eqxx.
move=> s /negbTE ss0; rewrite -mulrBr /expected_advantage -sumrB big1 ?mulr0 // => a _.
by rewrite /= /keep_prob ss0 subrr.
Qed.
End Keep.

(** No state has better kept π, and states that π never visits keep it. *)
Theorem keeping_improves π π' :
  (forall s, L π (keep π π' s) <= L π π') -> (forall s a, ρ π s = 0 -> π' s a = π s a) ->
  forall s, value π s <= value π' s.
Proof.
move=> best kept; apply: pointwise_improvement => s sl.
have [ρ0|ρ0] := eqVneq (ρ π s) 0; last first.
  have ρ_gt0 : 0 < ρ π s by rewrite lt_def ρ0 visitation_ge0.
  by rewrite -(pmulr_rge0 _ ρ_gt0) -keep_surrogate subr_ge0.
by rewrite -(expected_advantage_self π s); apply: ler_sum => a _; rewrite kept.
Qed.

(** What a rule of improvement may ask: limits, and a price, that keeping a state never hurts *)
Section Maximiser.
Variables (π : policy M) (feasible : policy M -> Prop) (cost : policy M -> R).
Hypothesis keep_feasible : forall π' s, feasible π' -> feasible (keep π π' s).
Hypothesis keep_cost : forall π' s, feasible π' -> cost (keep π π' s) <= cost π'.

Theorem maximiser_improves π' : feasible π' ->
  (forall π'', feasible π'' -> L π π'' - cost π'' <= L π π' - cost π') ->
  (forall s a, ρ π s = 0 -> π' s a = π s a) ->
  forall s, value π s <= value π' s.
Proof.
move=> ok best; apply: keeping_improves => s; rewrite -(ler_add2r (- cost π')).
apply: le_trans (best _ (keep_feasible s ok)).
by rewrite ler_add2l ler_opp2 keep_cost.
Qed.

End Maximiser.

End Optimisation.

(** * Softmax steps improve every state

        π'(a|s) = π(a|s) w(s,a) / Σ_b π(b|s) w(s,b),   w > 0

    where w is at least 1 for actions of positive advantage and at most 1 for those of negative:
    Z Ā(s) = Σ_a π w A = Σ_a π (w − 1) A ≥ 0, as Σ_a π A = 0. A step in softmax logits has w = exp Δθ, so
    this covers the natural gradient and TRPO (Δθ = k A) and the policy gradient (Δθ = k ρ π A), however
    long the step.

    Source: Agarwal et al. 2021, for the natural gradient. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Model Evaluation Visitation Surrogate Improvement.PointwiseImprovement.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Reweighting.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π τ : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.

Section Weights.
Variables (π π' : policy M) (w : S -> A -> R).
Hypothesis w_gt0 : forall s a, 0 < w s a.
Hypothesis reweighted : forall s a, π' s a * (\sum_b π s b * w s b) = π s a * w s a.
Hypothesis w_advantage : forall s a, avail M s a -> 0 <= (w s a - 1) * advantage π s a.

Lemma reweighting_mass s : live M s -> 0 < \sum_b π s b * w s b.
Proof.
move=> sl; rewrite lt_neqAle sumr_ge0 ?andbT; last first.
  by move=> b _; rewrite mulr_ge0 ?prob_ge0 ?ltW.
rewrite eq_sym; apply/negP => /eqP Z0.
have: \sum_b π s b = 0; last by rewrite prob_sum1 // => /eqP; rewrite oner_eq0.
apply: big1 => b _; have := reweighted s b; rewrite Z0 mulr0 => /esym/eqP.
by rewrite mulf_eq0 [w s b == 0]gt_eqF ?orbF // => /eqP.
Qed.

Lemma reweighting_expected_advantage s : live M s -> 0 <= expected_advantage π π' s.
Proof.
move=> sl; rewrite -(pmulr_rge0 _ (reweighting_mass sl)).
have -> : (\sum_b π s b * w s b) * expected_advantage π π' s =
    \sum_a π s a * ((w s a - 1) * advantage π s a).
  transitivity ((\sum_b π s b * w s b) * expected_advantage π π' s - expected_advantage π π s).
    by rewrite expected_advantage_self subr0.
  rewrite /expected_advantage mulr_sumr -sumrB.
  by apply: eq_bigr => a _; rewrite mulrA [X in X * _]mulrC reweighted; ring.
apply: sumr_ge0 => a _.
have [av|aN] := boolP (avail M s a); last by rewrite prob_unavailable ?mul0r.
by rewrite mulr_ge0 ?prob_ge0 ?w_advantage.
Qed.

Theorem reweighting_improves s : value π s <= value π' s.
Proof. exact: pointwise_improvement reweighting_expected_advantage s. Qed.
End Weights.

End Reweighting.

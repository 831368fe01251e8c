(** * pointwise-improvement

        V_π'(s) ≥ V_π(s) in every state, where Ā(s) ≥ 0 in every state

    V_π' − V_π = (I − γP_π')⁻¹ Ā, and the inverse has no negative entry. This is why no exact rule of
    improvement lowers the return: each moves every state to a distribution with Ā(s) ≥ 0.

    Source: Howard 1960; Agarwal et al. 2021. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima Model Resolvent Evaluation Visitation Surrogate Identities.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section PointwiseImprovement.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π τ : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.

Theorem pointwise_improvement π π' :
  (forall s, live M s -> 0 <= expected_advantage π π' s) ->
  forall s, value π s <= value π' s.
Proof.
move=> Ā0 s; rewrite -subr_ge0; move: s.
apply: (resolvent_minimum (discount_ge0 M) (discount_lt1 M)
  (policy_kernel_ge0 π') (policy_kernel_le1 π')) => s.
rewrite [X in _ <= X]value_difference ler_addr.
by have [/Ā0|/expected_advantage_terminal->] := boolP (live M s).
Qed.

Lemma pointwise_return π π' : (forall s, value π s <= value π' s) -> η π <= η π'.
Proof. by move=> V; apply: ler_sum => s _; rewrite ler_wpmul2l ?start_ge0. Qed.

Lemma return_improves π π' :
  (forall s, live M s -> 0 <= expected_advantage π π' s) -> η π <= η π'.
Proof. by move=> Ā0; apply: pointwise_return; apply: pointwise_improvement. Qed.

(** A policy without a positive advantage is optimal, in every state. *)
Lemma optimal_value π :
  (forall s a, avail M s a -> advantage π s a <= 0) ->
  forall π' s, value π' s <= value π s.
Proof.
move=> A0 π' s; rewrite -subr_ge0; move: s.
apply: (resolvent_minimum (discount_ge0 M) (discount_lt1 M)
  (policy_kernel_ge0 π') (policy_kernel_le1 π')) => s.
have E : value π s - value π' s - γ * (\sum_t kernel M π' s t * (value π t - value π' t)) =
    - expected_advantage π π' s.
  under eq_bigr do rewrite mulrBr.
  by rewrite sumrB expected_advantageE {1}(valueE π'); ring.
rewrite /= -subr_ge0 E -sumrN; apply: sumr_ge0 => a _; rewrite -mulrN.
have [av|aN] := boolP (avail M s a); last by rewrite prob_unavailable ?mul0r.
by rewrite mulr_ge0 ?prob_ge0 // oppr_ge0 A0.
Qed.

End PointwiseImprovement.

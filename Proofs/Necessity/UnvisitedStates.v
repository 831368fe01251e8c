(** * A maximiser of L must keep π where π never is

    L does not see states with ρ_π(s) = 0. A policy that maximises L may do anything there, and lower the
    return once it goes there: at i both actions pay nothing, a1 (true) stays and a2 (false) goes to j, where
    a2 costs 1. For π = a1 no policy has a larger L than a2 everywhere, whose return is −γ/(1−γ).

    So the rules of improvement keep π in unvisited states, and their theorems assume it. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate Identities
  Attainment.TwoStates Attainment.Kakade.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section UnvisitedStates.

Variable R : realFieldType.

Let half0 : 0 <= 2^-1 :> R. Proof. by rewrite invr_ge0 ler0n. Qed.
Let half1 : 2^-1 < 1 :> R. Proof. by rewrite invf_lt1 ?ltr0n // ltr1n. Qed.

Definition trap_reward (s a : bool) : R := - (~~ s && ~~ a)%:R.

(** The transitions of Kakade's example with other rewards *)
Definition trap : mdp R bool_finType bool_finType :=
  @Mdp R bool_finType bool_finType (fun=> predT) trap_reward
  (@kakade_transition R) (fun s => s%:R) 2^-1
  (fun s a s' => ler0n _ _) (fun s a _ => kakade_transition_sum1 R s a)
  (fun s => ler0n _ _) (kakade_start_sum1 R) half0 half1.

Lemma trap_live s : live trap s.
Proof. by apply/existsP; exists true. Qed.

Lemma trap_prob_sum1 b s : live trap s -> \sum_a kakade_prob R b s a = 1.
Proof. by rewrite big_bool /kakade_prob; case: b; rewrite /= ?addr0 ?add0r. Qed.

Definition trap_policy b : policy trap :=
  @Policy _ _ _ trap (kakade_prob R b) (fun s a => ler0n _ _) (fun s a aN => ltac:(by []))
    (@trap_prob_sum1 b).

Local Notation π := (trap_policy true).
Local Notation π' := (trap_policy false).

Lemma trap_leaves b : leaves (trap_policy b) (~~ b)%:R.
Proof.
move=> s s'; rewrite /kernel trap_live big_bool /= /kakade_transition /kakade_prob.
by case: s; case: s'; case: b => /=; ring.
Qed.

Lemma trap_visitation b s :
  visitation (trap_policy b) s = two_state_visitation trap (~~ b)%:R s.
Proof. exact: leaving_visitation (ler0n _ _) (trap_leaves b) s. Qed.

Lemma trap_value s : value π s = 0.
Proof.
apply: value_constant => t; rewrite mulr0 /mean_reward big_bool /= /kakade_prob /trap_reward /=.
by rewrite andbF oppr0 !mulr0 mul0r addr0.
Qed.

Lemma trap_advantage s a : advantage π s a = trap_reward s a.
Proof.
rewrite /advantage /action_value big1 ?mulr0 ?addr0 => [|t _]; last by rewrite trap_value mulr0.
by rewrite trap_value subr0.
Qed.

(** No policy has an advantage where π is. *)
Lemma trap_surrogate (τ : policy trap) : surrogate π τ = expected_return π.
Proof.
rewrite /surrogate /policy_advantage big_bool !trap_visitation /= subr0 mulr1 subrr mul0r addr0.
by rewrite /expected_advantage big1 ?mulr0 ?addr0 // => a _; rewrite trap_advantage /trap_reward oppr0 mulr0.
Qed.

Theorem unvisited_states_matter :
  ~ forall (S A : finType) (M : mdp R S A) (π π' : policy M),
    (forall τ : policy M, surrogate π τ <= surrogate π π') ->
    expected_return π <= expected_return π'.
Proof.
move/(_ _ _ _ π π') => claim; have: expected_return π <= expected_return π'.
  by apply: claim => τ; rewrite !trap_surrogate.
apply/negP; rewrite -ltNge (performance_difference π π') big_bool !trap_visitation /=.
rewrite /expected_advantage !big_bool !trap_advantage /kakade_prob /trap_reward /=.
rewrite -subr_gt0 [X in 0 < X](_ : _ = 1); last by field.
exact: ltr01.
Qed.

End UnvisitedStates.

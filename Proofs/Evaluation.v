(** * Evaluation of a policy

        V_π = r_π + γ P_π V_π,   Q_π(s,a) = r(s,a) + γ Σ_s' P(s'|s,a) V_π(s'),   A_π = Q_π − V_π
        η(π) = Σ_s ρ₀(s) V_π(s)

    V_π exists and is the only solution of its equation (see Resolvent). A policy has no advantage
    over itself: Σ_a π(a|s) A_π(s,a) = 0.

    Source: Schulman et al. 2015, section 2. *)

From mathcomp Require Import all_ssreflect all_algebra.
From Monotone Require Import Model Resolvent.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Evaluation.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).

Definition value π (s : S) : R :=
  \sum_s' resolvent γ (kernel M π) s s' * mean_reward M π s'.

Definition action_value π (s : S) (a : A) : R :=
  reward M s a + γ * (\sum_s' transition M s a s' * value π s').

Definition advantage π (s : S) (a : A) : R := action_value π s a - value π s.

Definition expected_return π : R := \sum_s start M s * value π s.

(** Ā(s) = Σ_a w(s,a) A_π(s,a) for the weights w of another policy *)
Definition expected_advantage π (w : S -> A -> R) (s : S) : R :=
  \sum_a w s a * advantage π s a.

Lemma policy_kernel_le1 π s : \sum_s' kernel M π s s' <= 1.
Proof. by rewrite policy_kernel_sum1. Qed.

Local Hint Resolve discount_ge0 discount_lt1 policy_kernel_ge0 policy_kernel_le1 : core.

Lemma valueE π s :
  value π s = mean_reward M π s + γ * (\sum_s' kernel M π s s' * value π s').
Proof. exact: resolvent_mul. Qed.

Lemma value_unique π (v : S -> R) :
  (forall s, v s = mean_reward M π s + γ * (\sum_s' kernel M π s s' * v s')) ->
  v =1 value π.
Proof. by move=> vE; apply: resolvent_unique vE (valueE π). Qed.

(** Averages of one-step values under weights, with the value of terminal states kept. *)
Lemma mean_action_value π (w : S -> A -> R) s :
  \sum_a w s a * action_value π s a =
  mean_reward M w s + γ * (\sum_s' kernel M w s s' * value π s')
    - γ * ((~~ live M s)%:R * value π s).
Proof.
have -> : \sum_s' kernel M w s s' * value π s' =
    \sum_a w s a * (\sum_s' transition M s a s' * value π s') + (~~ live M s)%:R * value π s.
  under eq_bigr do rewrite mulrDl mulr_suml; rewrite big_split exchange_big /=.
  congr (_ + _).
    by apply: eq_bigr => a _; rewrite mulr_sumr; apply: eq_bigr => s' _; rewrite mulrA.
  under eq_bigr do rewrite -mulnb natrM -mulrA.
  by rewrite -mulr_sumr sum_delta.
rewrite mulrDr addrA addrK mulr_sumr -big_split /=.
by apply: eq_bigr => a _; rewrite mulrDr mulrCA.
Qed.

Lemma value_terminal π s : ~~ live M s -> value π s = 0.
Proof.
move=> sN; have: value π s = γ * value π s.
  have := mean_action_value π π s; rewrite -valueE sN mul1r big1 => [/esym/eqP|a _].
    by rewrite subr_eq0 => /eqP.
  by rewrite prob_terminal ?mul0r.
move/eqP; rewrite -subr_eq0 -{1}[value π s]mul1r -mulrBl mulf_eq0.
by rewrite gt_eqF ?horizon_gt0 //= => /eqP.
Qed.

Lemma mean_action_valueE π (w : S -> A -> R) s :
  \sum_a w s a * action_value π s a =
  mean_reward M w s + γ * (\sum_s' kernel M w s s' * value π s').
Proof.
rewrite mean_action_value; case: (boolP (live M s)) => [_|/value_terminal->].
  by rewrite mul0r mulr0 subr0.
by rewrite !mulr0 subr0.
Qed.

(** V_π(s) = Σ_a π(a|s) Q_π(s,a) *)
Lemma value_action_value π s : value π s = \sum_a π s a * action_value π s a.
Proof. by rewrite mean_action_valueE -valueE. Qed.

Lemma expected_advantage_self π s : expected_advantage π π s = 0.
Proof.
rewrite /expected_advantage; under eq_bigr do rewrite mulrBr.
rewrite sumrB -value_action_value -mulr_suml prob_sum.
by case: (boolP (live M s)) => [_|/value_terminal->]; rewrite ?mul1r ?mulr0 subrr.
Qed.

Lemma expected_advantage_terminal π π' s : ~~ live M s -> expected_advantage π π' s = 0.
Proof. by move=> sN; rewrite /expected_advantage big1 // => a _; rewrite prob_terminal ?mul0r. Qed.

(** Ā = r_π' + γ P_π' V_π − V_π *)
Lemma expected_advantageE π π' s :
  expected_advantage π π' s =
  mean_reward M π' s + γ * (\sum_s' kernel M π' s s' * value π s') - value π s.
Proof.
rewrite -mean_action_valueE /expected_advantage; under eq_bigr do rewrite mulrBr.
rewrite sumrB -mulr_suml prob_sum.
by case: (boolP (live M s)) => [_|/value_terminal->]; rewrite ?mul1r ?mulr0.
Qed.

(** Ā(s) = Σ_a (π'(a|s) − π(a|s)) A_π(s,a) *)
Lemma expected_advantage_sub π π' s :
  expected_advantage π π' s = \sum_a (π' s a - π s a) * advantage π s a.
Proof.
transitivity (expected_advantage π π' s - expected_advantage π π s).
  by rewrite expected_advantage_self subr0.
rewrite /expected_advantage -sumrB.
by apply: eq_bigr => a _; rewrite mulrBl.
Qed.

(** ** A policy that earns the same in every state *)

Section Constant.
Variables (π : policy M) (x : R).
Hypothesis earns : forall s, mean_reward M π s = (1 - γ) * x.

Lemma value_constant s : value π s = x.
Proof.
symmetry; move: s; apply: value_unique => s.
by rewrite earns -mulr_suml policy_kernel_sum1 mul1r mulrBl mul1r subrK.
Qed.

Lemma advantage_constant s a : avail M s a ->
  advantage π s a = reward M s a - (1 - γ) * x.
Proof.
move=> av; rewrite /advantage /action_value; under eq_bigr do rewrite value_constant.
by rewrite -mulr_suml transition_sum1 // mul1r value_constant mulrBl mul1r opprB addrA.
Qed.

End Constant.

End Evaluation.

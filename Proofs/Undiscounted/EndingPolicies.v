(** * Values, visitations and the surrogate for the discount 1

        V_π = r_π + P_π V_π, 0 in terminal states;   η(π) = Σ_s ρ₀(s) V_π(s)
        ρ_π = ρ₀ + ρ_π P_π over live states;         L_π(π') = η(π) + Σ_s ρ_π(s) Ā(s)

    Each equation has one solution under a policy whose paths end. ρ_π(s) is the expected number of
    visits to the live state s. *)

From mathcomp Require Import all_ssreflect all_algebra.
From Monotone Require Import Maxima Model Undiscounted.Endings.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section EndingPolicies.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π τ : policy M.
Local Notation N := ending_inverse.
Local Notation P := (live_kernel M).

Definition value π (s : S) : R := \sum_t N π s t * mean_reward M π t.

Definition action_value π (s : S) (a : A) : R :=
  reward M s a + \sum_t transition M s a t * value π t.

Definition advantage π (s : S) (a : A) : R := action_value π s a - value π s.

Definition expected_return π : R := \sum_s start M s * value π s.

(** Ā(s) = Σ_a w(s,a) A_π(s,a) for the weights w of another policy *)
Definition expected_advantage π (w : S -> A -> R) (s : S) : R := \sum_a w s a * advantage π s a.

Definition live_start (s : S) : R := (live M s)%:R * start M s.

Definition visitation π (s : S) : R := \sum_t live_start t * N π t s.

Definition policy_advantage π (w : S -> A -> R) : R :=
  \sum_s visitation π s * expected_advantage π w s.

Definition surrogate π (w : S -> A -> R) : R := expected_return π + policy_advantage π w.

(** ε_exp *)
Definition max_expected_advantage π (w : S -> A -> R) : R :=
  maximum (live M) (fun s => `|expected_advantage π w s|).

Lemma live_start_ge0 s : 0 <= live_start s.
Proof. by rewrite mulr_ge0 ?ler0n ?start_ge0. Qed.

Lemma mean_reward_terminal π s : ~~ live M s -> mean_reward M π s = 0.
Proof. by move=> sN; rewrite /mean_reward big1 // => a _; rewrite prob_terminal ?mul0r. Qed.

Lemma expected_advantage_terminal π τ s : ~~ live M s -> expected_advantage π τ s = 0.
Proof. by move=> sN; rewrite /expected_advantage big1 // => a _; rewrite prob_terminal ?mul0r. Qed.

Lemma le_max_expected_advantage π τ s : `|expected_advantage π τ s| <= max_expected_advantage π τ.
Proof.
have [sl|sN] := boolP (live M s); first exact: (le_maximum (fun s => `|_ s|)).
by rewrite expected_advantage_terminal // normr0 maximum_ge0.
Qed.

(** ** Under a policy whose paths end *)

Section Ending.
Variable π : policy M.
Hypothesis πE : ends π.

Lemma live_valueE s : value π s = mean_reward M π s + \sum_t P π s t * value π t.
Proof. exact: ending_mul. Qed.

Lemma value_terminal s : ~~ live M s -> value π s = 0.
Proof.
move=> sN; rewrite live_valueE mean_reward_terminal // add0r big1 // => t _.
by rewrite live_kernel_from ?mul0r.
Qed.

(** V = r_π + P_π V *)
Lemma valueE s : value π s = mean_reward M π s + \sum_t kernel M π s t * value π t.
Proof. by rewrite live_sum; [exact: live_valueE | exact: value_terminal]. Qed.

Lemma value_unique (v : S -> R) : (forall s, ~~ live M s -> v s = 0) ->
  (forall s, v s = mean_reward M π s + \sum_t kernel M π s t * v t) -> v =1 value π.
Proof.
move=> v0 vE; apply: (ending_unique πE) live_valueE => s.
by rewrite {1}vE live_sum.
Qed.

Lemma visitation_ge0 s : 0 <= visitation π s.
Proof. by apply: sumr_ge0 => t _; rewrite mulr_ge0 ?live_start_ge0 ?ending_inverse_ge0. Qed.

Lemma live_visitationE s : visitation π s = live_start s + \sum_t visitation π t * P π t s.
Proof. exact: ending_mulr. Qed.

Lemma visitation_terminal s : ~~ live M s -> visitation π s = 0.
Proof.
move=> sN; rewrite live_visitationE /live_start (negbTE sN) mul0r add0r big1 // => t _.
by rewrite live_kernel_to ?mulr0.
Qed.

(** ρ = ρ₀ + ρ P_π over live states *)
Lemma visitationE s : live M s -> visitation π s = start M s + \sum_t visitation π t * kernel M π t s.
Proof.
move=> sl; rewrite {1}live_visitationE /live_start sl mul1r; congr (_ + _).
by apply: eq_bigr => t _; rewrite live_kernelE sl mul1r.
Qed.

Lemma visitation_unique (ρ : S -> R) : (forall s, ~~ live M s -> ρ s = 0) ->
  (forall s, live M s -> ρ s = start M s + \sum_t ρ t * kernel M π t s) -> ρ =1 visitation π.
Proof.
move=> ρ0 ρE s; apply: (ending_uniquer πE) => {}s; have [sl|sN] := boolP (live M s).
  rewrite {1}ρE // /live_start sl mul1r; congr (_ + _); apply: eq_bigr => t _.
  by rewrite live_kernelE sl mul1r.
rewrite ρ0 // /live_start (negbTE sN) mul0r add0r big1 // => t _.
by rewrite live_kernel_to ?mulr0.
Qed.

(** ρ_π · x = ρ₀ · y where y solves y = x + P_π y *)
Lemma visitation_duality (x y : S -> R) : (forall s, ~~ live M s -> y s = 0) ->
  (forall s, y s = x s + \sum_t P π s t * y t) ->
  \sum_s visitation π s * x s = \sum_s start M s * y s.
Proof.
move=> y0 yE; transitivity (\sum_s visitation π s * y s
    - \sum_s visitation π s * (\sum_t P π s t * y t)).
  by rewrite -sumrB; apply: eq_bigr => s _; rewrite -mulrBr {1}yE addrK.
have -> : \sum_s visitation π s * (\sum_t P π s t * y t) =
    \sum_t (\sum_s visitation π s * P π s t) * y t.
  under eq_bigr do rewrite mulr_sumr; rewrite exchange_big /=.
  by apply: eq_bigr => t _; rewrite mulr_suml; apply: eq_bigr => s _; rewrite mulrA.
rewrite -sumrB; apply: eq_bigr => s _; rewrite -mulrBl {1}live_visitationE addrK /live_start.
by case: (boolP (live M s)) => [_|/y0->]; rewrite ?mul1r ?mulr0.
Qed.

(** Averages of one-step values under a policy *)
Lemma mean_action_value τ s :
  \sum_a τ s a * action_value π s a = mean_reward M τ s + \sum_t P τ s t * value π t.
Proof.
under eq_bigr do rewrite mulrDr; rewrite big_split /=; congr (_ + _).
under eq_bigr do rewrite mulr_sumr; rewrite exchange_big /=; apply: eq_bigr => t _.
rewrite /live_kernel -mulrA mulr_suml; case: (boolP (live M t)) => [_|/value_terminal->].
  by rewrite mul1r; apply: eq_bigr => a _; rewrite mulrA.
by rewrite mul0r big1 // => a _; rewrite !mulr0.
Qed.

Lemma value_action_value s : value π s = \sum_a π s a * action_value π s a.
Proof. by rewrite mean_action_value -live_valueE. Qed.

(** Ā = r_τ + P_τ V_π − V_π *)
Lemma expected_advantageE τ s :
  expected_advantage π τ s = mean_reward M τ s + \sum_t P τ s t * value π t - value π s.
Proof.
rewrite -mean_action_value /expected_advantage; under eq_bigr do rewrite mulrBr.
rewrite sumrB -mulr_suml prob_sum.
by case: (boolP (live M s)) => [_|/value_terminal->]; rewrite ?mul1r ?mulr0.
Qed.

Lemma expected_advantage_self s : expected_advantage π π s = 0.
Proof. by rewrite expected_advantageE -live_valueE subrr. Qed.

End Ending.

End EndingPolicies.

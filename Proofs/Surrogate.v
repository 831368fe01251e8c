(** * What an update π → π' is measured by

        𝔸(π') = Σ_s ρ_π(s) Ā(s),           L_π(π') = η(π) + 𝔸(π')
        ε_max = max_{s,a} |A_π(s,a)|,      ε_exp = max_s |Ā(s)|
        σ = max_s (max_a A_π − min_a A_π), sp(Ā) = max_s Ā − min_s Ā
        C = 4 ε_max γ/(1−γ)²

    Maxima are over live states and available actions; the span of Ā is over all states, a terminal
    one counts with 0. The bounds are on |η(π') − L_π(π')|.

    Source: Schulman et al. 2015, eq. 3–4; Pirotta et al. 2013 for the spans. *)

From mathcomp Require Import all_ssreflect all_algebra.
From Monotone Require Import Maxima Model Evaluation Visitation.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Surrogate.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).

Definition policy_advantage π (w : S -> A -> R) : R :=
  \sum_s visitation π s * expected_advantage π w s.

Definition surrogate π (w : S -> A -> R) : R := expected_return π + policy_advantage π w.

Definition max_advantage π : R :=
  maximum (live M) (fun s => maximum (avail M s) (fun a => `|advantage π s a|)).

Definition max_expected_advantage π (w : S -> A -> R) : R :=
  maximum (live M) (fun s => `|expected_advantage π w s|).

Definition advantage_range π : R :=
  maximum (live M) (fun s => maximum (avail M s) (fun a =>
    maximum (avail M s) (fun b => advantage π s a - advantage π s b))).

Definition advantage_span π (w : S -> A -> R) : R := span (expected_advantage π w).

(** C, the coefficient of the penalty in Algorithm 1 *)
Definition penalty_coefficient π : R := 4 * max_advantage π * γ / (1 - γ) ^+ 2.

Lemma max_advantage_ge0 π : 0 <= max_advantage π.
Proof. exact: maximum_ge0. Qed.

Lemma max_expected_advantage_ge0 π w : 0 <= max_expected_advantage π w.
Proof. exact: maximum_ge0. Qed.

Lemma advantage_range_ge0 π : 0 <= advantage_range π.
Proof. exact: maximum_ge0. Qed.

Lemma advantage_span_ge0 π w : 0 <= advantage_span π w.
Proof. exact: span_ge0. Qed.

Lemma penalty_coefficient_ge0 π : 0 <= penalty_coefficient π.
Proof.
by rewrite divr_ge0 ?mulr_ge0 ?discount_ge0 ?max_advantage_ge0 ?ler0n ?exprn_ge0 ?ltW ?horizon_gt0.
Qed.

Lemma le_max_advantage π s a : avail M s a -> `|advantage π s a| <= max_advantage π.
Proof.
move=> av; apply: le_trans (le_maximum _ (avail_live av)).
exact: (le_maximum (fun a => `|advantage π s a|)).
Qed.

Lemma le_advantage_range π s a b : avail M s a -> avail M s b ->
  advantage π s a - advantage π s b <= advantage_range π.
Proof.
move=> ava avb; apply: le_trans (le_maximum _ (avail_live ava)).
apply: le_trans (le_maximum _ ava).
exact: (le_maximum (fun b => advantage π s a - advantage π s b)).
Qed.

Lemma advantage_range_le π : advantage_range π <= 2 * max_advantage π.
Proof.
have b0 : 0 <= 2 * max_advantage π by rewrite mulr_ge0 ?ler0n ?max_advantage_ge0.
do 3!apply: maximum_le => // ? ?; rewrite mulr_natl mulr2n.
by apply: le_trans (ler_norm _) (le_trans (ler_norm_sub _ _) _); rewrite ler_add ?le_max_advantage.
Qed.

Lemma le_max_expected_advantage π π' s :
  `|expected_advantage π π' s| <= max_expected_advantage π π'.
Proof.
have [sl|sN] := boolP (live M s); first exact: (le_maximum (fun s => `|_ s|)).
by rewrite expected_advantage_terminal // normr0 max_expected_advantage_ge0.
Qed.

(** sp(Ā) ≤ 2 ε_exp *)
Lemma advantage_span_le π π' : advantage_span π π' <= 2 * max_expected_advantage π π'.
Proof.
apply: span_le => [|s t]; first by rewrite mulr_ge0 ?ler0n ?max_expected_advantage_ge0.
apply: le_trans (ler_norm _) (le_trans (ler_norm_sub _ _) _).
by rewrite mulr_natl mulr2n ler_add ?le_max_expected_advantage.
Qed.

(** ε_exp ≤ ε_max *)
Lemma max_expected_advantage_le π π' : max_expected_advantage π π' <= max_advantage π.
Proof.
apply: maximum_le (max_advantage_ge0 π) _ => s sl.
apply: le_trans (ler_norm_sum _ _ _) _.
rewrite -[X in _ <= X]mul1r -(prob_sum1 π' sl) mulr_suml; apply: ler_sum => a _.
have [av|aN] := boolP (avail M s a); last by rewrite prob_unavailable ?mul0r ?normr0.
by rewrite normrM ger0_norm ?prob_ge0 // ler_wpmul2l ?prob_ge0 ?le_max_advantage.
Qed.

End Surrogate.

(** * What the entries of a certificate say

    When a verdict, a number, and all that a certificate states about a model M and an update π → π' is
    true. The claims are those of Statements. *)

From Coq Require Import QArith Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Model Evaluation Visitation Surrogate Divergences.TotalVariation.
From Monotone Require Import Divergences.PolicyDivergence.
From Monotone Require Export Checker.Statements.
From Monotone Require Import Checker.Vectors Checker.Balls Checker.Claims Checker.Certificate.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Definition verdict_true (v : verdict) (applies : bool) (statement : Prop) : Prop :=
  match v with
  | Holds => applies /\ statement
  | Violated => applies /\ ~ statement
  | NotApplicable => ~~ applies
  | Undecided => False
  end.

Definition number_true (x : option number) (y : \bar R) : Prop :=
  if x is Some x then encloses x y else True.

Definition stated_true (x : stated) (y : \bar R) : Prop :=
  match x with
  | Exactly q => y = (Q2R q)%:E
  | Between l h => ((Q2R l)%:E <= y <= (Q2R h)%:E)%E
  | Infinity => y = +oo%E
  end.

Definition stated_option_true (x : option stated) (y : \bar R) : Prop :=
  if x is Some x then stated_true x y else True.

Section Truth.
Variables (S A : finType) (M : mdp [realFieldType of R] S A) (π π' : policy M).
(** The constants that mean-kl tries. *)
Variable constants : seq R.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation K := (weighted_divergence (visitation π) π π').
Local Notation reverse_K := (weighted_divergence (visitation π) π' π).
Local Notation applies_truly := (applies_truly π π').
Local Notation statement := (statement π π' constants).
Local Notation margin_of := (margin_of π π' constants).
Local Notation lower_end := (lower_end π π' constants).
Local Notation upper_end := (upper_end π π' constants).

Definition stated_claim_true (c : claim) (x : stated_claim) : Prop :=
  [/\ verdict_true (stated_verdict x) (applies_truly c) (statement c),
      stated_option_true (stated_margin x) (margin_of c),
      stated_option_true (stated_bound x) (lower_end c) &
      stated_option_true (stated_upper x) (upper_end c)].

Definition quantity_value (x : quantity) : \bar R :=
  match x with
  | ReturnCurrent => (η π)%:E
  | ReturnCandidate => (η π')%:E
  | Certificate.Surrogate => (surrogate π π')%:E
  | PolicyAdvantage => (policy_advantage π π')%:E
  | LargestAdvantage => (max_advantage π)%:E
  | LargestExpectedAdvantage => (max_expected_advantage π π')%:E
  | PenaltyCoefficient => (penalty_coefficient π)%:E
  | LargestTotalVariation => (max_total_variation M π π')%:E
  | AverageTotalVariation => ((1 - γ) * visited_total_variation π π')%:E
  | LargestKL => max_divergence π π'
  | AverageKL => ((1 - γ)%:E * K)%E
  | LargestReverseKL => max_divergence π' π
  | AverageReverseKL => ((1 - γ)%:E * reverse_K)%E
  end.

(** The same of what the checker derives *)
Definition result_true (c : claim) (r : result) : Prop :=
  [/\ verdict_true (found r) (applies_truly c) (statement c),
      number_true (margin r) (margin_of c),
      number_true (lower_bound r) (lower_end c) &
      number_true (upper_bound r) (upper_end c)].

End Truth.

(** Everything that a certificate states. States are numbered. *)
Record certificate_true (n : nat) (A : finType) (M : mdp [realFieldType of R] [finType of 'I_n] A)
    (π π' : policy M) (constants : seq R) (c : certificate) : Prop := CertificateTrue {
  true_values : forall s : 'I_n, Q2R (get (current_values c) s) = value π s;
  true_visits : forall s : 'I_n, Q2R (get (current_visits c) s) = visitation π s;
  true_new_values : forall s : 'I_n, Q2R (get (candidate_values c) s) = value π' s;
  true_new_visits : forall s : 'I_n, Q2R (get (candidate_visits c) s) = visitation π' s;
  true_divergence : forall s : 'I_n,
    stated_true (nth Infinity (stated_kl c) s) (extended_state_divergence π π' s);
  true_reverse : forall s : 'I_n,
    stated_true (nth Infinity (stated_reverse c) s) (extended_state_divergence π' π s);
  true_quantity : forall x, exists2 y, stated_quantity c x = Some y & stated_true y (quantity_value π π' x);
  true_claim : forall x, exists2 y, stated_result c x = Some y & stated_claim_true π π' constants x y;
  true_improved : verdict_true (stated_improved c) true (expected_return π <= expected_return π');
  true_guaranteed : verdict_true (stated_guaranteed c) true (guaranteed_truly π π' constants)
}.

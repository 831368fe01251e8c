(** * The checker's identities

    The largest of the numbers that should be 0 is what the checker computes of it. *)

From Coq Require Import ZArith QArith Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate.
From Monotone Require Import Checker.Rationals Checker.Vectors Checker.Balls Checker.Instance.
From Monotone Require Import Checker.Solution Checker.Quantities Checker.Spreads Checker.Meaning.
From Monotone Require Import Checker.Claims Checker.Verdicts Checker.Truth Checker.Widths.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section IdentityResults.
Variables (bits : Z) (m : instance).
Notation S := [finType of 'I_(states m)].
Notation A := [finType of 'I_(actions m)].
Variables (M : mdp [realFieldType of R] S A) (p q : matrix) (π π' : policy M).
Variables v rho v' rho' : vector.
Hypothesis bits_ge0 : Z.le Z0 bits.
Hypotheses (MP : describes M) (πP : describes_policy p π) (πP' : describes_policy q π').
Let u := update_of bits m p q v rho v' rho'.
Hypotheses (oldP : solved m (old u)) (newP : solved m (new u)).
Notation ρ := visitation.
Notation constants := (map Q2R (constants m u)).
Notation result_true := (result_true π π' constants).

Lemma mean_advantageE (τ τ' : policy M) x y r w r' w' (s : S) : describes_policy x τ -> describes_policy y τ' ->
  solved m (solution_of m y r' w') ->
  Q2R (mean_advantage m (solution_of m x r w) (solution_of m y r' w') s)
    = expected_advantage (M := M) τ' τ s.
Proof.
move=> xP yP ysol; rewrite Q2R_sum /expected_advantage.
rewrite -(describes_weighted τ (f := fun a => Q2R (entry (advantages (solution_of m y r' w')) s a))).
  by apply: eq_bigr => a _; rewrite Q2R_mul xP.
by move=> a; apply: (advantagesE MP yP ysol).
Qed.

Lemma mean_action_valueE' (τ τ' : policy M) x y r w r' w' (s : S) : describes_policy x τ -> describes_policy y τ' ->
  solved m (solution_of m y r' w') ->
  Q2R (mean_action_value m (solution_of m x r w) (solution_of m y r' w') s)
    = \sum_a τ s a * action_value (M := M) τ' s a.
Proof.
move=> xP yP ysol; rewrite Q2R_sum.
rewrite -(describes_weighted τ (f := fun a =>
    Q2R (entry (advantages (solution_of m y r' w')) s a) + Q2R (get r' s))).
  by apply: eq_bigr => a _; rewrite Q2R_mul Q2R_add xP.
move=> a av; rewrite (advantagesE MP yP ysol av) (valuesE MP yP ysol).
by rewrite /advantage subrK.
Qed.

Lemma bellman_errorE (τ : policy M) x r w : describes_policy x τ -> solved m (solution_of m x r w) ->
  Q2R (bellman_error m (solution_of m x r w)) = bellman_residual (M := M) τ.
Proof.
move=> xP sol; rewrite Q2R_max Q2R_abs Q2R_max Q2R_abs 2!Q2R_sub Q2R_inv.
have wE : Q2R (weighted_sum m (solution_of m x r w) (get (income (solution_of m x r w))))
    = \sum_s ρ τ s * mean_reward M τ s.
  by rewrite Q2R_sum; apply: eq_bigr => s _; rewrite Q2R_mul (visitsE MP xP sol) (incomeE MP xP).
have sE : Q2R (sum (states m) (get (visits (solution_of m x r w)))) = \sum_s ρ τ s.
  by rewrite Q2R_sum; apply: eq_bigr => s _; rewrite (visitsE MP xP sol).
have lE : Q2R (largest (states m) xpredT
      (fun s => abs (mean_advantage m (solution_of m x r w) (solution_of m x r w) s)))
    = maximum predT (fun s => `|expected_advantage τ τ s|).
  by apply: largestE => // s _; rewrite Q2R_abs (mean_advantageE _ _ _ xP xP sol).
by rewrite (return_valueE MP xP sol) wE sE lE (shareE MP).
Qed.

Lemma error_ofE i : Q2R (error_of m u i) = identity_residual π π' i.
Proof.
case: i => /=.
- by rewrite Q2R_max (bellman_errorE πP oldP) (bellman_errorE πP' newP).
- rewrite Q2R_abs Q2R_sub (gainE MP πP πP' oldP newP) Q2R_sum; congr `|_ - _|.
  apply: eq_bigr => s _; rewrite Q2R_mul (visitsE MP πP' newP).
  by rewrite (meansE MP πP πP' oldP).
- rewrite Q2R_abs Q2R_sum; congr `|_|; apply: eq_bigr => s _.
  by rewrite Q2R_mul (visitsE MP πP oldP) (mean_advantageE _ _ _ πP πP oldP).
rewrite Q2R_max Q2R_abs Q2R_sub (mean_gainE MP πP πP' oldP) Q2R_sum; congr (Num.max `|_ - _| _).
  apply: eq_bigr => s _; rewrite Q2R_mul (visitsE MP πP oldP) Q2R_sub.
  by rewrite (mean_action_valueE' _ _ _ πP' πP oldP) (mean_action_valueE' _ _ _ πP πP oldP).
apply: largestE => s; rewrite ?(liveE MP) // => _; apply: largestE => // a _.
rewrite Q2R_abs !Q2R_mul Q2R_sub (visitsE MP πP oldP) (valuesE MP πP oldP).
by rewrite (mean_action_valueE' _ _ _ πP πP oldP) πP.
Qed.

Lemma identity_resultP i r : identity_result m u i = Some r -> result_true (Identity i) r.
Proof.
case=> <-; split=> //=; last by apply: encloses_eq; rewrite Q2R_opp error_ofE.
by rewrite is_zeroE error_ofE; case: eqP.
Qed.

End IdentityResults.

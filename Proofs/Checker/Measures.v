(** * Returns, the surrogate, and the numbers that widths are made of *)

From Coq Require Import ZArith QArith Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct.
From Monotone Require Import Model Evaluation Surrogate Mixture.
From Monotone Require Import Checker.Rationals Checker.Vectors Checker.Instance Checker.Solution.
From Monotone Require Import Checker.Quantities Checker.Meaning Checker.BoundWidths.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Measures.
Variables (bits : Z) (m : instance).
Notation S := [finType of 'I_(states m)].
Notation A := [finType of 'I_(actions m)].
Variables (M : mdp [realFieldType of R] S A) (p q : matrix) (π π' : policy M).
Variables v rho v' rho' : vector.
Hypothesis bits_ge0 : Z.le Z0 bits.
Hypotheses (MP : describes M) (πP : describes_policy p π) (πP' : describes_policy q π').
Let u := update_of bits m p q v rho v' rho'.
Hypotheses (oldP : solved m (old u)) (newP : solved m (new u)).
Notation γ := (discount M).

Let γE : Q2R (factor m) = γ. Proof. by rewrite (describes_discount MP). Qed.

Lemma old_returnE : Q2R (return_value (old u)) = expected_return π.
Proof. exact: (return_valueE MP πP oldP). Qed.

Lemma new_returnE : Q2R (return_value (new u)) = expected_return π'.
Proof. exact: (return_valueE MP πP' newP). Qed.

Lemma surrogate_valueE : Q2R (surrogate_value u) = surrogate π π'.
Proof. by rewrite Q2R_add old_returnE (mean_gainE MP πP πP' oldP). Qed.

Lemma gapE : Q2R (gap u) = expected_return π' - surrogate π π'.
Proof. by rewrite Q2R_sub new_returnE surrogate_valueE. Qed.

Lemma gainE : Q2R (gain u) = expected_return π' - expected_return π.
Proof. by rewrite Q2R_sub new_returnE old_returnE. Qed.

Lemma shareE : Q2R (share m) = 1 - γ.
Proof. by rewrite Q2R_sub Q2R_one γE. Qed.

Lemma square_shareE : Q2R (square_share m) = (1 - γ) ^+ 2.
Proof. by rewrite Q2R_mul shareE expr2. Qed.

Lemma coupling_divisorE x (y : R) : Q2R x = y ->
  Q2R (coupling_divisor m x) = (1 - γ) * (1 - γ * (1 - y)).
Proof. by move=> xE; rewrite Q2R_mul shareE Q2R_sub Q2R_mul Q2R_sub Q2R_one γE xE. Qed.

Lemma penaltyE : Q2R (penalty m u) = penalty_coefficient π.
Proof.
rewrite Q2R_div !Q2R_mul shareE γE Q2R_of_nat (largest_advantageE MP πP oldP).
by rewrite -expr2.
Qed.

Lemma mixture_lossE : Q2R (mixture_loss m u) =
  2 * γ * max_expected_advantage π π' * mixture_weight M π π'.
Proof.
rewrite !Q2R_mul γE Q2R_of_nat (largest_meanE MP πP πP' oldP).
by rewrite (mixingE _ v rho v' rho' MP πP πP').
Qed.

End Measures.

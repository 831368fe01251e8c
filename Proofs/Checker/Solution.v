(** * The values and visitations of a policy, checked

    Of a certificate, V and ρ are taken, once they are seen to solve

        V = r_π + γ P_π V,    ρ = ρ₀ + γ ρ P_π.

    These equations have one solution each, so the numbers are the values and visitations of the
    policy. Its advantages and its return follow. *)

From Coq Require Import QArith Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct.
From Monotone Require Import Model Evaluation Visitation.
From Monotone Require Import Checker.Rationals Checker.Vectors Checker.Instance.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Record solution := Solution {
  weights : matrix;     (* π(a|s) *)
  chain : matrix;       (* P_π(s,t) *)
  income : vector;      (* r_π(s) *)
  values : vector;      (* V_π(s) *)
  visits : vector;      (* ρ_π(s) *)
  advantages : matrix;  (* A_π(s,a) *)
  return_value : Q      (* η(π) *)
}.

Section Computation.
Variable m : instance.
Notation n := (states m).
Notation k := (actions m).

Definition indicator (b : bool) : Q := if b then one else zero.

Definition chain_of (p : matrix) : matrix :=
  tabulate2 n n (fun s t =>
    add (sum k (fun a => mul (entry p s a) (step m s a t))) (indicator (~~ is_live m s && (s == t)))).

Definition income_of (p : matrix) : vector :=
  tabulate n (fun s => sum k (fun a => mul (entry p s a) (paid m s a))).

Definition advantages_of (v : vector) : matrix :=
  tabulate2 n k (fun s a =>
    sub (add (paid m s a) (mul (factor m) (sum n (fun t => mul (step m s a t) (get v t))))) (get v s)).

Definition solution_of (p : matrix) (v rho : vector) : solution :=
  Solution p (chain_of p) (income_of p) v rho (advantages_of v)
    (sum n (fun s => mul (get (initial m) s) (get v s))).

Definition solves_values (x : solution) : bool :=
  every n (fun s => equal (get (values x) s)
    (add (get (income x) s)
         (mul (factor m) (sum n (fun t => mul (entry (chain x) s t) (get (values x) t)))))).

Definition solves_visits (x : solution) : bool :=
  every n (fun s => equal (get (visits x) s)
    (add (get (initial m) s)
         (mul (factor m) (sum n (fun t => mul (get (visits x) t) (entry (chain x) t s)))))).

Definition solved (x : solution) : bool := solves_values x && solves_visits x.

End Computation.

Section Meaning.
Variable m : instance.
Notation S := [finType of 'I_(states m)].
Notation A := [finType of 'I_(actions m)].
Variables (M : mdp [realFieldType of R] S A) (MP : describes M).
Variables (p : matrix) (π : policy M) (πP : describes_policy p π).
Variables v rho : vector.
Let x := solution_of m p v rho.

(** A weight of 0 makes up for what is not described at unavailable actions. *)
Lemma describes_weighted (s : S) (f g : A -> R) :
  (forall a, avail M s a -> f a = g a) -> \sum_a π s a * f a = \sum_a π s a * g a.
Proof.
move=> fg; apply: eq_bigr => a _; have [/fg->//|aN] := boolP (avail M s a).
by rewrite prob_unavailable ?mul0r.
Qed.

Lemma chainE (s t : S) : Q2R (entry (chain x) s t) = kernel M π s t.
Proof.
rewrite entry_tabulate2 Q2R_add Q2R_sum /kernel (liveE MP); congr (_ + _); last first.
  by rewrite /indicator -val_eqE; case: (_ && _); rewrite ?Q2R_zero ?Q2R_one.
rewrite (describes_weighted (g := fun a => Q2R (step m s a t))).
  by apply: eq_bigr => a _; rewrite Q2R_mul πP.
by move=> a; apply: describes_transition.
Qed.

Lemma incomeE (s : S) : Q2R (get (income x) s) = mean_reward M π s.
Proof.
rewrite get_tabulate Q2R_sum /mean_reward (describes_weighted (g := fun a => Q2R (paid m s a))).
  by apply: eq_bigr => a _; rewrite Q2R_mul πP.
by move=> a; apply: describes_reward.
Qed.

Hypothesis xP : solved m x.

Lemma valuesE (s : S) : Q2R (get v s) = value π s.
Proof.
move: s; apply: (@value_unique _ _ _ M π (fun s => Q2R (get v s))) => s.
case/andP: xP => /everyP/(_ s) + _; rewrite Q2R_equal => /eqP ->.
rewrite Q2R_add Q2R_mul Q2R_sum incomeE (describes_discount MP); congr (_ + _ * _).
by apply: eq_bigr => t _; rewrite Q2R_mul chainE.
Qed.

Lemma visitsE (s : S) : Q2R (get rho s) = visitation π s.
Proof.
move: s; apply: (@visitation_unique _ _ _ M π (fun s => Q2R (get rho s))) => s.
case/andP: xP => _ /everyP/(_ s); rewrite Q2R_equal => /eqP ->.
rewrite Q2R_add Q2R_mul Q2R_sum (describes_start MP) (describes_discount MP); congr (_ + _ * _).
by apply: eq_bigr => t _; rewrite Q2R_mul chainE.
Qed.

Lemma advantagesE (s : S) (a : A) : avail M s a -> Q2R (entry (advantages x) s a) = advantage π s a.
Proof.
move=> av; rewrite entry_tabulate2 Q2R_sub Q2R_add Q2R_mul Q2R_sum valuesE.
rewrite /advantage /action_value (describes_reward MP av) (describes_discount MP).
congr (_ + _ * _ - _); apply: eq_bigr => t _.
by rewrite Q2R_mul valuesE (describes_transition MP t av).
Qed.

Lemma return_valueE : Q2R (return_value x) = expected_return π.
Proof. by rewrite Q2R_sum; apply: eq_bigr => s _; rewrite Q2R_mul (describes_start MP) valuesE. Qed.

End Meaning.

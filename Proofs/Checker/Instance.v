(** * A model and its policies as data

    The checker reads a model of n states and k actions as numbers in lists: for each state and action,
    nothing if the action is not available, else r(s,a) and the row P(·|s,a). A policy is a matrix.
    [well_formed] tests what makes them a Markov decision process and a policy of it;
    [describes] says of which. *)

From Coq Require Import QArith Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct.
From Monotone Require Import Model Checker.Rationals Checker.Vectors.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Record instance := Instance {
  actions : nat;
  factor : Q;
  initial : vector;
  rows : seq (seq (option (Q * vector)))
}.

Section Instance.
Variable m : instance.

Definition states : nat := size (initial m).

Definition row (s a : nat) : option (Q * vector) := nth None (nth [::] (rows m) s) a.
Definition available (s a : nat) : bool := if row s a then true else false.
Definition paid (s a : nat) : Q := if row s a is Some (r, _) then r else zero.
Definition step (s a t : nat) : Q := if row s a is Some (_, next) then get next t else zero.
Definition is_live (s : nat) : bool := some (actions m) (available s).

Definition is_distribution (n : nat) (f : nat -> Q) : bool :=
  every n (fun i => le zero (f i)) && equal (sum n f) one.

Definition well_formed : bool :=
  [&& le zero (factor m), ~~ le one (factor m), is_distribution states (get (initial m)) &
    every states (fun s => every (actions m) (fun a =>
      if row s a is Some (_, next) then is_distribution states (get next) else true))].

Definition is_policy (p : matrix) : bool :=
  every states (fun s =>
    [&& every (actions m) (fun a => le zero (entry p s a)),
        every (actions m) (fun a => available s a || is_zero (entry p s a)) &
        ~~ is_live s || equal (sum (actions m) (entry p s)) one]).

End Instance.

(** ** What the data describe *)

Section Meaning.
Variable m : instance.
Notation S := [finType of 'I_(states m)].
Notation A := [finType of 'I_(actions m)].
Notation model := (mdp [realFieldType of R] S A).

(** What stands at an action that is not available does not matter. *)
Record describes (M : model) : Prop := Describes {
  describes_avail : forall s a, avail M s a = available m s a;
  describes_reward : forall s a, avail M s a -> reward M s a = Q2R (paid m s a);
  describes_transition : forall s a t, avail M s a -> transition M s a t = Q2R (step m s a t);
  describes_start : forall s, start M s = Q2R (get (initial m) s);
  describes_discount : discount M = Q2R (factor m)
}.

Definition describes_policy (p : matrix) (M : model) (π : policy M) : Prop :=
  forall s a, π s a = Q2R (entry p s a).

Lemma is_distributionP n f : is_distribution n f ->
  (forall i : 'I_n, 0 <= Q2R (f i)) /\ \sum_(i < n) Q2R (f i) = 1.
Proof.
case/andP => /everyP f0; rewrite Q2R_equal Q2R_sum Q2R_one => /eqP f1.
by split=> // i; have := f0 i; rewrite Q2R_le Q2R_zero.
Qed.

(** Well-formed data describe a model, and policies of it. *)
Theorem well_formed_describes : well_formed m -> exists M : model, describes M.
Proof.
case/and4P; rewrite !Q2R_le Q2R_zero Q2R_one -ltNge => γ0 γ1 /is_distributionP[ρ0 ρ1] /everyP rowsP.
have rowP (s : S) (a : A) : (forall t : S, 0 <= Q2R (step m s a t)) /\
    (available m s a -> \sum_(t : S) Q2R (step m s a t) = 1).
  have /everyP/(_ a) := rowsP s; rewrite /available /step.
  case: (row m s a) => [[r next] /is_distributionP[next0 next1]|_] //.
  by split=> // t; rewrite Q2R_zero.
exists (@Mdp [realFieldType of R] S A (fun s a => available m s a) (fun s a => Q2R (paid m s a))
  (fun s a t => Q2R (step m s a t)) (fun s => Q2R (get (initial m) s)) (Q2R (factor m))
  (fun s a => (rowP s a).1) (fun s a => (rowP s a).2) ρ0 ρ1 γ0 γ1).
by split.
Qed.

Variables (M : model) (MP : describes M).

Lemma liveE s : live M s = is_live m s.
Proof. by rewrite /is_live someP; apply: eq_existsb => a; rewrite (describes_avail MP). Qed.

Theorem is_policy_describes p : is_policy m p -> exists π : policy M, describes_policy p π.
Proof.
move/everyP => pP.
have p0 (s : S) (a : A) : 0 <= Q2R (entry p s a).
  by case/and3P: (pP s) => /everyP/(_ a); rewrite Q2R_le Q2R_zero.
have pN (s : S) (a : A) : ~~ avail M s a -> Q2R (entry p s a) = 0.
  case/and3P: (pP s) => _ /everyP/(_ a) + _; rewrite (describes_avail MP) is_zeroE.
  by case: (available m s a) => // /eqP.
have p1 (s : S) : live M s -> \sum_(a : A) Q2R (entry p s a) = 1.
  case/and3P: (pP s) => _ _; rewrite liveE Q2R_equal Q2R_sum Q2R_one.
  by case: (is_live m s) => // /eqP.
by exists (Policy p0 pN p1).
Qed.

End Meaning.

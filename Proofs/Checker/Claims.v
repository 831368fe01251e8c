(** * The claims on an update, computed

    For each claim of the catalogue: whether it holds, by how much, and the bounds on the return of the
    candidate that it gives. A verdict is the sign of a margin; no claim is taken for granted because it
    is a theorem. [None] says that the intervals are too wide to tell: more bits will. *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect.
From Monotone Require Import Checker.Rationals Checker.Vectors Checker.Logarithms Checker.Balls Checker.BallFunctions.
From Monotone Require Import Checker.Instance Checker.Solution Checker.Quantities.
From Monotone Require Export Checker.Catalogue Checker.BoundWidths.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Record result := Result {
  found : verdict;
  margin : option number;
  lower_bound : option number;
  upper_bound : option number
}.

(** The sign of every margin, or [None] where 0 lies in one of the balls. *)
Definition is_nonnegative (x : number) : bool := if x is Finite b then le zero (lower b) else true.
Definition is_negative (x : number) : bool := if x is Finite b then ~~ le zero (upper b) else false.

Definition decide (margins : seq number) : option verdict :=
  if all is_nonnegative margins then Some Holds
  else if all (fun x => is_nonnegative x || is_negative x) margins then Some Violated
  else None.

Definition not_applicable : option result := Some (Result NotApplicable None None None).
Definition vacuous : option result := Some (Result Holds (Some Infinite) None None).

Section Claims.
Variables (bits : Z) (m : instance) (u : update).
Notation n := (states m).
Notation k := (actions m).
Notation γ := (factor m).
Notation live := (is_live m).
Notation two := (of_nat 2).
Notation η := (return_value (old u)).
Notation η' := (return_value (new u)).
Notation ρ := (get (visits (old u))).
Notation weighted_sum := (weighted_sum m).
Notation mixture_loss := (mixture_loss m u).
Notation square_share := (square_share m).
Notation G := (gap u).

(** ** Identities: the largest of the numbers that should be 0 *)

(** Σ_a π(a|s) A(s,a), for the policy of one solution and the advantages of another *)
Definition mean_advantage (x y : solution) (s : nat) : Q :=
  sum k (fun a => mul (entry (weights x) s a) (entry (advantages y) s a)).

Definition mean_action_value (x y : solution) (s : nat) : Q :=
  sum k (fun a => mul (entry (weights x) s a) (add (entry (advantages y) s a) (get (values y) s))).

Definition bellman_error (x : solution) : Q :=
  Rationals.max (abs (sub (return_value x) (weighted_sum x (get (income x)))))
    (Rationals.max (abs (sub (sum n (get (visits x))) (inv (share m))))
      (largest n xpredT (fun s => abs (mean_advantage x x s)))).

Definition gradient_error : Q :=
  Rationals.max
    (abs (sub (weighted_sum (old u) (fun s =>
       sub (mean_action_value (new u) (old u) s) (mean_action_value (old u) (old u) s))) (mean_gain u)))
    (largest n live (fun s => largest k xpredT (fun a =>
       abs (mul (mul (ρ s) (entry (weights (old u)) s a))
         (sub (get (values (old u)) s) (mean_action_value (old u) (old u) s)))))).

Definition error_of (i : identity) : Q :=
  match i with
  | BellmanResidual => Rationals.max (bellman_error (old u)) (bellman_error (new u))
  | PerformanceDifference => abs (sub (gain u) (weighted_sum (new u) (get (means u))))
  | SurrogateValue => abs (weighted_sum (old u) (mean_advantage (old u) (old u)))
  | SurrogateGradient => gradient_error
  end.

Definition identity_result (i : identity) : option result :=
  let e := error_of i in
  Some (Result (if is_zero e then Holds else Violated) (Some (exact (opp e))) None None).

(** ** Inequalities in each state; an infinite divergence satisfies both *)

Definition inequality_margin (i : inequality) (s : nat) : option number :=
  let square := mul (get (variations u) s) (get (variations u) s) in
  match i with
  | Pinsker => Some (plus (get_number (divergences u) s) (exact (opp (mul two square))))
  | BretagnolleHuber =>
      if get_number (divergences u) s is Finite b then
        if le one square then None
        else Some (Finite (ball_add b (log bits (two_units bits) (sub one square))))
      else Some Infinite
  end.

(** The results for all of these indices, if there is one for each. *)
Fixpoint gather (T : Type) (f : nat -> option T) (r : seq nat) : option (seq T) :=
  if r is s :: r then
    if (f s, gather f r) is (Some x, Some xs) then Some (x :: xs) else None
  else Some [::].

Definition inequality_result (i : inequality) : option result :=
  if ~~ some n live then not_applicable
  else if gather (inequality_margin i) (filter live (iota 0 n)) is Some margins then
    if decide margins is Some v then Some (Result v None None None) else None
  else None.

(** ** Bounds |G| <= B *)

Definition within (w : number) : option result :=
  if w is Finite b then
    let margin := Finite (ball_from (opp (abs G)) (ball_from zero b)) in
    if decide [:: margin] is Some v then
      Some (Result v (Some margin) (Some (Finite (ball_from (surrogate_value u) b)))
              (Some (plus (exact (surrogate_value u)) w)))
    else None
  else vacuous.

Definition bound_result (b : bound) : option result :=
  if ~~ applies m b then not_applicable
  else if b is ResolventErgodicity then
    if inverse_spread u then within (width_of bits m u b) else None
  else within (width_of bits m u b).

(** ** Improvements *)

(** η(π') ≥ lower *)
Definition at_least (lower : ball) : option result :=
  let margin := Finite (ball_from η' lower) in
  if decide [:: margin] is Some v then Some (Result v (Some margin) (Some (Finite lower)) None) else None.

Definition improvement_result (i : improvement) : option result :=
  match i with
  | PointwiseImprovement =>
      if every n (fun s => le zero (get (means u) s)) then
        let no_worse s := le (get (values (old u)) s) (get (values (new u)) s) in
        Some (Result (if every n (fun s => ~~ live s || no_worse s) then Holds else Violated) None None None)
      else not_applicable
  | MonotoneStep =>
      if times (penalty m u) (largest_kl u) is Finite b then at_least (ball_from (surrogate_value u) b)
      else vacuous
  | ConservativeGain =>
      if le (div (mul two mixture_loss) square_share) (mean_gain u) then
        let lower := add η (div (mean_gain u) two) in at_least (Ball lower lower)
      else not_applicable
  end.

Definition result_of (c : claim) : option result :=
  match c with
  | Identity i => identity_result i
  | Inequality i => inequality_result i
  | Bound b => bound_result b
  | Improvement i => improvement_result i
  end.

(** ** What is found about the update *)

Definition improved : verdict := if le zero (gain u) then Holds else Violated.

(** Whether a lower bound without knowledge of the candidate exceeds η(π). *)
Definition guaranteed_by (lowers : seq number) : option verdict :=
  match decide [seq (if x is Finite b then Finite (ball_from η b) else exact (opp one)) | x <- lowers] with
  | Some Holds => Some Violated
  | Some Violated => Some Holds
  | _ => None
  end.

Definition lowers (c : claim) : option (seq number) :=
  if result_of c is Some r then Some (if lower_bound r is Some x then [:: x] else [::]) else None.

Fixpoint all_lowers (cs : seq claim) : option (seq number) :=
  if cs is c :: cs then
    if (lowers c, all_lowers cs) is (Some x, Some xs) then Some (x ++ xs) else None
  else Some [::].

Definition guaranteed : option verdict :=
  if all_lowers a_priori_claims is Some xs then guaranteed_by xs else None.

End Claims.

(** * The ergodicity coefficient of (I − γP)⁻¹

    The inverse is computed in integers (fraction-free elimination, Bareiss 1968), by a function about
    which nothing is proved. Its result is then multiplied: a matrix N and a number d > 0 with
    D(I − γP) N = d D, row by row for integers D > 0, are a multiple of the inverse. *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect.
From Monotone Require Import Checker.Rationals Checker.Vectors.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(** ** Elimination: only its result counts *)

Section Elimination.
Local Open Scope Z_scope.

Definition combine (last : Z) (pivot row : seq Z) : seq Z :=
  match pivot, row with
  | p :: pivot, r :: row => [seq (p * xy.1 - r * xy.2) / last | xy <- zip row pivot]
  | _, _ => [::]
  end.

(** The first row clears the first column, which is dropped, and moves to the end. *)
Fixpoint eliminate (fuel : nat) (last : Z) (work : seq (seq Z)) : Z * seq (seq Z) :=
  match fuel, work with
  | S fuel, (p :: pivot) :: others =>
      eliminate fuel p (map (combine last (p :: pivot)) others ++ [:: pivot])
  | _, _ => (last, work)
  end.

Definition common_denominator (row : vector) : Z :=
  foldr (fun x d => Z.lcm (Zpos (Qden x)) d) 1 row.

(** x d for a number x whose denominator divides d. *)
Definition cleared (d : Z) (x : Q) : Z := Qnum x * (d / Zpos (Qden x)).

End Elimination.

Definition of_integer (x : Z) : Q := Qmake x 1.

Section Inverse.
Variables (n : nat) (g : Q) (p : matrix).

(** I − γP, the numbers D, and D(I − γP). *)
Definition complement : matrix :=
  tabulate2 n n (fun s t => sub (if s == t then one else zero) (mul g (entry p s t))).

Definition scales : seq Z := map common_denominator complement.

Definition candidate_inverse : Q * matrix :=
  let start s dr :=
    map (cleared dr.1) dr.2 ++ [seq if t == s then dr.1 else Z0 | t <- iota 0 n] in
  let (d, rows) := eliminate n (Zpos xH)
    (map (fun s => start s (nth Z0 scales s, nth [::] complement s)) (iota 0 n)) in
  (of_integer d, map (map of_integer) rows).

Definition is_inverse (d : Q) (inverse : matrix) : bool :=
  let ds := map of_integer scales in
  let scaled := tabulate2 n n (fun s t => mul (get ds s) (entry complement s t)) in
  ~~ le d zero &&
  every n (fun s => ~~ is_zero (get ds s) && every n (fun t =>
    equal (sum n (fun u => mul (entry scaled s u) (entry inverse u t)))
          (if s == t then mul d (get ds s) else zero))).

End Inverse.

(** ½ max_{s,t} Σ_u |K(s,u) − K(t,u)| *)
Definition row_distance (n : nat) (k : matrix) (s t : nat) : Q :=
  div (sum n (fun u => abs (sub (entry k s u) (entry k t u)))) (of_nat 2).

Definition spread (n : nat) (k : matrix) : Q :=
  largest n xpredT (fun s => largest n xpredT (row_distance n k s)).

(** τ((I − γP)⁻¹), if the elimination succeeds. *)
Definition resolvent_spread (n : nat) (g : Q) (p : matrix) : option Q :=
  let (d, inverse) := candidate_inverse n g p in
  if is_inverse n g p d inverse then Some (div (spread n inverse) d) else None.

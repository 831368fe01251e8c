(** * What an update is measured by, computed

    The quantities of Surrogate, TotalVariation, Ergodicity and PolicyDivergence on the numbers of an
    instance. Those without logarithms are rational; divergences are numbers that enclose them. *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect.
From Monotone Require Import Checker.Rationals Checker.Vectors Checker.Logarithms Checker.Balls Checker.BallFunctions.
From Monotone Require Import Checker.Instance Checker.Solution Checker.Inverse.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(** ½ Σ |f − g| *)
Definition half_distance (n : nat) (f g : nat -> Q) : Q :=
  div (sum n (fun i => abs (sub (f i) (g i)))) (of_nat 2).

(** max f − min f *)
Definition width (n : nat) (f : nat -> Q) : Q :=
  add (largest n xpredT (fun i => sub (f i) (f 0%N))) (largest n xpredT (fun i => sub (f 0%N) (f i))).

(** KL(f‖g), where 0 ln 0 = 0, and equal terms are 0 exactly. *)
Definition divergence_term (bits : Z) (two : Z * Z) (x y : Q) : number :=
  if is_zero x || equal x y then exact zero
  else times x (Finite (log bits two (div x y))).

Definition divergence_number (bits : Z) (two : Z * Z) (n : nat) (f g : nat -> Q) : number :=
  if every n (fun i => ~~ is_zero (g i) || is_zero (f i)) then
    total n (fun i => divergence_term bits two (f i) (g i))
  else Infinite.

Definition get_number (v : seq number) (i : nat) : number := nth (exact zero) v i.

Record update := Update {
  old : solution;
  new : solution;
  means : vector;             (* Ā(s) *)
  mean_gain : Q;              (* 𝔸 = Σ ρ_π Ā *)
  mean_width : Q;             (* sp = max Ā − min Ā *)
  largest_mean : Q;           (* ε_exp *)
  largest_advantage : Q;      (* ε_max *)
  widest_range : Q;           (* σ *)
  variations : vector;        (* TV(s) *)
  largest_variation : Q;      (* α *)
  moved : Q;                  (* Σ ρ_π TV *)
  moved_rows : Q;             (* Σ ρ_π TVP *)
  visit_shift : Q;            (* ½ Σ |ρ_π' − ρ_π| *)
  mixing : Q;                 (* β, the least with π' = (1 − β) π + β π'' *)
  chain_spread : Q;           (* τ(P_π') *)
  inverse_spread : option Q;  (* τ((I − γP_π')⁻¹) *)
  divergences : seq number;   (* KL(π‖π') *)
  reverses : seq number;      (* KL(π'‖π) *)
  weighted_kl : number;       (* Σ ρ_π KL *)
  weighted_reverse : number;
  largest_kl : number;        (* max KL, over live states *)
  largest_reverse : number
}.

Section Computation.
Variables (bits : Z) (m : instance) (p q : matrix) (v rho v' rho' : vector).
Notation n := (states m).
Notation k := (actions m).
Notation γ := (factor m).
Notation live := (is_live m).

(** Beyond this many states, the claims on ergodicity are not made. *)
Definition most_states : nat := 100.

Definition weighted (f : seq number) : number :=
  total n (fun s => times (get rho s) (get_number f s)).
Definition largest_of (f : seq number) : number := largest_number n live (get_number f).

Definition update_of : update :=
  let old := solution_of m p v rho in
  let new := solution_of m q v' rho' in
  let means := tabulate n (fun s => sum k (fun a => mul (entry q s a) (entry (advantages old) s a))) in
  let variations := tabulate n (fun s => half_distance k (entry p s) (entry q s)) in
  let two := two_units bits in
  let divergences := [seq divergence_number bits two k (entry p s) (entry q s) | s <- iota 0 n] in
  let reverses := [seq divergence_number bits two k (entry q s) (entry p s) | s <- iota 0 n] in
  let is_small := (n <= most_states)%N in
  Update old new means
    (sum n (fun s => mul (get rho s) (get means s)))
    (width n (get means))
    (largest n live (fun s => abs (get means s)))
    (largest n live (fun s => largest k (available m s) (fun a => abs (entry (advantages old) s a))))
    (largest n live (fun s => largest k (available m s) (fun a => largest k (available m s) (fun b =>
       sub (entry (advantages old) s a) (entry (advantages old) s b)))))
    variations
    (largest n live (get variations))
    (sum n (fun s => mul (get rho s) (get variations s)))
    (sum n (fun s => mul (get rho s) (half_distance n (entry (chain new) s) (entry (chain old) s))))
    (half_distance n (get rho') (get rho))
    (largest n live (fun s => largest k (fun a => ~~ is_zero (entry p s a)) (fun a =>
       sub one (div (entry q s a) (entry p s a)))))
    (if is_small then spread n (chain new) else zero)
    (if is_small then resolvent_spread n γ (chain new) else None)
    divergences reverses (weighted divergences) (weighted reverses)
    (largest_of divergences) (largest_of reverses).

End Computation.

Section Measures.
Variables (m : instance) (u : update).
Notation γ := (factor m).

Definition surrogate_value : Q := add (return_value (old u)) (mean_gain u).
Definition gap : Q := sub (return_value (new u)) surrogate_value.
Definition gain : Q := sub (return_value (new u)) (return_value (old u)).

(** 1 − γ, C = 4 ε_max γ/(1 − γ)², and (1 − γ)(1 − γ(1 − x)), whose inverse is c(x). *)
Definition share : Q := sub one γ.
Definition penalty : Q := div (mul (mul (of_nat 4) (largest_advantage u)) γ) (mul share share).
Definition coupling_divisor (x : Q) : Q := mul share (sub one (mul γ (sub one x))).

End Measures.

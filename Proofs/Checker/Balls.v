(** * Numbers that are known to lie in an interval, and numbers that may be infinite

    A ball is an interval with rational ends; a rational number is the ball of width 0. A number of
    the checker is a ball, or +∞ (a divergence may be, and with it a bound). Each operation encloses
    that of the extended reals, where 0 · ∞ = 0. *)

From Coq Require Import QArith Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Checker.Rationals Checker.Vectors.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Record ball := Ball { lower : Q; upper : Q }.
Inductive number := Finite of ball | Infinite.

Definition exact (x : Q) : number := Finite (Ball x x).
Definition is_exact (b : ball) : bool := equal (lower b) (upper b).

Definition contains (b : ball) (r : R) : Prop := Q2R (lower b) <= r <= Q2R (upper b).

(* Coq would read an argument of type R in the notations of its own library. *)
Arguments contains : clear scopes.

Definition encloses (x : number) (y : \bar R) : Prop :=
  match x, y with
  | Finite b, r%:E => contains b r
  | Infinite, +oo%E => True
  | _, _ => False
  end.

Lemma encloses_exact x : encloses (exact x) (Q2R x)%:E.
Proof. by rewrite /= /contains lexx. Qed.

Lemma contains_exact b r : contains b r -> is_exact b -> r = Q2R (lower b).
Proof.
rewrite /contains /is_exact Q2R_equal => /andP[br rb] /eqP bE.
by apply/eqP; rewrite eq_le br bE rb.
Qed.

(** ** Sums, products with weights, minima and maxima *)

Definition ball_add (b c : ball) : ball :=
  Ball (add (lower b) (lower c)) (add (upper b) (upper c)).

(** The ball of w r, for w >= 0. *)
Definition ball_scale (w : Q) (b : ball) : ball :=
  if is_zero w then Ball zero zero else Ball (mul w (lower b)) (mul w (upper b)).

(** The ball of x - r. *)
Definition ball_from (x : Q) (b : ball) : ball := Ball (sub x (upper b)) (sub x (lower b)).

Lemma contains_add b c r s : contains b r -> contains c s -> contains (ball_add b c) (r + s).
Proof. by rewrite /contains !Q2R_add => /andP[? ?] /andP[? ?]; rewrite !ler_add. Qed.

Lemma contains_scale w b r : 0 <= Q2R w -> contains b r -> contains (ball_scale w b) (Q2R w * r).
Proof.
rewrite /contains /ball_scale is_zeroE => w0; case: eqP => [->|_] /=.
  by rewrite mul0r Q2R_zero lexx.
by rewrite !Q2R_mul => /andP[? ?]; rewrite !ler_wpmul2l.
Qed.

Lemma contains_from x b r : contains b r -> contains (ball_from x b) (Q2R x - r).
Proof. by rewrite /contains !Q2R_sub => /andP[? ?]; rewrite !ler_add2l !ler_opp2 andbC; apply/andP. Qed.

Definition plus (x y : number) : number :=
  match x, y with
  | Finite b, Finite c => Finite (ball_add b c)
  | _, _ => Infinite
  end.

Definition times (w : Q) (x : number) : number :=
  match x with
  | Finite b => Finite (ball_scale w b)
  | Infinite => if is_zero w then exact zero else Infinite
  end.

Definition smaller (x y : number) : number :=
  match x, y with
  | Finite b, Finite c => Finite (Ball (min (lower b) (lower c)) (min (upper b) (upper c)))
  | Infinite, _ => y
  | _, Infinite => x
  end.

Definition larger (x y : number) : number :=
  match x, y with
  | Finite b, Finite c =>
      Finite (Ball (Rationals.max (lower b) (lower c)) (Rationals.max (upper b) (upper c)))
  | _, _ => Infinite
  end.

Lemma encloses_plus x y r s : encloses x r -> encloses y s -> encloses (plus x y) (r + s)%E.
Proof. by case: x y r s => [b|] [c|] [r||] [s||] //=; apply: contains_add. Qed.

Lemma encloses_times w x r : 0 <= Q2R w -> encloses x r -> encloses (times w x) ((Q2R w)%:E * r)%E.
Proof.
case: x r => [b|] [r||] //= w0; first exact: contains_scale.
move=> _; rewrite is_zeroE; case: eqP => [->|/eqP w_neq0].
  by rewrite mul0e /= /contains Q2R_zero lexx.
by rewrite gt0_muley // lte_fin lt_def w_neq0.
Qed.

Lemma EFin_min (r s : R) : (Order.min r s)%:E = Order.min r%:E s%:E.
Proof. by rewrite /Order.min lte_fin; case: ifP. Qed.

Lemma EFin_max (r s : R) : (Order.max r s)%:E = Order.max r%:E s%:E.
Proof. by rewrite /Order.max lte_fin; case: ifP. Qed.

Lemma encloses_smaller x y r s :
  encloses x r -> encloses y s -> encloses (smaller x y) (Order.min r s).
Proof.
case: x y r s => [b|] [c|] [r||] [s||] //=; rewrite ?miney ?minye //.
rewrite -EFin_min /= /contains => /andP[br rb] /andP[cs sc].
by rewrite !Q2R_min !le_minr !le_minl br rb cs sc !orbT.
Qed.

Lemma encloses_larger x y r s :
  encloses x r -> encloses y s -> encloses (larger x y) (Order.max r s).
Proof.
case: x y r s => [b|] [c|] [r||] [s||] //=; rewrite ?maxey ?maxye //.
rewrite -EFin_max /= /contains => /andP[br rb] /andP[cs sc].
by rewrite !Q2R_max !le_maxl !le_maxr br rb cs sc !orbT.
Qed.

(** ** Over the indices below n *)

Definition total (n : nat) (f : nat -> number) : number :=
  foldr (fun i => plus (f i)) (exact zero) (iota 0 n).

Definition largest_number (n : nat) (P : pred nat) (f : nat -> number) : number :=
  foldr (fun i x => if P i then larger (f i) x else x) (exact zero) (iota 0 n).

Lemma encloses_zero : encloses (exact zero) 0%E.
Proof. by rewrite /= /contains Q2R_zero lexx. Qed.

Lemma encloses_total n (f : nat -> number) (g : 'I_n -> \bar R) :
  (forall i : 'I_n, encloses (f i) (g i)) -> encloses (total n f) (\sum_(i < n) g i)%E.
Proof.
rewrite /total iota_index_enum => fg; elim: (index_enum _) => [|i r IH] /=.
  by rewrite big_nil; apply: encloses_zero.
by rewrite big_cons; apply: encloses_plus.
Qed.

Lemma encloses_largest n (P : pred nat) (f : nat -> number) (g : 'I_n -> \bar R) :
  (forall i : 'I_n, P i -> encloses (f i) (g i)) ->
  encloses (largest_number n P f) (\big[Order.max/0%E]_(i < n | P i) g i).
Proof.
rewrite /largest_number iota_index_enum => fg; elim: (index_enum _) => [|i r IH] /=.
  by rewrite big_nil; apply: encloses_zero.
by rewrite big_cons; case: ifP => // Pi; apply: encloses_larger; first exact: fg.
Qed.

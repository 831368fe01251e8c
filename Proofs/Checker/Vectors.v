(** * Vectors and matrices of rational numbers, their sums and maxima

    A vector is a list; beyond its end it is 0. Sums and maxima run over the indices below n and are
    those of Mathematical Components over 'I_n. *)

From Coq Require Import QArith Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct.
From Monotone Require Import Maxima Checker.Rationals.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Definition vector := seq Q.
Definition matrix := seq vector.

Definition get (v : vector) (i : nat) : Q := nth zero v i.
Definition entry (m : matrix) (i j : nat) : Q := get (nth [::] m i) j.

Definition tabulate (n : nat) (f : nat -> Q) : vector := [seq f i | i <- iota 0 n].
Definition tabulate2 (n m : nat) (f : nat -> nat -> Q) : matrix :=
  [seq tabulate m (f i) | i <- iota 0 n].

Definition sum (n : nat) (f : nat -> Q) : Q := foldr (fun i => add (f i)) zero (iota 0 n).

(** max(0, max_{i < n, P i} f(i)) *)
Definition largest (n : nat) (P : pred nat) (f : nat -> Q) : Q :=
  foldr (fun i x => if P i then Rationals.max (f i) x else x) zero (iota 0 n).

Definition every (n : nat) (P : pred nat) : bool := all P (iota 0 n).
Definition some (n : nat) (P : pred nat) : bool := has P (iota 0 n).

Section Meaning.
Variable n : nat.
Implicit Types (i : 'I_n) (f : nat -> Q) (P : pred nat).

Lemma get_tabulate f i : get (tabulate n f) i = f i.
Proof. by rewrite /get (nth_map 0%N) ?size_iota // nth_iota. Qed.

Lemma entry_tabulate2 m (g : nat -> nat -> Q) i (j : 'I_m) : entry (tabulate2 n m g) i j = g i j.
Proof.
rewrite /entry (nth_map 0%N) ?size_iota // nth_iota //.
by rewrite /get (nth_map 0%N) ?size_iota // nth_iota.
Qed.

(** Folds over the numbers below n are big operators over 'I_n. *)
Lemma iota_index_enum : iota 0 n = [seq val i | i <- index_enum [finType of 'I_n]].
Proof. by rewrite -val_enum_ord enumT /index_enum locked_withE. Qed.

Lemma Q2R_sum f : Q2R (sum n f) = \sum_(i < n) Q2R (f i).
Proof.
rewrite /sum iota_index_enum; elim: (index_enum _) => [|i r IH] /=.
  by rewrite big_nil Q2R_zero.
by rewrite big_cons Q2R_add IH.
Qed.

Lemma Q2R_largest P f :
  Q2R (largest n P f) = maximum (fun i => P i) (fun i => Q2R (f i)).
Proof.
rewrite /maximum /largest iota_index_enum; elim: (index_enum _) => [|i r IH] /=.
  by rewrite big_nil Q2R_zero.
by rewrite big_cons; case: (P i); rewrite ?Q2R_max IH.
Qed.

Lemma everyP P : reflect (forall i, P i) (every n P).
Proof.
apply: (iffP allP) => [H i | H i]; first by apply: H; rewrite mem_iota /=.
by rewrite mem_iota add0n => /= lt_in; apply: (H (Ordinal lt_in)).
Qed.

Lemma someP P : some n P = [exists i : 'I_n, P i].
Proof.
apply/hasP/existsP => [[i] | [i Pi]]; last by exists (i : nat) => //; rewrite mem_iota /=.
by rewrite mem_iota add0n => /= lt_in Pi; exists (Ordinal lt_in).
Qed.

End Meaning.

(** * Rational arithmetic that computes

    The numbers of the checker are Coq's rationals Q, kept in lowest terms, so that a long
    computation does not blow them up. Each operation is proved to be that of the reals under

        Q2R : Q -> R.

    Everything here runs in the kernel (`vm_compute`) and after extraction. *)

From Coq Require Import ZArith QArith Qreals Reals Lia.
Local Open Scope Q_scope.

(** Divides numerator and denominator by their greatest common divisor. *)
Definition reduce (x : Q) : Q :=
  match Z.gcd (Qnum x) (Zpos (Qden x)) with
  | Zpos 1 => x
  | Zpos g => (Qnum x / Zpos g)%Z # Z.to_pos (Zpos (Qden x) / Zpos g)
  | _ => x
  end.

Definition is_zero (x : Q) : bool := match Qnum x with Z0 => true | _ => false end.

Definition add (x y : Q) : Q :=
  if is_zero x then y else if is_zero y then x else reduce (x + y).
Definition opp (x : Q) : Q := - x.
Definition sub (x y : Q) : Q := add x (opp y).
Definition mul (x y : Q) : Q := if is_zero x || is_zero y then 0 else reduce (x * y).
Definition inv (x : Q) : Q := / x.
Definition div (x y : Q) : Q := mul x (inv y).
Definition le (x y : Q) : bool := (Qnum x * Zpos (Qden y) <=? Qnum y * Zpos (Qden x))%Z.
Definition equal (x y : Q) : bool := (Qnum x * Zpos (Qden y) =? Qnum y * Zpos (Qden x))%Z.
Definition max (x y : Q) : Q := if le x y then y else x.
Definition min (x y : Q) : Q := if le x y then x else y.
Definition abs (x : Q) : Q := max x (opp x).
Definition zero : Q := 0.
Definition one : Q := 1.
Definition of_nat (n : nat) : Q := Z.of_nat n # 1.

(** ** The meaning of each operation *)

Lemma reduce_eq x : reduce x == x.
Proof.
destruct x as [n d]; unfold reduce; cbn [Qnum Qden].
destruct (Z.gcd n (Zpos d)) as [|g|g] eqn:gcdE; try reflexivity.
enough (quotient : (n / Zpos g)%Z # Z.to_pos (Zpos d / Zpos g) == n # d)
  by now destruct g.
assert (gn : (Zpos g | n)%Z) by (rewrite <- gcdE; apply Z.gcd_divide_l).
assert (gd : (Zpos g | Zpos d)%Z) by (rewrite <- gcdE; apply Z.gcd_divide_r).
destruct gn as [n' nE], gd as [d' dE]; rewrite nE, dE.
assert (positive_d' : (0 < d')%Z) by (apply Z.mul_pos_cancel_r with (Zpos g); lia).
rewrite !Z.div_mul by discriminate.
unfold Qeq; cbn [Qnum Qden]; rewrite dE, Z2Pos.id by lia; ring.
Qed.

Lemma is_zero_eq x : is_zero x = true -> x == 0.
Proof. destruct x as [[|n|n] d]; try discriminate; reflexivity. Qed.

Lemma add_eq x y : add x y == x + y.
Proof.
unfold add; destruct (is_zero x) eqn:x0; [rewrite (is_zero_eq _ x0); ring|].
destruct (is_zero y) eqn:y0; [rewrite (is_zero_eq _ y0); ring|apply reduce_eq].
Qed.

Lemma mul_eq x y : mul x y == x * y.
Proof.
unfold mul; destruct (is_zero x) eqn:x0; cbn [orb].
{ now setoid_rewrite (is_zero_eq _ x0); rewrite Qmult_0_l. }
destruct (is_zero y) eqn:y0; [|apply reduce_eq].
now setoid_rewrite (is_zero_eq _ y0); rewrite Qmult_0_r.
Qed.

Lemma le_iff x y : le x y = true <-> x <= y.
Proof. unfold le, Qle; apply Z.leb_le. Qed.

Lemma equal_iff x y : equal x y = true <-> x == y.
Proof. unfold equal, Qeq; apply Z.eqb_eq. Qed.

(** ** Their meaning as real numbers *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Notation R := Rdefinitions.R.
Implicit Types x y : Q.

Lemma Q2R_zero : Q2R zero = 0.
Proof. by rewrite /Q2R /= Rmult_0_l. Qed.

Lemma Q2R_add x y : Q2R (add x y) = Q2R x + Q2R y.
Proof. by rewrite (Qeq_eqR _ _ (add_eq x y)) Q2R_plus. Qed.

Lemma Q2R_opp x : Q2R (opp x) = - Q2R x.
Proof. exact: Qreals.Q2R_opp. Qed.

Lemma Q2R_sub x y : Q2R (sub x y) = Q2R x - Q2R y.
Proof. by rewrite Q2R_add Q2R_opp. Qed.

Lemma Q2R_mul x y : Q2R (mul x y) = Q2R x * Q2R y.
Proof. by rewrite (Qeq_eqR _ _ (mul_eq x y)) Q2R_mult. Qed.

Lemma Q2R_le x y : le x y = (Q2R x <= Q2R y).
Proof.
apply/idP/RleP => [/le_iff/Qle_Rle // | /Rle_Qle xy]; exact/le_iff.
Qed.

Lemma Q2R_equal x y : equal x y = (Q2R x == Q2R y).
Proof. by apply/idP/eqP => [/equal_iff/Qeq_eqR // | /eqR_Qeq xy]; apply/equal_iff. Qed.

Lemma Q2R_max x y : Q2R (max x y) = Num.max (Q2R x) (Q2R y).
Proof. by rewrite /max Q2R_le; case: leP. Qed.

Lemma Q2R_min x y : Q2R (min x y) = Num.min (Q2R x) (Q2R y).
Proof. by rewrite /min Q2R_le; case: leP. Qed.

Lemma Q2R_of_nat n : Q2R (of_nat n) = n%:R.
Proof. by rewrite /Q2R /= Rinv_1 Rmult_1_r -INR_IZR_INZ INRE. Qed.

Lemma Q2R_one : Q2R one = 1.
Proof. exact: (Q2R_of_nat 1). Qed.

(** In Q and in Mathematical Components, the inverse of 0 is 0. *)
Lemma Q2R_inv x : Q2R (inv x) = (Q2R x)^-1.
Proof.
have [x0|x0] := eqVneq (Q2R x) 0.
  have xE: Qeq x zero by apply: eqR_Qeq; rewrite x0 Q2R_zero.
  by rewrite x0 invr0 (@Qeq_eqR (inv x) zero) ?Q2R_zero // /inv xE.
rewrite -RinvE //; apply: Qreals.Q2R_inv => xE.
by case/eqP: x0; rewrite (Qeq_eqR _ _ xE) Q2R_zero.
Qed.

Lemma Q2R_div x y : Q2R (div x y) = Q2R x / Q2R y.
Proof. by rewrite /div Q2R_mul Q2R_inv. Qed.

Lemma Q2R_abs x : Q2R (abs x) = `|Q2R x|.
Proof.
rewrite /abs Q2R_max Q2R_opp; case: (lerP 0 (Q2R x)) => x0.
  by rewrite ger0_norm // max_l // (le_trans _ x0) // oppr_le0.
by rewrite ltr0_norm // max_r // (le_trans (ltW x0)) // oppr_ge0 ltW.
Qed.

Lemma is_zeroE x : is_zero x = (Q2R x == 0).
Proof.
apply/idP/eqP => [/is_zero_eq/Qeq_eqR-> | x0]; first exact: Q2R_zero.
have : Qeq x zero by apply: eqR_Qeq; rewrite x0 Q2R_zero.
by case: x {x0} => [[|p|p] d].
Qed.

Arguments Q2R : simpl never.

(** Rewrites with all of them. *)
Definition Q2R_ops := (Q2R_add, Q2R_sub, Q2R_mul, Q2R_div, Q2R_opp, Q2R_max, Q2R_min, Q2R_abs,
  Q2R_zero, Q2R_one, Q2R_of_nat).

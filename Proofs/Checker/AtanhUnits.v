(** * atanh of rational numbers, enclosed

    The series is summed twice in multiples of 2^-bits, with every division rounded down, then up. Down,
    what is left out is positive. Up, what is left out is at most twice the power that comes next. *)

From Coq Require Import ZArith Reals Lra Lia.
From Monotone Require Import Checker.Atanh.

(** ** The computation *)

Section Computation.
Local Open Scope Z_scope.
Variable bits : Z.

Definition quotient (up : bool) (x y : Z) : Z := if up then - (- x / y) else x / y.
Definition shift (up : bool) (x : Z) : Z :=
  if up then - Z.shiftr (- x) bits else Z.shiftr x bits.

(** The sum, and the power that comes next. *)
Fixpoint series (up : bool) (square : Z) (fuel : nat) (n power total : Z) : Z * Z :=
  match fuel with
  | O => (total, power)
  | S fuel =>
      if power <=? 1 then (total, power)
      else series up square fuel (n + 2) (shift up (power * square)) (total + quotient up power n)
  end.

(** atanh (p/q) in multiples of 2^-bits, for 0 <= p/q <= 1/2: a number below or above it. *)
Definition atanh_units (up : bool) (p q : Z) : Z :=
  let square := quotient up (Z.shiftl (p * p) bits) (q * q) in
  let first := quotient up (Z.shiftl p bits) q in
  let (total, power) := series up square (Z.to_nat bits) 1 first 0 in
  if up then total + 2 * power else total.

End Computation.

(** ** Why it encloses atanh *)

Local Open Scope R_scope.

Lemma quotient_down x y : (0 < y)%Z -> IZR (quotient false x y) <= IZR x / IZR y.
Proof.
intros y0; apply Rmult_le_reg_r with (IZR y); [apply IZR_lt, y0|].
unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r by (apply not_0_IZR; lia).
rewrite <- mult_IZR; apply IZR_le; unfold quotient; rewrite Z.mul_comm; apply Z.mul_div_le, y0.
Qed.

Lemma quotient_up x y : (0 < y)%Z -> IZR x / IZR y <= IZR (quotient true x y).
Proof.
intros y0; assert (H := quotient_down (- x) y y0); unfold quotient in *.
rewrite !opp_IZR in *; unfold Rdiv in *; rewrite Ropp_mult_distr_l_reverse in H; lra.
Qed.

Section Enclosure.
Variable bits : Z.
Hypothesis bits_ge0 : (0 <= bits)%Z.
Let unit := IZR (2 ^ bits).

Lemma unit_gt0 : 0 < unit.
Proof. apply IZR_lt, Z.pow_pos_nonneg; lia. Qed.

Lemma shift_quotient up x : shift bits up x = quotient up x (2 ^ bits).
Proof. unfold shift, quotient; rewrite !Z.shiftr_div_pow2 by exact bits_ge0; reflexivity. Qed.

Lemma shiftl_IZR x : IZR (Z.shiftl x bits) = IZR x * unit.
Proof. rewrite Z.shiftl_mul_pow2, mult_IZR by exact bits_ge0; reflexivity. Qed.

(** A loop invariant: [power] stands for z^(2n+1), [total] for the sum of the first n terms. *)
Lemma series_down z square fuel n power total :
  0 <= z <= / 2 -> 0 <= IZR square <= z ^ 2 * unit ->
  0 <= IZR power <= z ^ (2 * n + 1) * unit ->
  IZR total <= (atanh z - remainder z n) * unit ->
  IZR (fst (series bits false square fuel (Z.of_nat (2 * n + 1)) power total)) <= atanh z * unit.
Proof.
intros z_in square_in; assert (unit0 := unit_gt0); revert n power total.
assert (stop : forall n total, IZR total <= (atanh z - remainder z n) * unit ->
  IZR total <= atanh z * unit).
{ intros n total sum; assert (H := remainder_bounds n z z_in); nra. }
induction fuel as [|fuel IH]; intros n power total power_in sum; cbn [series]; [eauto|].
destruct (power <=? 1)%Z; [eauto|].
replace (Z.of_nat (2 * n + 1) + 2)%Z with (Z.of_nat (2 * S n + 1)) by lia.
apply IH.
- rewrite shift_quotient; split.
  + unfold quotient; apply IZR_le, Z.div_pos; [|apply Z.pow_pos_nonneg; lia].
    apply le_IZR; rewrite mult_IZR; apply Rmult_le_pos; lra.
  + eapply Rle_trans; [apply quotient_down, Z.pow_pos_nonneg; lia|]; fold unit.
    apply Rmult_le_reg_r with unit; [exact unit0|].
    unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r, mult_IZR by lra.
    replace (2 * S n + 1)%nat with (2 * n + 1 + 2)%nat by lia.
    rewrite pow_add; replace (z ^ (2 * n + 1) * z ^ 2 * unit * unit)
      with ((z ^ (2 * n + 1) * unit) * (z ^ 2 * unit)) by ring.
    apply Rmult_le_compat; lra.
- rewrite plus_IZR, remainder_S.
  assert (IZR (quotient false power (Z.of_nat (2 * n + 1))) <= term z n * unit); [|lra].
  eapply Rle_trans; [apply quotient_down; lia|]; unfold term, Rdiv.
  rewrite <- INR_IZR_INZ, (Rmult_comm (z ^ _)), Rmult_assoc, Rmult_comm.
  apply Rmult_le_compat_l; [|lra]; left; apply Rinv_0_lt_compat, lt_0_INR; lia.
Qed.

Lemma series_up z square fuel n power total :
  0 <= z <= / 2 -> z ^ 2 * unit <= IZR square ->
  z ^ (2 * n + 1) * unit <= IZR power ->
  (atanh z - remainder z n) * unit <= IZR total ->
  let (total, power) := series bits true square fuel (Z.of_nat (2 * n + 1)) power total in
  atanh z * unit <= IZR (total + 2 * power).
Proof.
intros z_in square_in; assert (unit0 := unit_gt0); revert n power total.
assert (stop : forall n power total, z ^ (2 * n + 1) * unit <= IZR power ->
  (atanh z - remainder z n) * unit <= IZR total -> atanh z * unit <= IZR (total + 2 * power)).
{ intros n power total power_in sum; assert (H := remainder_bounds n z z_in).
  rewrite plus_IZR, mult_IZR; nra. }
assert (power0 : forall k, 0 <= z ^ k) by (intros; apply pow_le; lra).
induction fuel as [|fuel IH]; intros n power total power_in sum; cbn [series]; [eauto|].
destruct (power <=? 1)%Z; [eauto|].
replace (Z.of_nat (2 * n + 1) + 2)%Z with (Z.of_nat (2 * S n + 1)) by lia.
apply IH.
- rewrite shift_quotient.
  eapply Rle_trans; [|apply quotient_up, Z.pow_pos_nonneg; lia]; fold unit.
  apply Rmult_le_reg_r with unit; [exact unit0|].
  unfold Rdiv; rewrite (Rmult_assoc (IZR _)), Rinv_l, Rmult_1_r, mult_IZR by lra.
  replace (2 * S n + 1)%nat with (2 * n + 1 + 2)%nat by lia.
  rewrite pow_add; replace (z ^ (2 * n + 1) * z ^ 2 * unit * unit)
    with ((z ^ (2 * n + 1) * unit) * (z ^ 2 * unit)) by ring.
  apply Rmult_le_compat; auto; apply Rmult_le_pos; auto; lra.
- rewrite plus_IZR, remainder_S.
  assert (term z n * unit <= IZR (quotient true power (Z.of_nat (2 * n + 1)))); [|lra].
  eapply Rle_trans; [|apply quotient_up; lia]; unfold term, Rdiv.
  rewrite <- INR_IZR_INZ, (Rmult_comm (z ^ _)), Rmult_assoc, Rmult_comm.
  rewrite (Rmult_comm (IZR _)), Rmult_comm.
  apply Rmult_le_compat_l; [|lra]; left; apply Rinv_0_lt_compat, lt_0_INR; lia.
Qed.

(** A number [x] in units, below or above a real number. *)
Definition rounds (up : bool) (x : Z) (y : R) : Prop :=
  if up then y * unit <= IZR x else IZR x <= y * unit.

Lemma atanh_units_rounds up p q : (0 <= p)%Z -> (0 < q)%Z -> (2 * p <= q)%Z ->
  rounds up (atanh_units bits up p q) (atanh (IZR p / IZR q)).
Proof.
intros p0 q0 pq; assert (unit0 := unit_gt0); unfold rounds, atanh_units.
assert (qR : 0 < IZR q) by (apply IZR_lt, q0).
assert (pR : 0 <= IZR p) by (apply IZR_le, p0).
assert (z_in : 0 <= IZR p / IZR q <= / 2).
{ split; [apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat, qR]|].
  apply Rmult_le_reg_r with (IZR q); [exact qR|].
  unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
  apply IZR_le in pq; rewrite mult_IZR in pq; lra. }
assert (squareE : IZR (Z.shiftl (p * p) bits) / IZR (q * q) = (IZR p / IZR q) ^ 2 * unit).
{ rewrite shiftl_IZR, !mult_IZR; field; lra. }
assert (firstE : IZR (Z.shiftl p bits) / IZR q = (IZR p / IZR q) ^ (2 * 0 + 1) * unit).
{ rewrite shiftl_IZR; simpl; field; lra. }
assert (sumE : 0 = (atanh (IZR p / IZR q) - remainder (IZR p / IZR q) 0) * unit).
{ unfold remainder; simpl; ring. }
destruct up.
- assert (H := series_up (IZR p / IZR q) (quotient true (Z.shiftl (p * p) bits) (q * q))
    (Z.to_nat bits) 0 (quotient true (Z.shiftl p bits) q) 0 z_in).
  change (Z.of_nat (2 * 0 + 1)) with 1%Z in H.
  destruct series; apply H.
  + rewrite <- squareE; apply quotient_up; nia.
  + rewrite <- firstE; apply quotient_up, q0.
  + rewrite <- sumE; apply Rle_refl.
- assert (H := series_down (IZR p / IZR q) (quotient false (Z.shiftl (p * p) bits) (q * q))
    (Z.to_nat bits) 0 (quotient false (Z.shiftl p bits) q) 0 z_in).
  change (Z.of_nat (2 * 0 + 1)) with 1%Z in H.
  destruct series; apply H.
  + split; [apply IZR_le, Z.div_pos; [apply Z.shiftl_nonneg; nia|nia]|].
    rewrite <- squareE; apply quotient_down; nia.
  + split; [apply IZR_le, Z.div_pos; [apply Z.shiftl_nonneg, p0|exact q0]|].
    rewrite <- firstE; apply quotient_down, q0.
  + rewrite <- sumE; apply Rle_refl.
Qed.

End Enclosure.

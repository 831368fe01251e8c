(** * Logarithms of rational numbers, enclosed

    x = 2^k m with 3/4 <= m <= 3/2, and ln x = k ln 2 + ln m, where

        ln m = 2 atanh z,  z = (m - 1)/(m + 1) in [-1/7, 1/5],    ln 2 = 2 atanh (1/3),
        atanh z = z + z^3/3 + z^5/5 + ...

    The series is summed twice in multiples of 2^-bits, with every division rounded down, then up.
    Down, what is left out is positive. Up, what is left out after n terms is at most 2 z^(2n+1): the
    difference has the derivative z^(2n)/(1 - z^2). *)

From Coq Require Import ZArith QArith Qreals Reals Lra Lia.
From Coquelicot Require Import Coquelicot.

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

Definition log_two_units (up : bool) : Z := 2 * atanh_units up 1 3.

(** ln (p/q) for 3/4 <= p/q <= 3/2. *)
Definition log_near_one_units (up : bool) (p q : Z) : Z :=
  if q <=? p then 2 * atanh_units up (p - q) (p + q)
  else - (2 * atanh_units (negb up) (q - p) (p + q)).

(** p/q = 2^k p'/q' with p'/q' in [3/4, 3/2]: (k, p', q'). *)
Definition normalise (p q : Z) : Z * (Z * Z) :=
  let k := Z.log2 p - Z.log2 q in
  let k := if Z.shiftl (2 * p) (Z.max 0 (- k)) <=? Z.shiftl (3 * q) (Z.max 0 k) then k else k + 1 in
  let k := if Z.shiftl (3 * q) (Z.max 0 k) <=? Z.shiftl (4 * p) (Z.max 0 (- k)) then k else k - 1 in
  (k, (Z.shiftl p (Z.max 0 (- k)), Z.shiftl q (Z.max 0 k))).

(** [two] is (log_two_units false, log_two_units true), computed once for all. *)
Definition log_units (two : Z * Z) (up : bool) (p q : Z) : option Z :=
  let '(k, (p, q)) := normalise p q in
  if (3 * q <=? 4 * p) && (2 * p <=? 3 * q) then
    let '(low, high) := two in
    Some (k * (if xorb up (k <? 0) then high else low) + log_near_one_units up p q)
  else None.

End Computation.

(** ** Why it encloses the logarithm *)

Local Open Scope R_scope.

Definition atanh (z : R) : R := (ln (1 + z) - ln (1 - z)) / 2.

(** z^(2n+1)/(2n+1), and the first n of these terms. *)
Definition term (z : R) (n : nat) : R := z ^ (2 * n + 1) / INR (2 * n + 1).

Fixpoint partial_sum (z : R) (n : nat) : R :=
  match n with O => 0 | S n => partial_sum z n + term z n end.

Definition remainder (z : R) (n : nat) : R := atanh z - partial_sum z n.

Lemma term_derive n z : is_derive (fun u => term u n) z (z ^ (2 * n)).
Proof.
unfold term; rewrite Nat.add_1_r; generalize (2 * n)%nat; intros k.
assert (INR (S k) <> 0) by (apply not_0_INR; lia).
auto_derive; [exact I|]; change (1 * (INR (S k) * z ^ k) * / INR (S k) = z ^ k); field; assumption.
Qed.

Lemma atanh_derive z : -1 < z < 1 -> is_derive atanh z (/ (1 - z ^ 2)).
Proof.
intros [low high]; unfold atanh; auto_derive; [lra|field; split; [|split]; nra].
Qed.

(** The remainder has the derivative z^(2n)/(1 - z^2). *)
Lemma remainder_derive n z : -1 < z < 1 ->
  is_derive (fun u => remainder u n) z (z ^ (2 * n) / (1 - z ^ 2)).
Proof.
intros inside; unfold remainder; induction n as [|n IH].
- apply (is_derive_ext atanh); [intros; simpl; lra|].
  replace (z ^ (2 * 0) / (1 - z ^ 2)) with (/ (1 - z ^ 2)) by (simpl; field; nra).
  apply atanh_derive, inside.
- apply (is_derive_ext (fun u => minus (atanh u - partial_sum u n) (term u n))).
  { intros u; change (atanh u - partial_sum u n - term u n = atanh u - (partial_sum u n + term u n)).
    ring. }
  replace (z ^ (2 * S n) / (1 - z ^ 2)) with (minus (z ^ (2 * n) / (1 - z ^ 2)) (z ^ (2 * n))).
  + exact (is_derive_minus (fun u => atanh u - partial_sum u n) (fun u => term u n) z _ _
      IH (term_derive n z)).
  + change (z ^ (2 * n) / (1 - z ^ 2) - z ^ (2 * n) = z ^ (2 * S n) / (1 - z ^ 2)).
    replace (2 * S n)%nat with (2 * n + 2)%nat by lia; rewrite pow_add; field; simpl; nra.
Qed.

Lemma remainder_0 n : remainder 0 n = 0.
Proof.
unfold remainder, atanh; rewrite Rplus_0_r, Rminus_0_r; induction n as [|n IH]; simpl; [lra|].
unfold term; rewrite Nat.add_1_r; simpl pow; lra.
Qed.

Lemma remainder_bounds n z : 0 <= z <= / 2 -> 0 <= remainder z n <= 2 * z ^ (2 * n + 1).
Proof.
intros [low high].
destruct (MVT_gen (fun u => remainder u n) 0 z (fun u => u ^ (2 * n) / (1 - u ^ 2)))
  as [u [[u_low u_high] mean]].
- intros u; rewrite Rmin_left, Rmax_right by lra; intros; apply remainder_derive; lra.
- intros u; rewrite Rmin_left, Rmax_right by lra; intros.
  apply derivable_continuous_pt, ex_derive_Reals_0; eexists; apply remainder_derive; lra.
- rewrite Rmin_left in u_low by lra; rewrite Rmax_right in u_high by lra.
  rewrite remainder_0, !Rminus_0_r in mean; rewrite mean.
  assert (0 <= u ^ (2 * n) <= z ^ (2 * n)) by (split; [apply pow_le|apply pow_incr]; lra).
  assert (0 < / (1 - u ^ 2) <= 2).
  { split; [apply Rinv_0_lt_compat; nra|].
    replace 2 with (/ / 2) by field; apply Rinv_le_contravar; nra. }
  rewrite pow_add, pow_1; unfold Rdiv; split; [apply Rmult_le_pos; nra|].
  rewrite <- Rmult_assoc; apply Rmult_le_compat_r; [lra|]; nra.
Qed.

Lemma remainder_S z n : remainder z (S n) = remainder z n - term z n.
Proof. unfold remainder; simpl; ring. Qed.

(** *** Rounded division *)

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

(** ln m = 2 atanh ((m - 1)/(m + 1)) *)
Lemma ln_atanh p q : 0 < p -> 0 < q -> ln (p / q) = 2 * atanh ((p - q) / (p + q)).
Proof.
intros p0 q0; unfold atanh.
replace (1 + (p - q) / (p + q)) with (2 * p / (p + q)) by (field; lra).
replace (1 - (p - q) / (p + q)) with (2 * q / (p + q)) by (field; lra).
unfold Rdiv; assert (0 < / (p + q)) by (apply Rinv_0_lt_compat; lra).
rewrite !ln_mult, !ln_Rinv by (try apply Rinv_0_lt_compat; lra); lra.
Qed.

Lemma atanh_opp z : atanh (- z) = - atanh z.
Proof. unfold atanh, Rminus; rewrite Ropp_involutive; lra. Qed.

Lemma log_two_rounds up : rounds up (log_two_units bits up) (ln 2).
Proof.
assert (H := atanh_units_rounds up 1 3 ltac:(lia) ltac:(lia) ltac:(lia)).
replace 2 with (2 / 1) at 1 by field; rewrite ln_atanh by lra.
replace ((2 - 1) / (2 + 1)) with (1 / 3) by field.
unfold rounds, log_two_units in *; rewrite !mult_IZR; destruct up; lra.
Qed.

Lemma log_near_one_rounds up p q : (0 < p)%Z -> (0 < q)%Z ->
  (3 * q <= 4 * p)%Z -> (2 * p <= 3 * q)%Z ->
  rounds up (log_near_one_units bits up p q) (ln (IZR p / IZR q)).
Proof.
intros p0 q0 low high; rewrite ln_atanh by (apply IZR_lt; assumption).
rewrite <- minus_IZR, <- plus_IZR; unfold log_near_one_units; destruct (q <=? p)%Z eqn:qp.
- apply Z.leb_le in qp.
  assert (H := atanh_units_rounds up (p - q) (p + q) ltac:(lia) ltac:(lia) ltac:(lia)).
  unfold rounds in *; rewrite mult_IZR; destruct up; lra.
- apply Z.leb_gt in qp.
  assert (H := atanh_units_rounds (negb up) (q - p) (p + q) ltac:(lia) ltac:(lia) ltac:(lia)).
  replace (IZR (p - q)) with (- IZR (q - p)) by (rewrite !minus_IZR; ring).
  unfold Rdiv; rewrite Ropp_mult_distr_l_reverse; fold (IZR (q - p) / IZR (p + q)).
  rewrite atanh_opp; unfold rounds in *; rewrite opp_IZR, mult_IZR; destruct up; cbn [negb] in *; lra.
Qed.

Definition two_units : Z * Z := (log_two_units bits false, log_two_units bits true).

Theorem log_units_rounds up p q x : (0 < p)%Z -> (0 < q)%Z ->
  log_units bits two_units up p q = Some x -> rounds up x (ln (IZR p / IZR q)).
Proof.
intros p0 q0; unfold log_units, normalise.
set (k := if Z.leb (Z.shiftl (3 * q) _) _ then _ else _); clearbody k.
set (p' := Z.shiftl p _); set (q' := Z.shiftl q _).
destruct (_ && _)%bool eqn:range; [|discriminate].
apply andb_prop in range; destruct range as [low high].
apply Z.leb_le in low; apply Z.leb_le in high.
assert (p'E : p' = (p * 2 ^ Z.max 0 (- k))%Z) by (apply Z.shiftl_mul_pow2; lia).
assert (q'E : q' = (q * 2 ^ Z.max 0 k)%Z) by (apply Z.shiftl_mul_pow2; lia).
assert (p'0 : (0 < p')%Z) by (rewrite p'E; apply Z.mul_pos_pos; [lia|apply Z.pow_pos_nonneg; lia]).
assert (q'0 : (0 < q')%Z) by (rewrite q'E; apply Z.mul_pos_pos; [lia|apply Z.pow_pos_nonneg; lia]).
assert (near := log_near_one_rounds up p' q' p'0 q'0 low high).
assert (lnE : ln (IZR p / IZR q) = IZR k * ln 2 + ln (IZR p' / IZR q')).
{ rewrite p'E, q'E, !mult_IZR.
  assert (power : forall j, (0 <= j)%Z -> 0 < IZR (2 ^ j) /\ ln (IZR (2 ^ j)) = IZR j * ln 2).
  { intros j j0; split; [apply IZR_lt, Z.pow_pos_nonneg; lia|].
    rewrite <- (Z2Nat.id j j0) at 1; rewrite <- pow_IZR, <- Rpower_pow, ln_Rpower by lra.
    rewrite INR_IZR_INZ, Z2Nat.id by exact j0; reflexivity. }
  destruct (power (Z.max 0 (- k)) ltac:(lia)) as [a0 aE].
  destruct (power (Z.max 0 k) ltac:(lia)) as [b0 bE].
  assert (pR := IZR_lt _ _ p0); assert (qR := IZR_lt _ _ q0).
  assert (pa0 := Rmult_lt_0_compat _ _ pR a0); assert (qb0 := Rmult_lt_0_compat _ _ qR b0).
  unfold Rdiv; rewrite (ln_mult (IZR p)), (ln_mult (IZR p * _)), !ln_Rinv, !ln_mult, aE, bE
    by auto using Rinv_0_lt_compat.
  replace (IZR k) with (IZR (Z.max 0 k) - IZR (Z.max 0 (- k))) by (rewrite <- minus_IZR; f_equal; lia).
  ring. }
assert (low2 := log_two_rounds false); assert (high2 := log_two_rounds true).
unfold two_units; intros [= <-]; rewrite lnE; unfold rounds in *.
rewrite !plus_IZR, !mult_IZR.
destruct up, (k <? 0)%Z eqn:sign; simpl xorb; cbv iota;
  first [apply Z.ltb_lt in sign; apply IZR_lt in sign | apply Z.ltb_ge in sign; apply IZR_le in sign];
  simpl in near; nra.
Qed.

End Enclosure.

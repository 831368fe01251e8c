(** * Logarithms of rational numbers, enclosed

    x = 2^k m with 3/4 <= m <= 3/2, and ln x = k ln 2 + ln m, where

        ln m = 2 atanh z,  z = (m - 1)/(m + 1) in [-1/7, 1/5],    ln 2 = 2 atanh (1/3)

    The bounds on atanh are those of AtanhUnits. *)

From Coq Require Import Bool ZArith Reals Lra Lia.
From Monotone Require Import Checker.Atanh Checker.AtanhUnits.

(** ** The computation *)

Section Computation.
Local Open Scope Z_scope.
Variable bits : Z.
Local Notation atanh_units := (atanh_units bits).

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

Section Enclosure.
Variable bits : Z.
Hypothesis bits_ge0 : (0 <= bits)%Z.
Local Notation rounds := (rounds bits).

Lemma log_two_rounds up : rounds up (log_two_units bits up) (ln 2).
Proof.
assert (H := atanh_units_rounds bits bits_ge0 up 1 3 ltac:(lia) ltac:(lia) ltac:(lia)).
replace 2 with (2 / 1) at 1 by field; rewrite ln_atanh by lra.
replace ((2 - 1) / (2 + 1)) with (1 / 3) by field.
unfold AtanhUnits.rounds, log_two_units in *; rewrite !mult_IZR; destruct up; lra.
Qed.

Lemma log_near_one_rounds up p q : (0 < p)%Z -> (0 < q)%Z ->
  (3 * q <= 4 * p)%Z -> (2 * p <= 3 * q)%Z ->
  rounds up (log_near_one_units bits up p q) (ln (IZR p / IZR q)).
Proof.
intros p0 q0 low high; rewrite ln_atanh by (apply IZR_lt; assumption).
rewrite <- minus_IZR, <- plus_IZR; unfold log_near_one_units; destruct (q <=? p)%Z eqn:qp.
- apply Z.leb_le in qp.
  assert (H := atanh_units_rounds bits bits_ge0 up (p - q) (p + q) ltac:(lia) ltac:(lia) ltac:(lia)).
  unfold AtanhUnits.rounds in *; rewrite mult_IZR; destruct up; lra.
- apply Z.leb_gt in qp.
  assert (H := atanh_units_rounds bits bits_ge0 (negb up) (q - p) (p + q) ltac:(lia) ltac:(lia) ltac:(lia)).
  replace (IZR (p - q)) with (- IZR (q - p)) by (rewrite !minus_IZR; ring).
  unfold Rdiv; rewrite Ropp_mult_distr_l_reverse; fold (IZR (q - p) / IZR (p + q)).
  rewrite atanh_opp; unfold AtanhUnits.rounds in *; rewrite opp_IZR, mult_IZR; destruct up; cbn [negb] in *; lra.
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
unfold two_units; intros [= <-]; rewrite lnE; unfold AtanhUnits.rounds in *.
rewrite !plus_IZR, !mult_IZR.
destruct up, (k <? 0)%Z eqn:sign; simpl xorb; cbv iota;
  first [apply Z.ltb_lt in sign; apply IZR_lt in sign | apply Z.ltb_ge in sign; apply IZR_le in sign];
  simpl in near; nra.
Qed.

End Enclosure.

(** * Square roots of rational numbers, enclosed

    With y = 4^bits x, the integer square root n of floor(y) has n <= sqrt y, and that of ceiling(y)
    has sqrt y < n + 1. Divided by 2^bits, these are bounds on sqrt x. *)

From Coq Require Import ZArith QArith Qreals Reals Lra Lia.
From Monotone Require Import Checker.Rationals.
Local Open Scope Z_scope.

Section Roots.
Variable bits : Z.

Definition scaled_floor (x : Q) : Z := Z.shiftl (Qnum x) (2 * bits) / Zpos (Qden x).
Definition scaled_ceiling (x : Q) : Z := - (Z.shiftl (- Qnum x) (2 * bits) / Zpos (Qden x)).
Definition in_units (n : Z) : Q := reduce (n # Z.to_pos (2 ^ bits)).

Definition root_below (x : Q) : Q := in_units (Z.sqrt (Z.max 0 (scaled_floor x))).
Definition root_above (x : Q) : Q := in_units (Z.sqrt (scaled_ceiling x) + 1).

Hypothesis bits_ge0 : 0 <= bits.
Local Open Scope R_scope.
Let unit := IZR (2 ^ bits).

Lemma root_unit_gt0 : 0 < unit.
Proof. apply IZR_lt, Z.pow_pos_nonneg; lia. Qed.

Lemma in_unitsE n : Q2R (in_units n) = IZR n / unit.
Proof.
unfold in_units; rewrite (Qeq_eqR _ _ (reduce_eq _)); unfold Q2R; cbn [Qnum Qden].
rewrite Z2Pos.id by (apply Z.pow_pos_nonneg; lia); reflexivity.
Qed.

Lemma shiftl_twice x : IZR (Z.shiftl x (2 * bits)) = IZR x * unit * unit.
Proof.
rewrite Z.shiftl_mul_pow2 by lia; replace (2 * bits)%Z with (bits + bits)%Z by lia.
rewrite Z.pow_add_r, !mult_IZR by exact bits_ge0; unfold unit; ring.
Qed.

Lemma scaled_floor_le x : IZR (scaled_floor x) <= Q2R x * unit * unit.
Proof.
unfold scaled_floor, Q2R; assert (d0 : 0 < IZR (Zpos (Qden x))) by (apply IZR_lt; reflexivity).
apply Rmult_le_reg_r with (IZR (Zpos (Qden x))); [exact d0|].
replace (IZR (Qnum x) * / IZR (Zpos (Qden x)) * unit * unit * IZR (Zpos (Qden x)))
  with (IZR (Qnum x) * unit * unit) by (field; lra).
rewrite <- shiftl_twice, <- mult_IZR; apply IZR_le; rewrite Z.mul_comm.
apply Z.mul_div_le; reflexivity.
Qed.

Lemma scaled_ceiling_ge x : Q2R x * unit * unit <= IZR (scaled_ceiling x).
Proof.
assert (H := scaled_floor_le (- x)); rewrite Qreals.Q2R_opp in H.
unfold scaled_floor in H; cbn [Qnum Qden Qopp] in H.
unfold scaled_ceiling; rewrite opp_IZR; lra.
Qed.

Lemma root_below_le x r : 0 <= r -> Q2R x <= r -> Q2R (root_below x) <= sqrt r.
Proof.
intros r0 xr; unfold root_below; rewrite in_unitsE; assert (unit0 := root_unit_gt0).
set (y := Z.max 0 (scaled_floor x)); assert (y0 : (0 <= y)%Z) by apply Z.le_max_l.
destruct (Z.sqrt_spec y y0) as [square _].
assert (yr : IZR y <= r * unit * unit).
{ unfold y; destruct (Z.max_spec 0 (scaled_floor x)) as [[_ ->]|[_ ->]].
  - eapply Rle_trans; [apply scaled_floor_le|]; repeat apply Rmult_le_compat_r; lra.
  - simpl; repeat apply Rmult_le_pos; lra. }
assert (n0 : 0 <= IZR (Z.sqrt y)) by apply IZR_le, Z.sqrt_nonneg.
apply Rmult_le_reg_r with unit; [exact unit0|].
unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
apply Rsqr_incr_0_var; [|apply Rmult_le_pos; [apply sqrt_pos|lra]].
rewrite Rsqr_mult, Rsqr_sqrt by exact r0; unfold Rsqr.
apply IZR_le in square; rewrite mult_IZR in square; lra.
Qed.

Lemma root_above_ge x r : 0 <= r -> r <= Q2R x -> sqrt r <= Q2R (root_above x).
Proof.
intros r0 rx; unfold root_above; rewrite in_unitsE; assert (unit0 := root_unit_gt0).
set (y := scaled_ceiling x).
assert (ry : r * unit * unit <= IZR y).
{ eapply Rle_trans; [|apply scaled_ceiling_ge]; repeat apply Rmult_le_compat_r; lra. }
assert (y0 : (0 <= y)%Z) by (apply le_IZR; eapply Rle_trans; [|exact ry]; repeat apply Rmult_le_pos; lra).
destruct (Z.sqrt_spec y y0) as [_ square]; rewrite <- Z.add_1_r in square.
assert (n0 : 0 <= IZR (Z.sqrt y)) by apply IZR_le, Z.sqrt_nonneg.
apply Rmult_le_reg_r with unit; [exact unit0|].
unfold Rdiv; rewrite (Rmult_assoc (IZR _)), Rinv_l, Rmult_1_r by lra.
apply Rsqr_incr_0_var; [|rewrite plus_IZR; lra].
rewrite Rsqr_mult, Rsqr_sqrt by exact r0; unfold Rsqr.
apply IZR_lt in square; rewrite mult_IZR in square; lra.
Qed.

End Roots.

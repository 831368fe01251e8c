(** * Two bounds on the natural logarithm by rational functions

        ln x ≤ x − 1                                (the tangent at 1)
        ln x ≥ (x − 1)(5x + 1) / (2x(x + 2))        (for Pinsker's inequality)

    Every inequality about divergences here comes from one of them. In the second, ln x less the
    fraction is 0 at 1 and has the derivative (x − 1)³ / (x(x + 2))². *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
Local Open Scope R_scope.

Lemma ln_le_sub1 x : 0 < x -> ln x <= x - 1.
Proof.
intros x_gt0.
assert (H := exp_ineq1_le (ln x)); rewrite exp_ln in H; lra.
Qed.

Lemma ln_ge_rational x : 0 < x -> (x - 1) * (5 * x + 1) / (2 * x * (x + 2)) <= ln x.
Proof.
intros x_gt0.
pose (f := fun u => ln u - (u - 1) * (5 * u + 1) / (2 * u * (u + 2))).
pose (df := fun u => (u - 1) ^ 3 / (u * (u + 2)) ^ 2).
assert (above : forall u, Rmin 1 x <= u -> 0 < u).
{ intros u; assert (0 < Rmin 1 x) by (apply Rmin_glb_lt; lra); lra. }
assert (derivative : forall u, 0 < u -> is_derive f u (df u)).
{ intros u u_gt0; unfold f, df; auto_derive.
  - repeat split; try nra; apply Rmult_integral_contrapositive; lra.
  - field; split; lra. }
destruct (MVT_gen f 1 x df) as [u [[low high] mean]].
- intros u [low _]; apply derivative, above; lra.
- intros u [low _]; apply derivable_continuous_pt, ex_derive_Reals_0.
  exists (df u); apply derivative, above; lra.
- assert (f 1 = 0) as start by (unfold f; rewrite ln_1; field).
  assert (0 <= (u - 1) ^ 3 * (x - 1)) as sign.
  { replace ((u - 1) ^ 3 * (x - 1)) with ((u - 1) ^ 2 * ((u - 1) * (x - 1))) by ring.
    apply Rmult_le_pos; [apply pow2_ge_0|].
    destruct (Rle_dec 1 x).
    - rewrite Rmin_left in low by lra; nra.
    - rewrite Rmax_left in high by lra; nra. }
  assert (0 < u) as u_gt0 by (apply above; lra).
  assert (0 <= df u * (x - 1)).
  { unfold df; replace ((u - 1) ^ 3 / (u * (u + 2)) ^ 2 * (x - 1))
      with ((u - 1) ^ 3 * (x - 1) / (u * (u + 2)) ^ 2) by (field; nra).
    apply Rmult_le_pos; [exact sign|]; left; apply Rinv_0_lt_compat, pow_lt; nra. }
  unfold f in *; lra.
Qed.

(** The same without fractions. *)
Lemma ln_ge_rational_cleared x : 0 < x -> (x - 1) * (5 * x + 1) <= 2 * x * (x + 2) * ln x.
Proof.
intros x_gt0; assert (0 < 2 * x * (x + 2)) as denominator by nra.
apply Rle_trans with (2 * x * (x + 2) * ((x - 1) * (5 * x + 1) / (2 * x * (x + 2)))).
- right; field; lra.
- apply Rmult_le_compat_l; [lra|]; apply ln_ge_rational, x_gt0.
Qed.

(** * The series of atanh, and what it leaves out

        atanh z = (ln (1 + z) − ln (1 − z))/2 = z + z³/3 + z⁵/5 + ...

    After n terms, from 0 to 2 z^(2n+1) is left out for 0 <= z <= 1/2: the difference has the derivative
    z^(2n)/(1 − z²). *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
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

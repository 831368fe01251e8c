(** * How far a softmax policy moves when one logit does

        u = (e − 1)/Z,   Z = 1 + p (e − 1),   e = exp t

    has slope 1 at t = 0: |u − t| ≤ 8t² and u² ≤ 25t² for |t| ≤ 1/2. All that is used of e is that
    1 + t ≤ e ≤ 1/(1 − t). For SoftmaxGradient. *)

From Coq Require Import Reals Lra Psatz.
From mathcomp Require Import ssreflect.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Slope.
Local Open Scope R_scope.
Variables t e p : R.
Hypotheses (t_small : - (1 / 2) <= t <= 1 / 2) (e_low : 1 + t <= e) (e_high : e * (1 - t) <= 1).
Hypothesis p01 : 0 <= p <= 1.
Local Notation Z := (1 + p * (e - 1)).

Lemma move_rest : 0 <= e - 1 - t <= 2 * (t * t).
Proof. split; nra. Qed.

Lemma move_mass : 1 / 2 <= Z.
Proof. have := move_rest; nra. Qed.

Lemma move_second (u : R) : u * Z = e - 1 -> - (8 * (t * t)) <= u - t <= 8 * (t * t).
Proof.
move=> uE; have [d0 d1] := move_rest; have Zh := move_mass.
have N : (u - t) * Z = (e - 1 - t) - t * p * (e - 1) by rewrite Rmult_minus_distr_r uE; ring.
have [a0 a1] : - (2 * (t * t)) <= t * (e - 1) <= 2 * (t * t) by split; nra.
have [b0 b1] : - (2 * (t * t)) <= p * (t * (e - 1)) <= 2 * (t * t) by split; nra.
have [c0 c1] : - (4 * (t * t)) <= (u - t) * Z <= 4 * (t * t) by rewrite N; split; nra.
split; nra.
Qed.

Lemma move_square (u : R) : u * Z = e - 1 -> u * u <= 25 * (t * t).
Proof.
move=> /move_second[lo hi]; have [t0|t0] := Rle_or_lt 0 t.
  have [x y] : - (5 * t) <= u <= 5 * t by split; nra.
  nra.
have [x y] : 5 * t <= u <= - (5 * t) by split; nra.
nra.
Qed.
End Slope.

(** The exponential is such an e. *)
Lemma exp_between (t : R) : (- (1 / 2) <= t <= 1 / 2 -> 1 + t <= exp t /\ exp t * (1 - t) <= 1)%R.
Proof.
move=> [lo hi]; split; first exact: exp_ineq1_le.
have e0 := exp_pos t; have := exp_ineq1_le (- t); rewrite exp_Ropp => le.
have : (exp t * (1 + - t) <= exp t * / exp t)%R by apply: Rmult_le_compat_l => //; lra.
by rewrite Rinv_r; lra.
Qed.

Lemma move_exp (t p u : R) :
  (- (1 / 2) <= t <= 1 / 2 -> 0 <= p <= 1 -> u * (1 + p * (exp t - 1)) = exp t - 1 ->
  (- (8 * (t * t)) <= u - t <= 8 * (t * t)) /\ u * u <= 25 * (t * t))%R.
Proof.
move=> box p01 uE; have [low high] := exp_between box.
by split; [apply: (move_second (e := exp t) (p := p)) | apply: (move_square (e := exp t) (p := p))].
Qed.

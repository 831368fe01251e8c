(** * No constant of kl-pinsker and of mean-kl-root can be smaller

    For every k < 1 each is refuted as k · B, by fair coins with γ = x as x tends to 0: there |G| ≥ γx²,
    and both bounds are at most γx²/((1−x)²(1−x²)).

    The constant 4 of kl is not the best: kl-pinsker has 2. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate.
From Monotone Require Import Divergences.RealArithmetic Divergences.KullbackLeibler.
From Monotone Require Import Divergences.PolicyDivergence Bounds.MeanKl.
From Monotone Require Import Attainment.FairLeave Attainment.BestDivergences.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section BestDivergenceBounds.
Variable k : R.
Hypotheses (k0 : 0 <= k) (k1 : k < 1).

(** A number x between 0 and 1/8 with 4x < 1 − k *)
Local Notation x := (4^-1 * small k).

Let quarter0 : 0 < 4^-1 :> R. Proof. by rewrite invr_gt0 ltr0n. Qed.
Let x_gt0 : 0 < x := mulr_gt0 quarter0 (small_gt0 k1).
Let x0 : 0 <= x := ltW x_gt0.

Let x_small : 4 * x < 1 - k.
Proof. by rewrite mulVKf ?pnatr_eq0// small_lt. Qed.

Let x_lt1 : x < 1.
Proof. by have := x_small; have := k0; have := x0; set y := x => *; real_lra. Qed.

Let x01 : 0 <= x <= 1. Proof. by rewrite x0 (ltW x_lt1). Qed.

Local Notation π := (coin_policy x0 x_lt1 zero_share).
Local Notation π' := (coin_policy x0 x_lt1 x01).

(** k < (1−x)² (1−x²) *)
Lemma room : k < (1 - x) ^+ 2 * (1 - x ^+ 2).
Proof.
have y0 := x0; have y1 := ltW x_lt1; apply: lt_le_trans (_ : 1 - 4 * x <= _).
  by rewrite ltr_subr_addr addrC -ltr_subr_addr x_small.
move: x y0 y1 => y y0 y1.
have -> : (1 - y) ^+ 2 * (1 - y ^+ 2) = 1 - 4 * y + (2 * y + y ^+ 3 * (2 - y)) by ring.
rewrite ler_addl addr_ge0 ?mulr_ge0 ?ler0n ?exprn_ge0// subr_ge0.
by apply: le_trans y1 _; rewrite ler1n.
Qed.

Let one_x2 : 0 < 1 - x ^+ 2.
Proof. by have := le_lt_trans k0 room; rewrite pmulr_rgt0 ?exprn_gt0 ?subr_gt0. Qed.

(** What both bounds come to is less than γx². *)
Lemma too_small (g B : R) : x * x ^+ 2 <= g -> g <= B ->
  B <= k * (x * x ^+ 2 / ((1 - x) ^+ 2 * (1 - x ^+ 2))) -> False.
Proof.
move=> low high Bk; have := le_trans low (le_trans high Bk); apply/negP; rewrite -ltNge.
have P0 : 0 < (1 - x) ^+ 2 * (1 - x ^+ 2) := le_lt_trans k0 room.
have X0 : 0 < x * x ^+ 2 := mulr_gt0 x_gt0 (exprn_gt0 2 x_gt0).
rewrite mulrCA (gtr_pmulr _ X0).
by rewrite ltr_pdivr_mulr// mul1r room.
Qed.

Let b := 2^-1 * (x ^+ 2 / (1 - x ^+ 2)).

Let b_ge0 : 0 <= b.
Proof.
apply: mulr_ge0; first by rewrite invr_ge0 ler0n.
by apply: divr_ge0; [apply: sqr_ge0 | apply: ltW one_x2].
Qed.

Lemma coin_max_divergence : exists2 r : R, max_divergence π π' = r%:E & r <= b.
Proof.
exists (maximum (live (coin x0 x_lt1)) (state_divergence π π')).
  by rewrite max_divergence_finite// => s _; apply: coin_dominated x_lt1 _.
by apply: maximum_le b_ge0 _ => s _; apply: coin_divergence x_lt1 _.
Qed.

Theorem kl_pinsker_best :
  ~ forall (S A : finType) (M : mdp [realFieldType of R] S A) (π π' : policy M),
    (`|expected_return π' - surrogate π π'|%:E <=
      (k * (2 * discount M * max_advantage π / (1 - discount M) ^+ 2))%:E *
      mine (max_divergence π π') (max_divergence π' π))%E.
Proof.
move=> /(_ _ _ _ π π'); rewrite coin_max_advantage mulr1 [discount _]/(x).
have c0 : 0 <= k * (2 * x / (1 - x) ^+ 2).
  apply: mulr_ge0; [exact: k0 | apply: divr_ge0; last exact: sqr_ge0].
  by apply: mulr_ge0; [apply: ler0n | apply: x0].
have [r rE rb] := coin_max_divergence => le.
have {}le : (`|expected_return π' - surrogate π π'|%:E <= (k * (2 * x / (1 - x) ^+ 2))%:E * r%:E)%E.
  apply: le_trans le _; rewrite -rE; apply: lee_pmul; rewrite ?lee_fin//.
    by rewrite le_minr !max_divergence_ge0.
  by rewrite le_minl lexx.
move: le; rewrite -EFinM lee_fin => le.
apply: (too_small (coin_gap x0 x_lt1 x01) le).
apply: le_trans (ler_wpmul2l c0 rb) _; apply: eq_ge; rewrite /b.
have h0 : 0 < 1 - x by rewrite subr_gt0.
by move: x h0 one_x2 => y h1 h2; field; rewrite !gt_eqF.
Qed.

(** √2 √b ≤ x/(1−x²) *)
Lemma root_two_le : Num.sqrt 2 * Num.sqrt b <= x / (1 - x ^+ 2).
Proof.
have y1 : 1 - x ^+ 2 <= 1 by rewrite ler_subl_addr ler_addl sqr_ge0.
have z0 : 0 <= x / (1 - x ^+ 2) by apply: divr_ge0; [apply: x0 | apply: ltW one_x2].
rewrite -sqrtrM ?ler0n//; apply: sqrt_le => //; rewrite /b.
rewrite [leRHS](_ : _ = 2 * (2^-1 * (x ^+ 2 / (1 - x ^+ 2))) / (1 - x ^+ 2)); last first.
  by move: x one_x2 => y h2; field; rewrite !gt_eqF.
have w0 : 0 <= 2 * b by rewrite mulr_ge0 ?ler0n.
by rewrite ler_pdivl_mulr//; apply: ler_pimulr w0 y1.
Qed.

Lemma regroup (F : fieldType) (a u y h v : F) :
  a * (u * y * y / h) * v = a * (y * y / h) * (u * v).
Proof. by ring. Qed.

Theorem mean_kl_root_best :
  ~ forall (S A : finType) (M : mdp [realFieldType of R] S A) (π π' : policy M),
    (`|expected_return π' - surrogate π π'|%:E <=
      (k * (Num.sqrt 2 * discount M * max_expected_advantage π π' / (1 - discount M) ^+ 2))%:E *
      extended_sqrt (mine (weighted_divergence (state_distribution π) π π')
        (weighted_divergence (state_distribution π) π' π)))%E.
Proof.
move=> /(_ _ _ _ π π'); rewrite coin_max_expected_advantage [discount _]/(x).
set c := k * _; have c0 : 0 <= c.
  apply: mulr_ge0; [exact: k0 | apply: divr_ge0; last exact: sqr_ge0].
  by apply: mulr_ge0; [apply: mulr_ge0; [apply: sqrtr_ge0 | apply: x0] | apply: x0].
have d0 := state_distribution_ge0 π.
have rE : weighted_divergence (state_distribution π) π π' =
    (\sum_s state_distribution π s * state_divergence π π' s)%:E.
  by rewrite weighted_divergence_finite// => s _; apply: coin_dominated x_lt1 _.
have rb : \sum_s state_distribution π s * state_divergence π π' s <= b.
  apply: le_trans (_ : \sum_s state_distribution π s * b <= _); last first.
    by rewrite -mulr_suml state_distribution_sum1 mul1r.
  by apply: ler_sum => s _; rewrite ler_wpmul2l//; apply: coin_divergence x_lt1 _.
move=> le; have {}le : `|expected_return π' - surrogate π π'| <= c * Num.sqrt b.
  have : (mine (weighted_divergence (state_distribution π) π π')
    (weighted_divergence (state_distribution π) π' π) <= b%:E)%E by rewrite le_minl rE lee_fin rb.
  move: le; case: (mine _ _) => [y| |] //=; rewrite ?lee_fin => le yb.
    by apply: le_trans le _; rewrite ler_wpmul2l// ler_wsqrtr.
  apply: le_trans (_ : 0 <= _); last by rewrite mulr_ge0 ?sqrtr_ge0.
  move: le; have [->|c_neq0] := eqVneq c 0; first by rewrite mul0e lee_fin.
  by rewrite gt0_muleNy ?lte_fin ?lt_def ?c_neq0// leeNy_eq.
apply: (too_small (coin_gap x0 x_lt1 x01) le).
have -> : c * Num.sqrt b = k * (x * x / (1 - x) ^+ 2) * (Num.sqrt 2 * Num.sqrt b).
  exact: regroup.
apply: le_trans (ler_wpmul2l _ root_two_le) _.
  by apply: mulr_ge0; [exact: k0 | apply: divr_ge0; [apply: mulr_ge0 x0 x0 | exact: sqr_ge0]].
have h0 : 0 < 1 - x by rewrite subr_gt0.
by apply: eq_ge; move: x h0 one_x2 => y h1 h2; field; rewrite !gt_eqF.
Qed.

End BestDivergenceBounds.

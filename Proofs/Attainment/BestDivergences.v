(** * No constant of the inequalities between divergences can be smaller

    For every k < 1

        TV² ≤ k KL/2          is refuted by a fair choice that moves by δ, as δ tends to 0:
                              TV = δ and KL = −½ ln (1 − 4δ²) ≤ 2δ²/(1 − 4δ²);
        TV ≤ k √(1 − e^−KL)   by a certain choice that keeps the probability ε, as ε tends to 0:
                              TV = 1 − ε and KL = −ln ε. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate.
From Monotone Require Import Divergences.RealArithmetic Divergences.TotalVariation.
From Monotone Require Import Divergences.KullbackLeibler Divergences.PolicyDivergence.
From Monotone Require Import Divergences.BretagnolleHuber FalseVariants.Bandit.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Number.
Variables (F : realFieldType) (k : F).
Hypothesis k1 : k < 1.

(** A number between 0 and 1/2 that is less than 1 − k *)
Definition small : F := (1 - k) / (2 * (2 - k)).

Let two_k : 1 < 2 - k.
Proof. by rewrite ltr_subr_addr addrC -ltr_subr_addr (_ : 2 - 1 = 1) //; ring. Qed.

Let two_k0 : 0 < 2 - k := lt_trans ltr01 two_k.

Lemma small_gt0 : 0 < small.
Proof. by rewrite divr_gt0 ?mulr_gt0 ?ltr0n// subr_gt0. Qed.

Lemma small_lt : small < 1 - k.
Proof.
rewrite ltr_pdivr_mulr ?mulr_gt0 ?ltr0n// ltr_pmulr ?subr_gt0//.
by apply: lt_trans two_k _; rewrite ltr_pmull// ltr1n.
Qed.

Lemma small_lt_half : small < 2^-1.
Proof.
rewrite ltr_pdivr_mulr ?mulr_gt0 ?ltr0n// mulKf ?pnatr_eq0//.
by rewrite ltr_add2r ltr1n.
Qed.

Lemma small_le1 : small <= 1.
Proof. by apply: le_trans (ltW small_lt_half) _; rewrite invf_le1 ?ltr0n ?ler1n. Qed.

(** 4δ² < 1 − k for δ = small/2 *)
Lemma small_square : small ^+ 2 < 1 - k.
Proof.
apply: le_lt_trans small_lt; rewrite expr2.
by apply: ler_pimulr (ltW small_gt0) small_le1.
Qed.

Lemma small_share : 0 <= small <= 1.
Proof. by rewrite (ltW small_gt0) small_le1. Qed.

Lemma half_small_share : 0 <= 2^-1 - 2^-1 * small <= 1.
Proof.
have h0 : 0 <= 2^-1 :> F by rewrite invr_ge0 ler0n.
rewrite -{1 3}[2^-1]mulr1 -mulrBr mulr_ge0 ?subr_ge0 ?small_le1//=.
apply: mulr_ile1; rewrite ?subr_ge0 ?small_le1// ?invf_le1 ?ltr0n ?ler1n//.
by rewrite ler_subl_addr ler_addl (ltW small_gt0).
Qed.

End Number.

Section BestDivergences.
Variable k : R.
Hypothesis k1 : k < 1.

Local Notation x := (small k).

Let x0 : 0 < x := small_gt0 k1.
Let x1 : x <= 1 := small_le1 k1.

(** ** Bretagnolle–Huber *)

Lemma one_share : 0 <= (1 : R) <= 1. Proof. by rewrite ler01 lexx. Qed.

Local Notation sure := (arm one_share).
Local Notation rare := (arm (small_share k1)).

Lemma sure_dominated : dominated (sure tt) (rare tt).
Proof.
apply/dominatedP; case=> //= [xE|_]; last by rewrite subrr.
by move: x0; rewrite xE ltxx.
Qed.

Lemma sure_divergence : state_divergence sure rare tt = - ln x.
Proof.
rewrite /state_divergence /divergence big_bool /= subrr mul0r addr0 mul1r.
by rewrite ?div1r lnV.
Qed.

Lemma sure_total_variation : state_total_variation sure rare tt = 1 - x.
Proof.
have y0 : 0 <= 1 - x by rewrite subr_ge0.
rewrite /state_total_variation big_bool /= subrr sub0r normrN ger0_norm//.
by field.
Qed.

Theorem bretagnolle_huber_best :
  ~ forall (S A : finType) (M : mdp [realFieldType of R] S A) (π π' : policy M) (s : S),
    state_total_variation π π' s <=
      k * Num.sqrt (1 - exp_opposite (extended_state_divergence π π' s)).
Proof.
move=> /(_ _ _ bandit sure rare tt).
rewrite /extended_state_divergence /extended_divergence sure_dominated /=.
rewrite -/(state_divergence sure rare tt) sure_divergence sure_total_variation opprK.
have /RltP/exp_ln-> := x0; set y := 1 - x.
have ky : k < y by rewrite /y ltr_subr_addr addrC -ltr_subr_addr small_lt.
have y1 : y <= 1 by rewrite ler_subl_addr ler_addl (ltW x0).
have y_gt0 : 0 < y.
  by rewrite subr_gt0; apply: lt_trans (small_lt_half k1) _; rewrite invf_lt1 ?ltr0n ?ltr1n.
have root_gt0 : 0 < Num.sqrt y by rewrite sqrtr_gt0.
have root2 : Num.sqrt y * Num.sqrt y = y by rewrite -expr2 sqr_sqrtr// ltW.
apply/negP; rewrite -ltNge -{2}root2 ltr_pmul2r//; apply: lt_le_trans ky _.
rewrite -{1}root2; apply: ler_pimulr (ltW root_gt0) _.
by apply: sqrt_le; rewrite ?ler01// expr1n.
Qed.

(** ** Pinsker *)

Local Notation δ := (2^-1 * x).
Local Notation moved := (arm (half_small_share k1)).

Let one_x2 : 0 < 1 - x ^+ 2.
Proof.
rewrite subr_gt0; apply: le_lt_trans (_ : x < 1); first by rewrite expr2; apply: ler_pimulr (ltW x0) x1.
by apply: lt_trans (small_lt_half k1) _; rewrite invf_lt1 ?ltr0n ?ltr1n.
Qed.

Let minus_gt0 : 0 < 1 - x.
Proof. by rewrite subr_gt0; apply: lt_trans (small_lt_half k1) _; rewrite invf_lt1 ?ltr0n ?ltr1n. Qed.

Let plus_gt0 : 0 < 1 + x.
Proof. exact: addr_gt0 ltr01 x0. Qed.

Lemma moved_probability : 2^-1 - δ = 2^-1 * (1 - x) /\ 1 - (2^-1 - δ) = 2^-1 * (1 + x).
Proof. by split; field. Qed.

Lemma moved_dominated : dominated (fair tt) (moved tt).
Proof.
have [pE qE] := moved_probability; have h0 : 2^-1 != 0 :> R by rewrite invr_eq0 pnatr_eq0.
apply/dominatedP; case=> /= /eqP; rewrite ?qE ?pE mulf_eq0 (negbTE h0) /= gt_eqF//.
Qed.

Lemma moved_total_variation : state_total_variation fair moved tt = δ.
Proof.
have d0 : 0 <= δ by rewrite mulr_ge0 ?invr_ge0 ?ler0n ?(ltW x0).
rewrite /state_total_variation big_bool /=.
have -> : 2^-1 - (2^-1 - δ) = δ by ring.
have -> : 1 - 2^-1 - (1 - (2^-1 - δ)) = - δ by ring.
by rewrite normrN ger0_norm//; field.
Qed.

(** −½ ln (1 − x²) ≤ ½ x²/(1 − x²) *)
Lemma moved_divergence : state_divergence fair moved tt <= 2^-1 * (x ^+ 2 / (1 - x ^+ 2)).
Proof.
have [pE qE] := moved_probability.
rewrite /state_divergence /divergence big_bool /= qE pE.
have -> : 2^-1 / (2^-1 * (1 - x)) = (1 - x)^-1 by field; rewrite gt_eqF.
have -> : 1 - 2^-1 = 2^-1 :> R by field.
have -> : 2^-1 / (2^-1 * (1 + x)) = (1 + x)^-1 by field; rewrite gt_eqF.
rewrite -mulrDr -lnM ?invr_gt0// ler_wpmul2l ?invr_ge0 ?ler0n//.
have -> : (1 - x)^-1 / (1 + x) = (1 - x ^+ 2)^-1 by rewrite -invfM; congr (_^-1); ring.
apply: le_trans (ln_le _) _; first by rewrite invr_gt0.
by apply: eq_ge; field; rewrite gt_eqF.
Qed.

Theorem pinsker_best :
  ~ forall (S A : finType) (M : mdp [realFieldType of R] S A) (π π' : policy M) (s : S),
    ((state_total_variation π π' s ^+ 2)%:E <=
      (k * 2^-1)%:E * extended_state_divergence π π' s)%E.
Proof.
move=> /(_ _ _ bandit fair moved tt).
rewrite /extended_state_divergence /extended_divergence moved_dominated lee_fin.
rewrite -/(state_divergence fair moved tt) moved_total_variation; apply/negP; rewrite -ltNge.
have h0 : 0 < 2^-1 :> R by rewrite invr_gt0 ltr0n.
have d0 : 0 < δ ^+ 2 := exprn_gt0 2 (mulr_gt0 h0 x0).
have [k0|k0] := leP k 0.
  apply: le_lt_trans d0; apply: mulr_le0_ge0 (state_divergence_ge0 moved_dominated).
  exact: mulr_le0_ge0 k0 (ltW h0).
have kh : 0 <= k * 2^-1 := mulr_ge0 (ltW k0) (ltW h0).
apply: le_lt_trans (ler_wpmul2l kh moved_divergence) _.
rewrite [X in X < _](_ : _ = δ ^+ 2 * (k / (1 - x ^+ 2))); last by field; rewrite gt_eqF.
rewrite gtr_pmulr// ?ltr_pdivr_mulr// mul1r.
by rewrite ltr_subr_addr addrC -ltr_subr_addr small_square.
Qed.

End BestDivergences.

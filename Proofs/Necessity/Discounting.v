(** * visitation-shift-span needs a discount below 1

    In stay-or-leave with the discount 1, from leaving at once to staying half of the time: Ā = 1/2 and
    sp(Ā) = 1/2, ρ rises from 1 to 2, and the gap is 1/2. That is the bound of visitation-shift, and twice
    that of visitation-shift-span: the visitations differ in mass. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima Model Attainment.StayOrLeave.
From Monotone Require Import Undiscounted.Endings Undiscounted.EndingPolicies Undiscounted.EndingClaims.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Discounting.
Variable R : realFieldType.
Local Notation M := (run (lexx (0 : R)) ltr01).
Local Notation half := (2^-1 : R).

(** To stay with the probability x *)
Section Staying.
Variable x : R.
Hypotheses (x0 : 0 <= x) (x1 : x < 1).

Definition stay_prob (s a : bool) : R := s%:R * (if a then x else 1 - x).

Lemma stay_prob_ge0 s a : 0 <= stay_prob s a.
Proof. by rewrite mulr_ge0 ?ler0n //; case: a; rewrite ?subr_ge0 // ltW. Qed.

Lemma stay_prob_unavailable s a : ~~ avail M s a -> stay_prob s a = 0.
Proof. by rewrite /stay_prob /=; case: s => // _; rewrite mul0r. Qed.

Lemma stay_prob_sum1 s : live M s -> \sum_a stay_prob s a = 1.
Proof. by rewrite run_live big_bool /stay_prob => -> /=; ring. Qed.

Definition stay : policy M := Policy stay_prob_ge0 stay_prob_unavailable stay_prob_sum1.

Lemma stay_kernel (s t : bool) : kernel M stay s t = if s then if t then x else 1 - x else (~~ t)%:R.
Proof.
rewrite /kernel run_live big_bool /= /stay_prob /run_transition.
by case: s; case: t => /=; ring.
Qed.

Lemma stay_ends : ends stay.
Proof.
have h0 : 1 - x != 0 by rewrite subr_eq0 gt_eqF.
apply: (@ends_bounded _ _ _ _ _ (fun s : bool => s%:R / (1 - x))) => s.
rewrite run_live => sl; rewrite big_bool !stay_kernel sl /= !mul0r mulr0 addr0 !mul1r.
by apply: eq_ge; field.
Qed.

Lemma stay_value s : value stay s = s%:R * (x / (1 - x)).
Proof.
have h0 : 1 - x != 0 by rewrite subr_eq0 gt_eqF.
symmetry; move: s; apply: (value_unique stay_ends) => [s|s]; first by rewrite run_live => /negbTE->; rewrite mul0r.
rewrite /mean_reward !big_bool !stay_kernel /= /stay_prob /run_reward.
by case: s => /=; field.
Qed.

Lemma stay_visitation s : visitation stay s = s%:R / (1 - x).
Proof.
have h0 : 1 - x != 0 by rewrite subr_eq0 gt_eqF.
symmetry; move: s; apply: (visitation_unique stay_ends) => s; rewrite run_live.
  by move/negbTE->; rewrite mul0r.
by move=> sl; rewrite big_bool !stay_kernel sl /=; field.
Qed.

End Staying.

Let half0 : 0 <= half. Proof. by rewrite invr_ge0 ler0n. Qed.
Let half1 : half < 1. Proof. by rewrite invf_lt1 ?ltr0n // ltr1n. Qed.
Local Notation π := (stay (lexx 0) ltr01).
Local Notation π' := (stay half0 half1).

Lemma stay_expected_advantage s : expected_advantage π π' s = s%:R / 2.
Proof.
rewrite /expected_advantage big_bool /advantage /action_value !big_bool !stay_value.
by rewrite /= /stay_prob /run_reward; case: s => /=; field.
Qed.

Theorem discounting_matters :
  ~ forall (S A : finType) (M : mdp R S A) (π π' : policy M), ends π -> ends π' ->
    `|expected_return π' - surrogate π π'| <=
      2^-1 * (\sum_s `|visitation π' s - visitation π s|) * span (expected_advantage π π').
Proof.
move/(_ _ _ _ π π' (stay_ends _ _) (stay_ends _ _)).
have -> : expected_return π' - surrogate π π' = half.
  rewrite /surrogate /policy_advantage /expected_return !big_bool !stay_visitation.
  by rewrite !stay_expected_advantage !stay_value /=; field.
have -> : \sum_s `|visitation π' s - visitation π s| = 1.
  rewrite big_bool !stay_visitation /= !mul0r subrr normr0 addr0.
  by rewrite (_ : _ - _ = 1) ?normr1 //; field.
have span_le : span (expected_advantage π π') <= half.
  apply: span_le => // s t; rewrite !stay_expected_advantage -mulrBl ler_pdivr_mulr ?ltr0n //.
  by rewrite mulVf ?pnatr_eq0 // ler_subl_addl -(natrD _ _ 1) ler_nat; case: s; case: t.
rewrite mulr1 ger0_norm // leNgt => /negP; apply.
apply: (@le_lt_trans _ _ (half * half)); first by rewrite ler_wpmul2l.
by rewrite gtr_pmulr // invr_gt0 ltr0n.
Qed.

End Discounting.

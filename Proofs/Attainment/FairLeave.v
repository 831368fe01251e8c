(** * Leave or stay by a fair coin

    From here (true), staying pays −1 and leaving 1; there (false) nothing leads away, and a choice pays
    1 (true) or −1. With fair coins V_π = 0 and A is the reward. From there to the coins (1 ± x)/2, towards
    leaving here and towards −1 there,

        Ā(here) = x,   Ā(there) = −x,   G = −γx²/((1−γ/2)(1−γ(1−x)/2)),   KL = −½ ln (1−x²) *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate Identities.
From Monotone Require Import SharedVisitation Divergences.RealArithmetic.
From Monotone Require Import Divergences.KullbackLeibler Divergences.PolicyDivergence.
From Monotone Require Import Attainment.TwoStates.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Notation pair := [finType of bool].

Section FairLeave.
Variable γ : R.
Hypotheses (γ0 : 0 <= γ) (γ1 : γ < 1).

(** In both states the first action is true: stay, or be paid 1. *)
Definition coin_reward (s a : bool) : R := if s == a then - 1 else 1.
Definition coin_transition (s a s' : bool) : R := (s' == s && a)%:R.

Lemma coin_transition_sum1 s a : \sum_s' coin_transition s a s' = 1.
Proof. by rewrite big_bool /coin_transition; case: s; case: a; rewrite /= ?addr0 ?add0r. Qed.

Lemma coin_start_sum1 : \sum_(s : bool) (s%:R : R) = 1.
Proof. by rewrite big_bool /= addr0. Qed.

Definition coin : mdp [realFieldType of R] pair pair :=
  @Mdp _ pair pair (fun=> predT) coin_reward coin_transition (fun s => s%:R) γ
    (fun _ _ _ => ler0n _ _) (fun s a _ => coin_transition_sum1 s a)
    (fun _ => ler0n _ _) coin_start_sum1 γ0 γ1.

Lemma coin_live s : live coin s.
Proof. by apply/existsP; exists true. Qed.

(** The coin with (1 − x)/2 for the first action *)
Section Policy.
Variable x : R.
Hypothesis x01 : 0 <= x <= 1.

Definition coin_prob (s a : bool) := 2^-1 * (if a then 1 - x else 1 + x).

Lemma coin_prob_ge0 s a : 0 <= coin_prob s a.
Proof.
have [x0 x1] := andP x01; apply: mulr_ge0; first by rewrite invr_ge0 ler0n.
by case: a; rewrite ?subr_ge0// addr_ge0 ?ler01.
Qed.

Lemma coin_prob_sum1 s : live coin s -> \sum_a coin_prob s a = 1.
Proof. by move=> _; rewrite big_bool /coin_prob /=; field. Qed.

Definition coin_policy : policy coin :=
  @Policy _ _ _ coin coin_prob coin_prob_ge0 (fun s a aN => ltac:(by [])) coin_prob_sum1.

Lemma coin_leaves : leaves coin_policy (2^-1 * (1 + x)).
Proof.
move=> s s'; rewrite /kernel coin_live big_bool /= /coin_transition /coin_prob.
by case: s; case: s' => /=; field.
Qed.

End Policy.

Lemma zero_share : 0 <= (0 : R) <= 1. Proof. by rewrite lexx ler01. Qed.

Variable x : R.
Hypotheses (x01 : 0 <= x <= 1) (x_lt1 : x < 1).
Local Notation π := (coin_policy zero_share).
Local Notation π' := (coin_policy x01).

Let x0 : 0 <= x := proj1 (andP x01).

Lemma coin_advantage (s a : bool) : advantage π s a = if s == a then - 1 else 1.
Proof.
have earns t : mean_reward coin π t = (1 - discount coin) * 0.
  by rewrite /mean_reward big_bool /= /coin_reward /coin_prob; case: t => /=; field.
by rewrite (advantage_constant earns)// mulr0 subr0.
Qed.

Lemma coin_expected_advantage (s : bool) :
  expected_advantage π π' s = if s then x else - x.
Proof.
rewrite /expected_advantage big_bool !coin_advantage /= /coin_prob.
by case: s => /=; field.
Qed.

Lemma coin_max_advantage : max_advantage π = 1.
Proof.
have norm s a : `|advantage π s a| = 1.
  by rewrite coin_advantage; case: (s == a); rewrite ?normrN normr1.
have largest s : maximum (avail coin s) (fun a => `|advantage π s a|) = 1.
  by apply: (maximum_eq (i := true)); rewrite ?ler01// => a _; rewrite norm.
by apply: (maximum_eq (i := true)); rewrite ?ler01 ?coin_live// => s _; rewrite largest.
Qed.

Lemma coin_max_expected_advantage : max_expected_advantage π π' = x.
Proof.
apply: (maximum_eq (i := true)); rewrite ?coin_live// ?coin_expected_advantage ?ger0_norm//.
by case=> _; rewrite coin_expected_advantage ?normrN ger0_norm.
Qed.

(** γx² ≤ |G| *)
Lemma coin_gap : γ * x ^+ 2 <= `|expected_return π' - surrogate π π'|.
Proof.
have half0 : 0 <= 2^-1 :> R by rewrite invr_ge0 ler0n.
have g0 : 0 <= 2^-1 * (1 + 0) :> R by rewrite addr0 mulr1.
have g'0 : 0 <= 2^-1 * (1 + x) by rewrite mulr_ge0 ?addr_ge0 ?ler01.
have hh := shared_gt0 coin g0; have hh' := shared_gt0 coin g'0.
have h0 : 0 < 1 - γ by rewrite subr_gt0.
have -> : expected_return π' - surrogate π π' =
  - (γ * x ^+ 2 / ((1 - γ * (1 - 2^-1 * (1 + 0))) * (1 - γ * (1 - 2^-1 * (1 + x))))).
  rewrite gap_shift big_bool !coin_expected_advantage.
  rewrite !(leaving_visitation _ g'0 (coin_leaves x01))//.
  rewrite !(leaving_visitation _ g0 (coin_leaves zero_share))//=.
  have -> : x ^+ 2 = (2^-1 * (1 + x) - 2^-1 * (1 + 0)) * (2 * x) by field.
  move: (2^-1 * (1 + x)) (2^-1 * (1 + 0)) hh hh' => b a /= ha hb.
  by field; rewrite !gt_eqF.
have gx0 : 0 <= γ * x ^+ 2 by rewrite mulr_ge0 ?sqr_ge0.
have product_gt0 := mulr_gt0 hh hh'.
rewrite normrN ger0_norm ?divr_ge0 ?(ltW product_gt0)// ler_pdivl_mulr//.
apply: ler_pimulr gx0 _; apply: mulr_ile1; rewrite ?(ltW hh) ?(ltW hh')//.
  rewrite ler_subl_addr ler_addl mulr_ge0// subr_ge0 addr0 mulr1.
  by rewrite invf_le1 ?ltr0n ?ler1n.
rewrite ler_subl_addr ler_addl mulr_ge0// subr_ge0.
have [_ x1] := andP x01; rewrite mulrC ler_pdivr_mulr ?ltr0n// mul1r; real_lra.
Qed.

Lemma coin_dominated s : dominated (π s) (π' s).
Proof.
have h0 : 2^-1 != 0 :> R by rewrite invr_eq0 pnatr_eq0.
apply/dominatedP => a /eqP; rewrite /= /coin_prob mulf_eq0 (negbTE h0) /=.
by case: a; rewrite gt_eqF ?subr_gt0// ltr_spaddl ?ltr01.
Qed.

(** −½ ln (1 − x²) ≤ ½ x²/(1 − x²) *)
Lemma coin_divergence s : state_divergence π π' s <= 2^-1 * (x ^+ 2 / (1 - x ^+ 2)).
Proof.
have m0 : 0 < 1 - x by rewrite subr_gt0.
have p0 : 0 < 1 + x by rewrite ltr_spaddl ?ltr01.
have one_x2 : 0 < 1 - x ^+ 2 by rewrite (_ : _ - _ = (1 - x) * (1 + x)) ?mulr_gt0//; ring.
rewrite /state_divergence /divergence big_bool /= /coin_prob subr0 addr0 mulr1.
have -> : 2^-1 / (2^-1 * (1 - x)) = (1 - x)^-1 by field; rewrite gt_eqF.
have -> : 2^-1 / (2^-1 * (1 + x)) = (1 + x)^-1 by field; rewrite gt_eqF.
rewrite -mulrDr -lnM ?invr_gt0// ler_wpmul2l ?invr_ge0 ?ler0n//.
have -> : (1 - x)^-1 / (1 + x) = (1 - x ^+ 2)^-1 by rewrite -invfM; congr (_^-1); ring.
apply: le_trans (ln_le _) _; first by rewrite invr_gt0.
by apply: eq_ge; field; rewrite gt_eqF.
Qed.

End FairLeave.

(** * Kakade's example

    States i (true) and j (false). At i, a1 (true) stays for 1/2 and a2 (false) goes to j for 1; at j both
    stay, for 1/2 and 0. From π = a1, the mixture π' = (1−α) a1 + α a2 has

        Ā(i) = α/2,   Ā(j) = −α/2,   G = −γα²c,   c = 1/((1−γ)(1−γ(1−α)))

    for all γ and α: visitation-shift-span, visitation-shift, coupling-span and
    conservative-mixture-2002 are attained.

    Source: Kakade 2003 (PhD thesis), Example 7.4.1. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima Model Evaluation Visitation Divergences.TotalVariation Surrogate
  SharedVisitation Mixture Attainment.TwoStates.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Kakade.
Variables (R : realFieldType).

Variables γ α : R.
Hypotheses (γ0 : 0 <= γ) (γ1 : γ < 1) (α0 : 0 <= α) (α1 : α <= 1).

Definition kakade_reward (s a : bool) : R := if a then 2^-1 else s%:R.
Definition kakade_transition (s a s' : bool) : R := (s' == s && a)%:R.

Lemma kakade_transition_sum1 s a : \sum_s' kakade_transition s a s' = 1.
Proof. by rewrite big_bool /kakade_transition; case: s; case: a; rewrite /= ?addr0 ?add0r. Qed.

Lemma kakade_start_sum1 : \sum_(s : bool) (s%:R : R) = 1.
Proof. by rewrite big_bool /= addr0. Qed.

Definition kakade : mdp R bool_finType bool_finType := @Mdp R bool_finType bool_finType (fun=> predT) kakade_reward
  kakade_transition (fun s => s%:R) γ
  (fun s a s' => ler0n _ _) (fun s a _ => kakade_transition_sum1 s a)
  (fun s => ler0n _ _) kakade_start_sum1 γ0 γ1.

Lemma kakade_live s : live kakade s.
Proof. by apply/existsP; exists true. Qed.

(** a1 everywhere, or a2 everywhere *)
Definition kakade_prob (b : bool) (s a : bool) : R := (a == b)%:R.

Lemma kakade_prob_sum1 b s : live kakade s -> \sum_a kakade_prob b s a = 1.
Proof. by rewrite big_bool /kakade_prob; case: b; rewrite /= ?addr0 ?add0r. Qed.

Definition kakade_pure b : policy kakade :=
  @Policy _ _ _ kakade (kakade_prob b) (fun s a => ler0n _ _) (fun s a aN => ltac:(by []))
    (@kakade_prob_sum1 b).

Local Notation π := (kakade_pure true).
Local Notation τ := (kakade_pure false).

Lemma kakade_share : 0 <= α <= 1. Proof. by rewrite α0. Qed.

Definition kakade_candidate : policy kakade := mix kakade_share π τ.
Local Notation π' := kakade_candidate.

Lemma kakade_mixture : mixture α π τ π'.
Proof. exact: mix_mixture. Qed.

(** ** What the update changes *)

Lemma kakade_advantage (s a : bool) :
  advantage π s a = if a then 0 else if s then 2^-1 else - 2^-1.
Proof.
have h0 : 1 - γ != 0 by rewrite gt_eqF ?subr_gt0.
rewrite (@advantage_constant _ _ _ _ _ (2^-1 / (1 - γ))) //= => [|t].
  by rewrite /kakade_reward; case: a; case: s => /=; field.
by rewrite /mean_reward big_bool /= /kakade_prob /=; field.
Qed.

Lemma kakade_expected_advantage_target s :
  expected_advantage π τ s = if s then 2^-1 else - 2^-1.
Proof.
by rewrite /expected_advantage big_bool !kakade_advantage /= /kakade_prob /= !mul0r add0r mul1r.
Qed.

Lemma kakade_expected_advantage s :
  expected_advantage π π' s = if s then α / 2 else - (α / 2).
Proof.
rewrite (mixture_expected_advantage _ kakade_mixture) kakade_expected_advantage_target.
by case: s; rewrite ?mulrN.
Qed.

Lemma kakade_stays : leaves π 0.
Proof.
move=> s s'; rewrite /kernel kakade_live big_bool /= /kakade_transition /kakade_prob.
by case: s; case: s' => /=; ring.
Qed.

Lemma kakade_leaves : leaves π' α.
Proof.
move=> s s'; rewrite /kernel kakade_live big_bool /= /kakade_transition /kakade_prob.
by case: s; case: s' => /=; ring.
Qed.

Lemma kakade_gap :
  expected_return π' - surrogate π π' = - (γ * α ^+ 2 / ((1 - γ) * (1 - γ * (1 - α)))).
Proof.
rewrite (two_state_gap _ α0 kakade_stays kakade_leaves) // !kakade_expected_advantage.
by rewrite -/(coupling_count kakade α) /=; field.
Qed.

Lemma kakade_gap_norm :
  `|expected_return π' - surrogate π π'| = γ * α ^+ 2 / ((1 - γ) * (1 - γ * (1 - α))).
Proof.
rewrite kakade_gap normrN ger0_norm // mulr_ge0 ?mulr_ge0 ?exprn_ge0 //.
exact: (coupling_count_ge0 kakade α0).
Qed.

Lemma kakade_max_expected_advantage : max_expected_advantage π π' = α / 2.
Proof.
have x0 : 0 <= α / 2 by rewrite divr_ge0 ?ler0n.
apply: (maximum_eq (i := true)); rewrite ?kakade_live // ?kakade_expected_advantage ?ger0_norm //.
by case=> _; rewrite kakade_expected_advantage ?normrN ger0_norm.
Qed.

Lemma kakade_max_expected_advantage_target : max_expected_advantage π τ = 2^-1.
Proof.
have x0 : 0 <= 2^-1 :> R by rewrite invr_ge0 ler0n.
apply: (maximum_eq (i := true)); rewrite ?kakade_live // ?kakade_expected_advantage_target ?ger0_norm //.
by case=> _; rewrite kakade_expected_advantage_target ?normrN ger0_norm.
Qed.

Lemma kakade_span : advantage_span π π' = α.
Proof.
rewrite /advantage_span (two_state_span (x := α / 2)) ?kakade_expected_advantage ?divr_ge0 ?ler0n //.
by field.
Qed.

Lemma kakade_total_variation s : state_total_variation π π' s = α.
Proof.
rewrite /state_total_variation big_bool /= /kakade_prob /=.
have -> : 1 - ((1 - α) * 1 + α * 0) = α by ring.
have -> : 0 - ((1 - α) * 0 + α * 1) = - α by ring.
by rewrite normrN ger0_norm //; field.
Qed.

Lemma kakade_max_total_variation : max_total_variation kakade π π' = α.
Proof.
apply: (maximum_eq (i := true)); rewrite ?kakade_live ?kakade_total_variation //.
by move=> s _; rewrite kakade_total_variation.
Qed.

Lemma kakade_shift :
  \sum_s `|visitation π' s - visitation π s| =
  2 * (γ * α / ((1 - γ) * (1 - γ * (1 - α)))).
Proof. by rewrite (two_state_shift_norm _ α0 kakade_stays kakade_leaves). Qed.

(** ** Equality *)

Local Notation gap := (`|expected_return π' - surrogate π π'|).
Local Notation c := (((1 - γ) * (1 - γ * (1 - α)))^-1).

Theorem visitation_shift_span_attained :
  gap = 2^-1 * (\sum_s `|visitation π' s - visitation π s|) * advantage_span π π'.
Proof. by rewrite kakade_gap_norm kakade_shift kakade_span; move: c => x; field. Qed.

Theorem visitation_shift_attained :
  gap = (\sum_s `|visitation π' s - visitation π s|) * max_expected_advantage π π'.
Proof. by rewrite kakade_gap_norm kakade_shift kakade_max_expected_advantage; move: c => x; field. Qed.

Theorem coupling_span_attained :
  gap = γ * advantage_span π π' * max_total_variation kakade π π'
    / ((1 - γ) * (1 - γ * (1 - max_total_variation kakade π π'))).
Proof.
by rewrite kakade_gap_norm kakade_span kakade_max_total_variation; move: c => x; ring.
Qed.

Theorem conservative_mixture_2002_attained :
  mixture α π τ π' /\
  gap = 2 * γ * max_expected_advantage π τ * α ^+ 2 / ((1 - γ) * (1 - γ * (1 - α))).
Proof.
split; first exact: kakade_mixture.
by rewrite kakade_gap_norm kakade_max_expected_advantage_target; move: c => x; field.
Qed.

End Kakade.

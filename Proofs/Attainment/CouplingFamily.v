(** * The coupling family

    States i (true) and j (false), three actions: stay1 (Some true) and stay2 (Some false) stay, go (None)
    leads from i to j, which is never left. Rewards are (−e, eα/(1−α), e) at i and their opposites at j.
    For π = (α, 1−α, 0), π' = (0, 1−α, α) and 0 ≤ α ≤ 1/2: V_π = 0, A_π = r,

        Ā(i) = 2αe,   Ā(j) = −2αe,   ε_max = e,   σ = 2e,   G = −4eγα²c,   c = 1/((1−γ)(1−γ(1−α)))

    for all γ, α and e: coupling and coupling-range are attained. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima Model Evaluation Visitation Divergences.TotalVariation Surrogate
  SharedVisitation Attainment.TwoStates.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section CouplingFamily.
Variables (R : realFieldType).

Variables γ α e : R.
Hypotheses (γ0 : 0 <= γ) (γ1 : γ < 1) (α0 : 0 <= α) (αh : α <= 2^-1) (e0 : 0 <= e).

Local Notation actions := (option_finType bool_finType).

Lemma sum_actions (F : actions -> R) :
  \sum_a F a = F (Some true) + F (Some false) + F None.
Proof.
rewrite (bigD1 None) //= (bigD1 (Some true)) //= (bigD1 (Some false)) //= big1 => [|[[]|]] //.
ring.
Qed.

(** The reward of stay2: π earns nothing. *)
Definition small := e * α / (1 - α).

Definition coupling_reward (s : bool) (a : actions) : R :=
  let r := if a is Some b then (if b then - e else small) else e in if s then r else - r.

Definition coupling_transition (s : bool) (a : actions) (s' : bool) : R :=
  (s' == s && (a != None))%:R.

Lemma coupling_transition_sum1 s a : \sum_s' coupling_transition s a s' = 1.
Proof.
rewrite big_bool /coupling_transition.
by case: s; case: (a != None); rewrite /= ?addr0 ?add0r.
Qed.

Lemma coupling_start_sum1 : \sum_(s : bool) (s%:R : R) = 1.
Proof. by rewrite big_bool /= addr0. Qed.

Definition coupling_family : mdp R bool_finType actions :=
  @Mdp R bool_finType actions (fun=> predT) coupling_reward
  coupling_transition (fun s => s%:R) γ
  (fun s a s' => ler0n _ _) (fun s a _ => coupling_transition_sum1 s a)
  (fun s => ler0n _ _) coupling_start_sum1 γ0 γ1.

Lemma coupling_live s : live coupling_family s.
Proof. by apply/existsP; exists None. Qed.

Lemma coupling_rest : 0 < 1 - α.
Proof.
rewrite subr_gt0; apply: le_lt_trans αh _.
by rewrite invf_lt1 ?ltr0n // ltr1n.
Qed.

(** The policy that gives the share α to stay1 or to go *)
Definition coupling_prob (old : bool) (s : bool) (a : actions) : R :=
  if a is Some b then (if b then (if old then α else 0) else 1 - α) else if old then 0 else α.

Lemma coupling_prob_ge0 old s a : 0 <= coupling_prob old s a.
Proof. by have := ltW coupling_rest; case: a => [[]|] //=; case: old. Qed.

Lemma coupling_prob_sum1 old s : live coupling_family s -> \sum_a coupling_prob old s a = 1.
Proof. by move=> _; rewrite sum_actions; case: old => /=; ring. Qed.

Definition coupling_policy old : policy coupling_family :=
  @Policy _ _ _ coupling_family (coupling_prob old) (coupling_prob_ge0 old)
    (fun s a aN => ltac:(by [])) (@coupling_prob_sum1 old).

Local Notation π := (coupling_policy true).
Local Notation π' := (coupling_policy false).

(** ** What the update changes *)

Lemma coupling_value s : value π s = 0.
Proof.
have h0 : 1 - α != 0 by rewrite gt_eqF ?coupling_rest.
apply: value_constant => t; rewrite mulr0 /mean_reward sum_actions /= /coupling_reward /small.
by case: t => /=; field.
Qed.

Lemma coupling_action_value s a : action_value π s a = coupling_reward s a.
Proof. by rewrite /action_value big1 ?mulr0 ?addr0 // => t _; rewrite coupling_value mulr0. Qed.

Lemma coupling_advantage s a : advantage π s a = coupling_reward s a.
Proof. by rewrite /advantage coupling_action_value coupling_value subr0. Qed.

Lemma coupling_expected_advantage s :
  expected_advantage π π' s = if s then 2 * α * e else - (2 * α * e).
Proof.
have h0 : 1 - α != 0 by rewrite gt_eqF ?coupling_rest.
rewrite /expected_advantage sum_actions !coupling_advantage /= /coupling_reward /small.
by case: s => /=; field.
Qed.

Lemma coupling_stays : leaves π 0.
Proof.
move=> s s'; rewrite /kernel coupling_live sum_actions /= /coupling_transition.
by case: s; case: s' => /=; ring.
Qed.

Lemma coupling_leaves : leaves π' α.
Proof.
move=> s s'; rewrite /kernel coupling_live sum_actions /= /coupling_transition.
by case: s; case: s' => /=; ring.
Qed.

Local Notation gap := (`|expected_return π' - surrogate π π'|).

Lemma coupling_gap :
  expected_return π' - surrogate π π' =
  - (4 * e * γ * α ^+ 2 / ((1 - γ) * (1 - γ * (1 - α)))).
Proof.
rewrite (two_state_gap _ α0 coupling_stays coupling_leaves) // !coupling_expected_advantage.
by rewrite -/(coupling_count coupling_family α) /=; ring.
Qed.

Lemma coupling_gap_norm :
  gap = 4 * e * γ * α ^+ 2 / ((1 - γ) * (1 - γ * (1 - α))).
Proof.
rewrite coupling_gap normrN ger0_norm // mulr_ge0 ?mulr_ge0 ?exprn_ge0 ?ler0n //.
exact: (coupling_count_ge0 coupling_family α0).
Qed.

Lemma small_le : `|small| <= e.
Proof.
have h0 := coupling_rest.
rewrite ger0_norm /small ?divr_ge0 ?mulr_ge0 ?(ltW h0) // ler_pdivr_mulr // ler_wpmul2l //.
rewrite -subr_ge0 (_ : _ - _ = 2 * (2^-1 - α)); last by field.
by rewrite mulr_ge0 ?ler0n // subr_ge0.
Qed.

Lemma coupling_reward_norm s a : `|coupling_reward s a| <= e.
Proof.
rewrite /coupling_reward; have small_e := small_le.
by case: s; case: a => [[]|]; rewrite ?normrN // ger0_norm.
Qed.

Lemma coupling_max_advantage : max_advantage π = e.
Proof.
apply: (maximum_eq (i := true)); rewrite ?coupling_live //.
  apply: (maximum_eq (i := None)) => //=; first by rewrite coupling_advantage ger0_norm.
  by move=> a _; rewrite coupling_advantage coupling_reward_norm.
by move=> s _; apply: maximum_le => // a _; rewrite coupling_advantage coupling_reward_norm.
Qed.

Lemma coupling_max_action_value :
  maximum (live coupling_family) (fun s =>
    maximum (avail coupling_family s) (fun a => `|action_value π s a|)) = e.
Proof.
rewrite -coupling_max_advantage; apply: eq_maximum => s _; apply: eq_maximum => a _.
by rewrite coupling_action_value coupling_advantage.
Qed.

Lemma coupling_advantage_range : advantage_range π = 2 * e.
Proof.
apply/eqP; rewrite eq_le -{1}coupling_max_advantage advantage_range_le /=.
have av a : avail coupling_family true a by [].
apply: le_trans (le_advantage_range π (av None) (av (Some true))).
by rewrite !coupling_advantage /coupling_reward; apply: eq_ge; ring.
Qed.

Lemma coupling_total_variation s : state_total_variation π π' s = α.
Proof.
rewrite /state_total_variation sum_actions /= subrr normr0 subr0 sub0r normrN ger0_norm //.
by field.
Qed.

Lemma coupling_max_total_variation : max_total_variation coupling_family π π' = α.
Proof.
apply: (maximum_eq (i := true)); rewrite ?coupling_live ?coupling_total_variation //.
by move=> s _; rewrite coupling_total_variation.
Qed.

(** ** Equality *)

Theorem coupling_attained (a := max_total_variation coupling_family π π') :
  gap = 4 * γ * max_advantage π * a ^+ 2 / ((1 - γ) * (1 - γ * (1 - a))).
Proof.
rewrite /a coupling_gap_norm coupling_max_advantage coupling_max_total_variation.
by move: (_^-1) => x; ring.
Qed.

Theorem coupling_range_attained (a := max_total_variation coupling_family π π') :
  gap = 2 * γ * advantage_range π * a ^+ 2 / ((1 - γ) * (1 - γ * (1 - a))).
Proof.
rewrite /a coupling_gap_norm coupling_advantage_range coupling_max_total_variation.
by move: (_^-1) => x; ring.
Qed.

End CouplingFamily.

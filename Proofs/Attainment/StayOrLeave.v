(** * Stay or leave

    From [here], staying pays 1 and leaving ends the run. For the update from leaving to staying

        G = γ/(1−γ),   sp(Ā) = 1,   Σ_s ρ_π(s) TV(s) = Σ_s ρ_π(s) TVP(s) = 1,   τ(P_π') = 1

    for every γ: resolvent-ergodicity, dobrushin and mean-total-variation-span are attained. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima Model Resolvent Evaluation Visitation Divergences.TotalVariation Surrogate
  Identities Ergodicity Attainment.TwoStates Bounds.ResolventErgodicity.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section StayOrLeave.
Variables (R : realFieldType).

Variable γ : R.
Hypotheses (γ0 : 0 <= γ) (γ1 : γ < 1).

(** States here (true) and gone (false), actions stay (true) and leave (false); gone is terminal. *)
Definition run_avail (s : bool) : pred bool := fun=> s.
Definition run_reward (s a : bool) : R := a%:R.
Definition run_transition (s a s' : bool) : R := (s' == a)%:R.

Lemma run_transition_sum1 s a : \sum_s' run_transition s a s' = 1.
Proof. by rewrite big_bool /run_transition; case: a; rewrite /= ?addr0 ?add0r. Qed.

Lemma run_start_sum1 : \sum_(s : bool) (s%:R : R) = 1.
Proof. by rewrite big_bool /= addr0. Qed.

Definition run : mdp R bool_finType bool_finType :=
  @Mdp R bool_finType bool_finType run_avail run_reward run_transition (fun s => s%:R) γ
  (fun s a s' => ler0n _ _) (fun s a _ => run_transition_sum1 s a)
  (fun s => ler0n _ _) run_start_sum1 γ0 γ1.

Lemma run_live s : live run s = s.
Proof. by apply/existsP/idP => [[]|] //; exists true. Qed.

Definition run_prob (b s a : bool) : R := (s && (a == b))%:R.

Lemma run_prob_unavailable b s a : ~~ avail run s a -> run_prob b s a = 0.
Proof. by rewrite /run_prob; case: s. Qed.

Lemma run_prob_sum1 b s : live run s -> \sum_a run_prob b s a = 1.
Proof.
by rewrite run_live big_bool /run_prob => ->; case: b; rewrite /= ?addr0 ?add0r.
Qed.

Definition run_policy b : policy run :=
  @Policy _ _ _ run (run_prob b) (fun s a => ler0n _ _) (@run_prob_unavailable b)
    (@run_prob_sum1 b).

Local Notation π := (run_policy false).
Local Notation π' := (run_policy true).

Lemma run_kernel b (s s' : bool) : kernel run (run_policy b) s s' = (if s then s' == b else ~~ s')%:R.
Proof.
rewrite /kernel run_live big_bool /= /run_prob /run_transition.
by case: s; case: s'; case: b => /=; ring.
Qed.

Lemma run_leaves b : leaves (run_policy b) (~~ b)%:R.
Proof. by move=> s s'; rewrite run_kernel; case: s; case: s'; case: b; rewrite /= ?subr0 ?subrr. Qed.

Lemma run_visitation b s :
  visitation (run_policy b) s = two_state_visitation run (~~ b)%:R s.
Proof. exact: leaving_visitation (ler0n _ _) (run_leaves b) s. Qed.

Lemma run_value s : value π s = 0.
Proof.
apply: value_constant => t; rewrite mulr0 /mean_reward big_bool /= /run_prob /run_reward /=.
by case: t; rewrite /= !(mul0r, mulr0) addr0.
Qed.

Lemma run_expected_advantage s : expected_advantage π π' s = s%:R.
Proof.
rewrite /expected_advantage big_bool /advantage /action_value /= /run_prob /=.
under eq_bigr do rewrite run_value mulr0.
under [X in _ + _ * (_ + _ * X - _)]eq_bigr do rewrite run_value mulr0.
by rewrite run_value /run_reward !big1 //; case: s => /=; ring.
Qed.

Lemma run_span : advantage_span π π' = 1.
Proof.
apply/eqP; rewrite eq_le; apply/andP; split.
  apply: span_le => [|s t]; rewrite ?ler01 // !run_expected_advantage.
  by rewrite ler_subl_addr -(natrD _ 1) ler_nat; case: s; case: t.
apply: le_trans (le_span _ true false).
by rewrite !run_expected_advantage subr0.
Qed.

Local Notation gap := (`|expected_return π' - surrogate π π'|).

Lemma run_gap : gap = γ / (1 - γ).
Proof.
have h0 : 0 < 1 - γ by rewrite subr_gt0.
rewrite gap_shift big_bool !run_expected_advantage !run_visitation /= mulr0 addr0 mulr1.
rewrite subr0 subrr mulr0 mulr1 subr0 invr1 ger0_norm.
  by field; rewrite gt_eqF.
by rewrite subr_ge0 invf_ge1 // ler_subl_addr ler_addl.
Qed.

Lemma run_transition_variation s : transition_variation π π' s = s%:R.
Proof.
rewrite /transition_variation big_bool !run_kernel.
by case: s => /=; rewrite ?subrr ?normr0 ?sub0r ?subr0 ?normrN ?normr1; field.
Qed.

Lemma run_total_variation s : state_total_variation π π' s = s%:R.
Proof.
rewrite /state_total_variation big_bool /= /run_prob.
by case: s => /=; rewrite ?subrr ?normr0 ?sub0r ?subr0 ?normrN ?normr1; field.
Qed.

Lemma run_visited (f : bool -> R) :
  (forall s, f s = s%:R) -> \sum_s visitation π s * f s = 1.
Proof.
by move=> fE; rewrite big_bool !fE run_visitation /= subrr mulr0 subr0 invr1 mulr0 addr0 mulr1.
Qed.

Lemma run_ergodicity : ergodicity (kernel run π') = 1.
Proof.
apply/eqP; rewrite eq_le ergodicity_le1 /= -(@ler_pmul2l _ 2) ?ltr0n //.
apply: le_trans (le_ergodicity (kernel run π') true false).
by rewrite big_bool !run_kernel /= subr0 sub0r normrN normr1 mulr1.
Qed.

(** ** Equality *)

Theorem dobrushin_attained :
  gap = γ * advantage_span π π' / (1 - γ * ergodicity (kernel run π'))
    * visited_transition_variation π π'.
Proof.
by rewrite run_gap run_span run_ergodicity /visited_transition_variation
  (run_visited run_transition_variation) !mulr1.
Qed.

Theorem mean_total_variation_span_attained :
  gap = γ * advantage_span π π' / (1 - γ) * visited_total_variation π π'.
Proof.
by rewrite run_gap run_span /visited_total_variation (run_visited run_total_variation) !mulr1.
Qed.

(** The coefficient of the resolvent lies between what is attained and 1/(1−γ). *)
Theorem resolvent_ergodicity_attained :
  gap = γ * advantage_span π π' * ergodicity (resolvent γ (kernel run π'))
    * visited_transition_variation π π'.
Proof.
apply/eqP; rewrite eq_le resolvent_ergodicity /= run_gap run_span.
rewrite /visited_transition_variation (run_visited run_transition_variation) !mulr1.
exact: ler_wpmul2l (ergodicity_resolvent_horizon π').
Qed.

End StayOrLeave.

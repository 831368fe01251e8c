(** * No constant of a bound can be smaller

    For every k < 1 each bound B without a logarithm is refuted as k · B. Nine are attained. The other four
    are attained up to the factor (1−γ)/(1−γ(1−α)), which tends to 1 as α does to 0. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima Model Resolvent Evaluation Visitation
  Divergences.TotalVariation Surrogate Identities Ergodicity SharedVisitation Mixture
  Attainment.TwoStates Attainment.Kakade Attainment.CouplingFamily Attainment.StayOrLeave.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section BestConstants.
Variables (R : realFieldType).

Variable k : R.
Hypothesis k1 : k < 1.

Lemma attained_best (gap B : R) : 0 < gap -> gap = B -> ~ gap <= k * B.
Proof. by move=> gap0 <-; apply/negP; rewrite -ltNge gtr_pmull. Qed.

(** ** The numbers: γ = 1/2, and a weight small enough for the limits *)

Let half0 : 0 <= 2^-1 :> R. Proof. by rewrite invr_ge0 ler0n. Qed.
Let half_gt0 : 0 < 2^-1 :> R. Proof. by rewrite invr_gt0 ltr0n. Qed.
Let half1 : 2^-1 < 1 :> R. Proof. by rewrite invf_lt1 ?ltr0n // ltr1n. Qed.

Let α : R := (1 - k) / (2 * (2 - k)).

Let two_k : 0 < 2 - k.
Proof. by rewrite subr_gt0; apply: lt_trans k1 _; rewrite ltr1n. Qed.

Let α_gt0 : 0 < α.
Proof. by rewrite divr_gt0 ?mulr_gt0 ?ltr0n // subr_gt0. Qed.

Let α0 : 0 <= α := ltW α_gt0.

Let αh : α <= 2^-1.
Proof.
rewrite ler_pdivr_mulr ?mulr_gt0 ?ltr0n // mulKf ?pnatr_eq0 //.
by rewrite ler_add2r ler1n.
Qed.

Let α1 : α <= 1 := le_trans αh (ltW half1).

Lemma limit_weight : k * (1 + α) < 1.
Proof.
rewrite -subr_gt0 (_ : 1 - _ = (1 - k) * (4 - 3 * k) / (2 * (2 - k))); last first.
  by rewrite /α; field; rewrite gt_eqF.
have k4 : 0 < 4 - 3 * k.
  rewrite (_ : 4 - 3 * k = 1 + 3 * (1 - k)); last by ring.
  by rewrite addr_gt0 ?ltr01 ?mulr_gt0 ?ltr0n // subr_gt0.
by rewrite divr_gt0 ?mulr_gt0 ?ltr0n // subr_gt0.
Qed.

(** With γ = 1/2 the factor (1−γ)/(1−γ(1−α)) is 1/(1+α). *)
Lemma limit_best (gap B : R) : 0 < B -> gap = B / (1 + α) -> ~ gap <= k * B.
Proof.
have α1_gt0 : 0 < 1 + α by rewrite addr_gt0 ?ltr01.
move=> B0 ->; apply/negP; rewrite -ltNge ltr_pdivl_mulr // mulrAC gtr_pmull //.
exact: limit_weight.
Qed.

(** ** The examples *)

Local Notation kπ := (kakade_pure half0 half1 true).
Local Notation kτ := (kakade_pure half0 half1 false).
Local Notation kπ' := (kakade_candidate half0 half1 α0 α1).
Local Notation cπ := (coupling_policy 1 half0 half1 α0 αh true).
Local Notation cπ' := (coupling_policy 1 half0 half1 α0 αh false).
Local Notation rπ := (run_policy half0 half1 false).
Local Notation rπ' := (run_policy half0 half1 true).
Local Notation gap π π' := (`|expected_return π' - surrogate π π'|).

Let d0 : 0 < 1 - 2^-1 * (1 - α) := shared_gt0 (kakade half0 half1) α0.

Let factor : (1 - 2^-1) * (1 - 2^-1 * (1 - α)) = (1 + α) / 4.
Proof. by field. Qed.

Let square_gt0 n : (0 < n)%N -> 0 < n%:R * α ^+ 2.
Proof. by move=> n0; apply: mulr_gt0; [rewrite ltr0n | apply: exprn_gt0]. Qed.

Let share_gt0 : 0 < 1 + α.
Proof. by rewrite addr_gt0 ?ltr01. Qed.

Let kakade_gapE : gap kπ kπ' = 2 * α ^+ 2 / (1 + α).
Proof.
rewrite kakade_gap_norm factor; field.
by rewrite gt_eqF.
Qed.

Let kakade_gap_gt0 : 0 < gap kπ kπ'.
Proof. by rewrite kakade_gapE divr_gt0 ?square_gt0. Qed.

Let coupling_gapE : gap cπ cπ' = 8 * α ^+ 2 / (1 + α).
Proof.
rewrite coupling_gap_norm ?ler01 // factor; field.
by rewrite gt_eqF.
Qed.

Let coupling_gap_gt0 : 0 < gap cπ cπ'.
Proof. by rewrite coupling_gapE divr_gt0 ?square_gt0. Qed.

Let run_gap_gt0 : 0 < gap rπ rπ'.
Proof. by rewrite run_gap divr_gt0 ?subr_gt0. Qed.

(** ** Attained *)

Theorem visitation_shift_span_best :
  ~ forall (S A : finType) (M : mdp R S A) (π π' : policy M),
    gap π π' <= k * (2^-1 * (\sum_s `|visitation π' s - visitation π s|) * advantage_span π π').
Proof.
move/(_ _ _ _ kπ kπ'); apply: attained_best kakade_gap_gt0 _.
exact: visitation_shift_span_attained.
Qed.

Theorem visitation_shift_best :
  ~ forall (S A : finType) (M : mdp R S A) (π π' : policy M),
    gap π π' <= k * ((\sum_s `|visitation π' s - visitation π s|) * max_expected_advantage π π').
Proof.
move/(_ _ _ _ kπ kπ'); apply: attained_best kakade_gap_gt0 _.
exact: visitation_shift_attained.
Qed.

Theorem resolvent_ergodicity_best :
  ~ forall (S A : finType) (M : mdp R S A) (π π' : policy M) (γ := discount M),
    gap π π' <= k * (γ * advantage_span π π' * ergodicity (resolvent γ (kernel M π'))
      * visited_transition_variation π π').
Proof.
move/(_ _ _ _ rπ rπ'); apply: attained_best run_gap_gt0 _.
exact: resolvent_ergodicity_attained.
Qed.

Theorem dobrushin_best :
  ~ forall (S A : finType) (M : mdp R S A) (π π' : policy M) (γ := discount M),
    gap π π' <= k * (γ * advantage_span π π' / (1 - γ * ergodicity (kernel M π'))
      * visited_transition_variation π π').
Proof.
move/(_ _ _ _ rπ rπ'); apply: attained_best run_gap_gt0 _.
exact: dobrushin_attained.
Qed.

Theorem mean_total_variation_span_best :
  ~ forall (S A : finType) (M : mdp R S A) (π π' : policy M) (γ := discount M),
    gap π π' <= k * (γ * advantage_span π π' / (1 - γ) * visited_total_variation π π').
Proof.
move/(_ _ _ _ rπ rπ'); apply: attained_best run_gap_gt0 _.
exact: mean_total_variation_span_attained.
Qed.

Theorem coupling_span_best :
  ~ forall (S A : finType) (M : mdp R S A) (π π' : policy M)
      (γ := discount M) (β := max_total_variation M π π'),
    gap π π' <= k * (γ * advantage_span π π' * β / ((1 - γ) * (1 - γ * (1 - β)))).
Proof.
move/(_ _ _ _ kπ kπ'); apply: attained_best kakade_gap_gt0 _.
exact: coupling_span_attained.
Qed.

Theorem coupling_best :
  ~ forall (S A : finType) (M : mdp R S A) (π π' : policy M)
      (γ := discount M) (β := max_total_variation M π π'),
    gap π π' <= k * (4 * γ * max_advantage π * β ^+ 2 / ((1 - γ) * (1 - γ * (1 - β)))).
Proof.
move/(_ _ _ _ cπ cπ'); apply: attained_best coupling_gap_gt0 _.
by apply: coupling_attained; rewrite ler01.
Qed.

Theorem coupling_range_best :
  ~ forall (S A : finType) (M : mdp R S A) (π π' : policy M)
      (γ := discount M) (β := max_total_variation M π π'),
    gap π π' <= k * (2 * γ * advantage_range π * β ^+ 2 / ((1 - γ) * (1 - γ * (1 - β)))).
Proof.
move/(_ _ _ _ cπ cπ'); apply: attained_best coupling_gap_gt0 _.
by apply: coupling_range_attained; rewrite ler01.
Qed.

Theorem conservative_mixture_2002_best :
  ~ forall (S A : finType) (M : mdp R S A) (β : R) (π τ π' : policy M) (γ := discount M),
    0 <= β <= 1 -> mixture β π τ π' ->
    gap π π' <= k * (2 * γ * max_expected_advantage π τ * β ^+ 2
      / ((1 - γ) * (1 - γ * (1 - β)))).
Proof.
have share : 0 <= α <= 1 by rewrite α0.
have [mx attained] := conservative_mixture_2002_attained half0 half1 α0 α1.
by move/(_ _ _ _ _ _ _ _ share mx); apply: attained_best kakade_gap_gt0 attained.
Qed.

(** ** Attained in the limit *)

Theorem mean_total_variation_best :
  ~ forall (S A : finType) (M : mdp R S A) (π π' : policy M) (γ := discount M),
    gap π π' <= k * (2 * γ * max_expected_advantage π π' / (1 - γ)
      * visited_total_variation π π').
Proof.
move/(_ _ _ _ kπ kπ') => /=; rewrite kakade_max_expected_advantage //.
rewrite /visited_total_variation; under eq_bigr do rewrite kakade_total_variation //.
rewrite -mulr_suml visitation_sum /= (_ : _ * ((1 - 2^-1)^-1 * α) = 2 * α ^+ 2); last by field.
by apply: limit_best kakade_gapE; apply: square_gt0.
Qed.

Theorem max_total_variation_span_best :
  ~ forall (S A : finType) (M : mdp R S A) (π π' : policy M)
      (γ := discount M) (β := max_total_variation M π π'),
    gap π π' <= k * (γ * advantage_span π π' * β / (1 - γ) ^+ 2).
Proof.
move/(_ _ _ _ kπ kπ') => /=; rewrite kakade_span // kakade_max_total_variation //.
rewrite (_ : _ / (1 - 2^-1) ^+ 2 = 2 * α ^+ 2); last by field.
by apply: limit_best kakade_gapE; apply: square_gt0.
Qed.

Theorem total_variation_best :
  ~ forall (S A : finType) (M : mdp R S A) (π π' : policy M)
      (γ := discount M) (β := max_total_variation M π π'),
    gap π π' <= k * (4 * max_advantage π * γ / (1 - γ) ^+ 2 * β ^+ 2).
Proof.
move/(_ _ _ _ cπ cπ') => /=; rewrite coupling_max_advantage ?ler01 //.
rewrite coupling_max_total_variation // (_ : _ * α ^+ 2 = 8 * α ^+ 2); last by field.
by apply: limit_best coupling_gapE; apply: square_gt0.
Qed.

Theorem conservative_mixture_best :
  ~ forall (S A : finType) (M : mdp R S A) (β : R) (π τ π' : policy M) (γ := discount M),
    0 <= β <= 1 -> mixture β π τ π' ->
    gap π π' <= k * (2 * γ * max_expected_advantage π τ * β ^+ 2 / (1 - γ) ^+ 2).
Proof.
have share : 0 <= α <= 1 by rewrite α0.
move/(_ _ _ _ _ _ _ _ share (kakade_mixture half0 half1 α0 α1)) => /=.
rewrite kakade_max_expected_advantage_target (_ : _ / (1 - 2^-1) ^+ 2 = 2 * α ^+ 2); last by field.
by apply: limit_best kakade_gapE; apply: square_gt0.
Qed.

End BestConstants.

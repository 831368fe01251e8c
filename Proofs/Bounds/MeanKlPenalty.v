(** * mean-kl-penalty

        |η(π') − L_π(π')| ≤ C E_{s~d_π} KL(s)   for γ ≥ 2/3,   C = 4 ε_max γ/(1−γ)²

    by mean-kl with b = 0. In each state |Ā| ≤ 2 TV ε_max, so Ā² ≤ 2 ε_max² KL by Pinsker's inequality
    and F ≤ 2 ε_max² K; m ≤ 2 ε_max. What remains is 2√(2γ/(1−γ)) ≤ 2γ/(1−γ), that is γ ≥ 2/3.

    False for small γ. Source: this project; the penalty of Schulman et al. 2015, Algorithm 1. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate Identities.
From Monotone Require Import Divergences.RealArithmetic Divergences.KullbackLeibler.
From Monotone Require Import Divergences.TotalVariation Divergences.Pinsker.
From Monotone Require Import Divergences.PolicyDivergence Bounds.TotalVariation Bounds.MeanKl.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section MeanKlPenalty.
Variables (S A : finType) (M : mdp [realFieldType of R] S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation L := surrogate.
Local Notation ρ := visitation.
Local Notation d := state_distribution.
Local Notation ε := max_advantage.

(** |Ā(s)| ≤ 2 TV(s) ε_max *)
Lemma expected_advantage_distance π π' s :
  `|expected_advantage π π' s| <= 2 * state_total_variation π π' s * ε π.
Proof.
rewrite /state_total_variation mulVKf ?pnatr_eq0// expected_advantage_sub.
apply: le_trans (ler_norm_sum _ _ _) _; rewrite mulr_suml; apply: ler_sum => a _.
have [av|aN] := boolP (avail M s a); last by rewrite !prob_unavailable// subrr !mul0r normr0 mul0r.
by rewrite normrM distrC ler_wpmul2l ?le_max_advantage.
Qed.

(** F ≤ 2 ε_max² K *)
Lemma advantage_square_le π π' : (forall s, ρ π s != 0 -> dominated (π s) (π' s)) ->
  advantage_square π π' 0 <= 2 * ε π ^+ 2 * \sum_s ρ π s * state_divergence π π' s.
Proof.
move=> dom; rewrite mulr_sumr; apply: ler_sum => s _; rewrite subr0 [leRHS]mulrCA.
have [->|/dom/pinsker_state pinsker] := eqVneq (ρ π s) 0; first by rewrite !mul0r lexx.
rewrite ler_wpmul2l ?visitation_ge0// -real_normK ?num_real//.
apply: le_trans (_ : (2 * state_total_variation π π' s * ε π) ^+ 2 <= _).
  apply: ler_expn2r; rewrite ?nnegrE ?normr_ge0 ?expected_advantage_distance//.
  by rewrite mulr_ge0 ?max_advantage_ge0// mulr_ge0 ?ler0n ?state_total_variation_ge0.
rewrite [leLHS](_ : _ = 4 * ε π ^+ 2 * state_total_variation π π' s ^+ 2); last by ring.
apply: le_trans (ler_wpmul2l _ pinsker) _; first by rewrite mulr_ge0 ?ler0n ?sqr_ge0.
by apply: eq_ge; field.
Qed.

Lemma advantage_distance_le π π' : advantage_distance π π' 0 <= 2 * ε π.
Proof.
have ε0 := max_advantage_ge0 π; apply: maximum_le => [|s _]; first by rewrite mulr_ge0 ?ler0n.
rewrite subr0; apply: le_trans (expected_advantage_distance π π' s) _.
by rewrite ler_wpmul2r// ler_pimulr ?ler0n ?state_total_variation_le1.
Qed.

(** √(2γ/(1−γ)) ≤ γ/(1−γ), the only place where γ ≥ 2/3 is needed *)
Lemma long_horizon : 2 / 3 <= γ -> 2 * (1 - γ) <= γ.
Proof. by rewrite ler_pdivr_mulr ?ltr0n// => ?; real_lra. Qed.

Lemma mean_kl_penalty_finite π π' : 2 / 3 <= γ ->
  (forall s, ρ π s != 0 -> dominated (π s) (π' s)) ->
  `|η π' - L π π'| <=
    4 * ε π * γ / (1 - γ) ^+ 2 * \sum_s d π s * state_divergence π π' s.
Proof.
move=> /long_horizon γ_large dom; apply: le_trans (mean_kl_finite 0 dom) _.
have γ0 := discount_ge0 M; have h0 := horizon_gt0 M; have ε0 := max_advantage_ge0 π.
set K := \sum_s ρ π s * _.
have K0 : 0 <= K.
  apply: sumr_ge0 => s _; have [->|/dom ds] := eqVneq (ρ π s) 0; first by rewrite mul0r.
  by rewrite mulr_ge0 ?visitation_ge0 ?state_divergence_ge0.
have -> : \sum_s d π s * state_divergence π π' s = (1 - γ) * K.
  by rewrite mulr_sumr; apply: eq_bigr => s _; rewrite mulrA.
pose w := γ / (1 - γ); have w2 : 2 <= w by rewrite ler_pdivl_mulr.
have w0 : 0 <= w by apply: le_trans w2; rewrite ler0n.
have root_le : Num.sqrt (w * K * advantage_square π π' 0) <= w * K * ε π.
  apply: sqrt_le; first exact: mulr_ge0 (mulr_ge0 w0 K0) ε0.
  apply: le_trans (ler_wpmul2l _ (advantage_square_le dom)) _; first exact: mulr_ge0.
  rewrite -/K [leLHS](_ : _ = 2 * (w * (K * ε π) ^+ 2)); last by ring.
  rewrite [leRHS](_ : _ = w * (w * (K * ε π) ^+ 2)); last by ring.
  by apply: ler_wpmul2r w2; apply: mulr_ge0 w0 (sqr_ge0 _).
apply: le_trans (ler_add (ler_wpmul2l _ root_le) (ler_wpmul2r _ (advantage_distance_le π π'))) _.
- by rewrite ler0n.
- by rewrite mulr_ge0.
by apply: eq_ge; rewrite /w; field; rewrite gt_eqF.
Qed.

Theorem mean_kl_penalty π π' : 2 / 3 <= γ ->
  (`|η π' - L π π'|%:E <=
    (4 * ε π * γ / (1 - γ) ^+ 2)%:E * weighted_divergence (d π) π π')%E.
Proof.
move=> γ_large; have d0 := state_distribution_ge0 π.
apply: extended_bound => [|||r].
- by rewrite -/(penalty_coefficient π) penalty_coefficient_ge0.
- exact: weighted_divergence_ge0.
- by move=> C0; apply: le_trans (total_variation π π') _; rewrite C0 mul0r.
move/weighted_divergenceP => /(_ d0)[dom ->]; apply: mean_kl_penalty_finite => // s ρs.
by apply: dom; rewrite mulf_neq0// gt_eqF ?horizon_gt0.
Qed.

End MeanKlPenalty.

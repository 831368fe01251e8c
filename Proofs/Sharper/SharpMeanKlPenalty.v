(** * mean-kl-penalty for γ ≥ 3/7

        |η(π') − L_π(π')| ≤ C E_{s~d_π} KL(s)   for γ ≥ 3/7,   C = 4 ε_max γ/(1−γ)²

    by the sharper mean-kl with b = 0, F ≤ 2 ε_max² K and m ≤ 2 ε_max: with w = γ/(1−γ) what remains is
    (4/3)w + √((16/9)w² + 4w) ≤ 4w, that is w ≥ 3/4. So Algorithm 1 with the mean divergence is monotone
    for γ ≥ 3/7; the catalogue's claim asks for γ ≥ 2/3.

    Source: this project. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate Identities.
From Monotone Require Import Divergences.RealArithmetic Divergences.KullbackLeibler.
From Monotone Require Import Divergences.PolicyDivergence Bounds.TotalVariation Bounds.MeanKl.
From Monotone Require Import Bounds.MeanKlPenalty Sharper.SharpMeanKl.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** For a horizon w ≥ 3/4 and x = εwK *)
Lemma sharp_penalty_le (w e k m f : R) : 3 / 4 <= w -> 0 <= e -> 0 <= k -> 0 <= m ->
  m <= 2 * e -> f <= 2 * e ^+ 2 * k ->
  2 / 3 * (m * (w * k)) + Num.sqrt ((2 / 3 * (m * (w * k))) ^+ 2 + 2 * (w * k * f)) <=
  4 * (e * w * k).
Proof.
move=> w34 e0 k0 m0 me fe; have w0 : 0 <= w by apply: le_trans w34; rewrite divr_ge0 ?ler0n.
have wk0 := mulr_ge0 w0 k0; have third0 : 0 <= 3^-1 :> R by rewrite invr_ge0 ler0n.
pose x := e * w * k; have x0 : 0 <= x by rewrite /x !mulr_ge0.
have two3 : 0 <= 2 / 3 :> R by rewrite mulr_ge0 ?ler0n.
have c_le : 2 / 3 * (m * (w * k)) <= 4 / 3 * x.
  have -> : 4 / 3 * x = 2 / 3 * (2 * e * (w * k)) by rewrite /x; field.
  by apply: ler_wpmul2l two3 _ _ _; apply: ler_wpmul2r wk0 _ _ me.
have c0 : 0 <= 2 / 3 * (m * (w * k)) := mulr_ge0 two3 (mulr_ge0 m0 wk0).
have x43 : 0 <= 4 / 3 * x by rewrite mulr_ge0 ?divr_ge0 ?ler0n.
have -> : 4 * (e * w * k) = 4 / 3 * x + 8 / 3 * x by rewrite /x; field.
apply: ler_add (c_le) _; apply: sqrt_le; first by rewrite mulr_ge0 ?divr_ge0 ?ler0n.
have -> : (8 / 3 * x) ^+ 2 = (4 / 3 * x) ^+ 2 + 16 / 3 * x ^+ 2 by field.
apply: ler_add; first by apply: ler_expn2r c_le.
apply: le_trans (_ : 2 * (w * k * (2 * e ^+ 2 * k)) <= _).
  by rewrite ler_wpmul2l ?ler0n// ler_wpmul2l.
have -> : 2 * (w * k * (2 * e ^+ 2 * k)) = 16 / 3 * (3 / 4 * w * (e * k) ^+ 2) by field.
have -> : x ^+ 2 = w * w * (e * k) ^+ 2 by rewrite /x; ring.
rewrite ler_wpmul2l ?divr_ge0 ?ler0n// ler_wpmul2r ?sqr_ge0//.
by apply: ler_wpmul2r w0 _ _ w34.
Qed.

Section SharpMeanKlPenalty.
Variables (S A : finType) (M : mdp [realFieldType of R] S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation L := surrogate.
Local Notation ρ := visitation.
Local Notation d := state_distribution.
Local Notation ε := max_advantage.

Lemma sharp_mean_kl_penalty_finite π π' : 3 / 7 <= γ ->
  (forall s, ρ π s != 0 -> dominated (π s) (π' s)) ->
  `|η π' - L π π'| <=
    4 * ε π * γ / (1 - γ) ^+ 2 * \sum_s d π s * state_divergence π π' s.
Proof.
move=> γ_large dom; apply: le_trans (sharp_mean_kl 0 dom) _.
have h0 := horizon_gt0 M; have ε0 := max_advantage_ge0 π.
set K := \sum_s ρ π s * _.
have K0 : 0 <= K.
  apply: sumr_ge0 => s _; have [->|/dom ds] := eqVneq (ρ π s) 0; first by rewrite mul0r.
  by rewrite mulr_ge0 ?visitation_ge0 ?state_divergence_ge0.
have -> : \sum_s d π s * state_divergence π π' s = (1 - γ) * K.
  by rewrite mulr_sumr; apply: eq_bigr => s _; rewrite mulrA.
have w34 : 3 / 4 <= γ / (1 - γ).
  rewrite ler_pdivl_mulr// mulrAC ler_pdivr_mulr ?ltr0n//.
  by move: γ_large; rewrite ler_pdivr_mulr ?ltr0n// => ?; real_lra.
have m0 : 0 <= advantage_distance π π' 0 by apply: maximum_ge0.
have := sharp_penalty_le w34 ε0 K0 m0 (advantage_distance_le π π') (advantage_square_le dom).
by move/le_trans; apply; apply: eq_ge; field; rewrite gt_eqF.
Qed.

Theorem sharp_mean_kl_penalty π π' : 3 / 7 <= γ ->
  (`|η π' - L π π'|%:E <=
    (4 * ε π * γ / (1 - γ) ^+ 2)%:E * weighted_divergence (d π) π π')%E.
Proof.
move=> γ_large; have d0 := state_distribution_ge0 π.
apply: extended_bound => [|||r].
- by rewrite -/(penalty_coefficient π) penalty_coefficient_ge0.
- exact: weighted_divergence_ge0.
- by move=> C0; apply: le_trans (total_variation π π') _; rewrite C0 mul0r.
move/weighted_divergenceP => /(_ d0)[dom ->]; apply: sharp_mean_kl_penalty_finite => // s ρs.
by apply: dom; rewrite mulf_neq0// gt_eqF ?horizon_gt0.
Qed.

End SharpMeanKlPenalty.

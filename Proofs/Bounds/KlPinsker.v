(** * kl-pinsker

        |η(π') − L_π(π')| ≤ 2γ ε_max/(1−γ)² min(max_s KL(π‖π'), max_s KL(π'‖π))

    by total-variation and TV² ≤ KL/2 in either direction, because TV is symmetric.

    Source: Schulman et al. 2015, Theorem 1; Pinsker 1964. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate.
From Monotone Require Import Divergences.RealArithmetic Divergences.TotalVariation.
From Monotone Require Import Divergences.KullbackLeibler Divergences.PolicyDivergence.
From Monotone Require Import Divergences.Pinsker Bounds.TotalVariation.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section KlPinsker.
Variables (S A : finType) (M : mdp [realFieldType of R] S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation L := surrogate.

(** α² ≤ ½ max_s KL(s) *)
Lemma max_pinsker π π' : (forall s, live M s -> dominated (π s) (π' s)) ->
  max_total_variation M π π' ^+ 2 <= 2^-1 * maximum (live M) (state_divergence π π').
Proof.
move=> dom; have max_ge0 := maximum_ge0 (live M) (state_divergence π π').
rewrite /max_total_variation.
have [->|[s sl ->]] := maximumP (live M) (state_total_variation π π').
  by rewrite expr0n mulr_ge0 ?invr_ge0 ?ler0n.
apply: le_trans (pinsker_state (dom s sl)) _.
by rewrite ler_wpmul2l ?invr_ge0 ?ler0n ?le_maximum.
Qed.

Lemma half_penalty_ge0 π : 0 <= 2 * γ * max_advantage π / (1 - γ) ^+ 2.
Proof.
by rewrite divr_ge0 ?mulr_ge0 ?discount_ge0 ?max_advantage_ge0 ?ler0n ?exprn_ge0 ?ltW ?horizon_gt0.
Qed.

Lemma half_penalty π : 4 * max_advantage π * γ / (1 - γ) ^+ 2 =
  2 * (2 * γ * max_advantage π / (1 - γ) ^+ 2).
Proof. by ring. Qed.

Lemma total_variation_half π π' : `|η π' - L π π'| <=
  2 * γ * max_advantage π / (1 - γ) ^+ 2 * (2 * max_total_variation M π π' ^+ 2).
Proof. by apply: le_trans (total_variation π π') _; apply: eq_ge; ring. Qed.

Lemma kl_pinsker_finite π π' : (forall s, live M s -> dominated (π s) (π' s)) ->
  `|η π' - L π π'| <=
    2 * γ * max_advantage π / (1 - γ) ^+ 2 * maximum (live M) (state_divergence π π').
Proof.
move=> dom; apply: le_trans (total_variation_half π π') _.
by rewrite ler_wpmul2l ?half_penalty_ge0// -ler_pdivl_mull ?ltr0n// max_pinsker.
Qed.

Lemma kl_pinsker_reverse π π' : (forall s, live M s -> dominated (π' s) (π s)) ->
  `|η π' - L π π'| <=
    2 * γ * max_advantage π / (1 - γ) ^+ 2 * maximum (live M) (state_divergence π' π).
Proof.
move=> dom; apply: le_trans (total_variation_half π π') _.
rewrite ler_wpmul2l ?half_penalty_ge0// -ler_pdivl_mull ?ltr0n//.
apply: le_trans (max_pinsker dom); apply: eq_ge; congr (_ ^+ 2).
by apply: eq_maximum => s _; apply: state_total_variationC.
Qed.

Theorem kl_pinsker π π' :
  (`|η π' - L π π'|%:E <= (2 * γ * max_advantage π / (1 - γ) ^+ 2)%:E *
    mine (max_divergence π π') (max_divergence π' π))%E.
Proof.
have zero : 2 * γ * max_advantage π / (1 - γ) ^+ 2 = 0 -> `|η π' - L π π'| <= 0.
  by move=> c0; apply: le_trans (total_variation_half π π') _; rewrite c0 mul0r.
apply: extended_bound => // [||r]; first exact: half_penalty_ge0.
  by rewrite le_minr !max_divergence_ge0.
by have [_|_] := leP (max_divergence π π') (max_divergence π' π) => /max_divergenceP[dom ->];
  [apply: kl_pinsker_finite | apply: kl_pinsker_reverse].
Qed.

End KlPinsker.

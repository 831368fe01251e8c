(** * How far the mean divergence lets visitations move

        ½ Σ_s |ρ_π'(s) − ρ_π(s)| ≤ √(γK/2) / (1−γ),   K = Σ_s ρ_π(s) KL(s) = E_{d_π} KL / (1−γ)

    by Pinsker's inequality for visitations and [visitation_divergence]. Hence with the span of Ā

        |η(π') − L_π(π')| ≤ sp(Ā) √(γ E_{d_π} KL / 2) / (1−γ)^(3/2)

    a power 3/2 of the horizon where mean-kl-root has 2: less than it by √((1−γ)/γ), at least, so the
    better of the two for γ > 1/2.

    Source: this project. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate Identities.
From Monotone Require Import Divergences.RealArithmetic Divergences.KullbackLeibler.
From Monotone Require Import Divergences.PolicyDivergence Divergences.Pinsker.
From Monotone Require Import Divergences.VisitationDivergence Bounds.VisitationShiftSpan Bounds.MeanKl.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma half_square (F : realFieldType) (l h x D : F) :
  l ^+ 2 <= 2 * D / h -> 0 < h -> h * D <= x -> (2^-1 * l * h) ^+ 2 <= 2^-1 * x.
Proof.
move=> lD h0 Dx; rewrite [leLHS](_ : _ = 2^-1 * (2^-1 * h * h * l ^+ 2)); last by ring.
rewrite ler_wpmul2l ?invr_ge0 ?ler0n//; apply: le_trans Dx.
have hh : 0 <= 2^-1 * h * h by rewrite !mulr_ge0 ?invr_ge0 ?ler0n ?(ltW h0).
apply: le_trans (ler_wpmul2l hh lD) _; apply: eq_ge; field; exact: lt0r_neq0.
Qed.

Section VisitationDistance.
Variables (S A : finType) (M : mdp [realFieldType of R] S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation L := surrogate.
Local Notation ρ := visitation.

Lemma visitation_distance π π' (K := \sum_s ρ π s * state_divergence π π' s) :
  (forall s, ρ π s != 0 -> dominated (π s) (π' s)) ->
  2^-1 * (\sum_s `|ρ π' s - ρ π s|) <= Num.sqrt (2^-1 * (γ * K)) / (1 - γ).
Proof.
move=> dom; have h0 := horizon_gt0 M; set l := \sum_s _.
have l0 : 0 <= l by apply: sumr_ge0.
have [γ0|γ_neq0] := eqVneq γ 0.
  have -> : l = 0 by apply: big1 => s _; rewrite !visitationE γ0 !mul0r subrr normr0.
  by rewrite mulr0 divr_ge0 ?sqrtr_ge0 ?(ltW h0).
rewrite ler_pdivl_mulr//; apply: le_sqrt.
  by rewrite mulr_ge0 ?(ltW h0)// mulr_ge0 ?invr_ge0 ?ler0n.
have same : \sum_s ρ π s = \sum_s ρ π' s by rewrite !visitation_sum.
have := pinsker_sum (visitation_ge0 π) (visitation_ge0 π') same (visitation_dominated γ_neq0 dom).
have -> : \sum_s `|ρ π s - ρ π' s| = l by apply: eq_bigr => s _; rewrite distrC.
by rewrite visitation_sum; move/half_square; apply=> //; apply: visitation_divergence.
Qed.

Theorem mean_kl_span π π' (K := \sum_s ρ π s * state_divergence π π' s) :
  (forall s, ρ π s != 0 -> dominated (π s) (π' s)) ->
  `|η π' - L π π'| <= Num.sqrt (2^-1 * (γ * K)) / (1 - γ) * advantage_span π π'.
Proof.
move=> dom; apply: le_trans (visitation_shift_span π π') _.
by rewrite ler_wpmul2r ?advantage_span_ge0 ?visitation_distance.
Qed.

End VisitationDistance.

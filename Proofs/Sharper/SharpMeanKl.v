(** * A sharper mean-kl

        |η(π') − L_π(π')| ≤ c + √(c² + 2γKF/(1−γ)),   c = ⅔ γmK/(1−γ)

    with K, F and m as in mean-kl, for every constant b: as mean-kl, by the sharper bound on means. Less
    than mean-kl by √2 for small divergences.

    Source: this project. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate Identities.
From Monotone Require Import Divergences.RealArithmetic Divergences.KullbackLeibler.
From Monotone Require Import Divergences.PolicyDivergence Divergences.VisitationDivergence.
From Monotone Require Import Divergences.SharpMeanShift Bounds.MeanKl.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section SharpMeanKl.
Variables (S A : finType) (M : mdp [realFieldType of R] S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation L := surrogate.
Local Notation ρ := visitation.

Theorem sharp_mean_kl π π' (b : R) (W := γ / (1 - γ) * \sum_s ρ π s * state_divergence π π' s)
    (c := 2 / 3 * (advantage_distance π π' b * W)) :
  (forall s, ρ π s != 0 -> dominated (π s) (π' s)) ->
  `|η π' - L π π'| <= c + Num.sqrt (c ^+ 2 + 2 * (W * advantage_square π π' b)).
Proof.
move=> dom; have [γ0|γ_neq0] := eqVneq γ 0.
  by rewrite gap_no_discount// normr0 /c /W γ0 !mul0r !mulr0 add0r sqrtr_ge0.
have F_ge0 : 0 <= advantage_square π π' b.
  by apply: sumr_ge0 => s _; rewrite mulr_ge0 ?sqr_ge0 ?visitation_ge0.
have m_ge0 : 0 <= advantage_distance π π' b by apply: maximum_ge0.
have mass : \sum_s ρ π s = \sum_s ρ π' s by rewrite !visitation_sum.
have dom' := visitation_dominated γ_neq0 dom.
have D_ge0 : 0 <= divergence (ρ π) (ρ π').
  apply: divergence_ge0 (visitation_ge0 π) (visitation_ge0 π') dom' _.
  by rewrite mass.
have WE : divergence (ρ π) (ρ π') <= W.
  rewrite /W mulrAC ler_pdivl_mulr ?horizon_gt0// [X in X <= _]mulrC.
  exact: visitation_divergence γ_neq0 dom.
rewrite (gap_shift_constant π π' b).
apply: le_trans (sharp_mean_shift (visitation_ge0 π) (visitation_ge0 π') mass dom' _) _.
  by move=> s; apply: (le_maximum (fun s => `|_ s - b|)).
have two3 : 0 <= 2 / 3 :> R by rewrite divr_ge0 ?ler0n.
have cE := ler_wpmul2l two3 (ler_wpmul2l m_ge0 WE).
have c0 := mulr_ge0 two3 (mulr_ge0 m_ge0 D_ge0).
apply: ler_add; first exact: cE.
apply: ler_wsqrtr; apply: ler_add.
  by apply: ler_expn2r; rewrite ?nnegrE// (le_trans c0).
by rewrite ler_wpmul2l ?ler0n// ler_wpmul2r.
Qed.

End SharpMeanKl.

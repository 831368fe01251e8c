(** * mean-kl

        |η(π') − L_π(π')| ≤ 2 √(γKF/(1−γ)) + γmK/(1−γ)
        K = Σ_s ρ_π(s) KL(s)   F = Σ_s ρ_π(s) (Ā(s) − b)²   m = max_s |Ā(s) − b|

    for every constant b. *Proof.* The gap is Σ_s (ρ_π' − ρ_π)(s) (Ā(s) − b), b dropping out;
    [mean_shift] bounds it by KL(ρ_π‖ρ_π'), and [visitation_divergence] bounds that by γK/(1−γ).

    Terminal states count, with Ā = KL = 0. Where K is infinite the bound is, too, unless γ = 0 or
    Ā = b in all states.

    Source: this project. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate Identities.
From Monotone Require Import Divergences.RealArithmetic Divergences.KullbackLeibler.
From Monotone Require Import Divergences.PolicyDivergence Divergences.VisitationDivergence.
From Monotone Require Import Divergences.MeanShift.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** √x of an extended number *)
Definition extended_sqrt (x : \bar R) : \bar R := if x is r%:E then (Num.sqrt r)%:E else x.

Lemma extended_sqrt_ge0 x : (0 <= x)%E -> (0 <= extended_sqrt x)%E.
Proof. by case: x => //= r _; rewrite lee_fin sqrtr_ge0. Qed.

Section MeanKl.
Variables (S A : finType) (M : mdp [realFieldType of R] S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation L := surrogate.
Local Notation ρ := visitation.

(** F and m *)
Definition advantage_square π π' (b : R) : R :=
  \sum_s ρ π s * (expected_advantage π π' s - b) ^+ 2.

Definition advantage_distance π π' (b : R) : R :=
  maximum predT (fun s => `|expected_advantage π π' s - b|).

Lemma gap_shift_constant π π' (b : R) :
  η π' - L π π' = \sum_s (ρ π' s - ρ π s) * (expected_advantage π π' s - b).
Proof.
rewrite gap_shift; under [RHS]eq_bigr do rewrite mulrBr.
by rewrite sumrB -mulr_suml visitation_shift_sum mul0r subr0.
Qed.

Lemma gap_no_discount π π' : γ = 0 -> η π' - L π π' = 0.
Proof.
move=> γ0; rewrite gap_shift big1// => s _.
by rewrite !visitationE γ0 !mul0r subrr mul0r.
Qed.

Lemma mean_kl_finite π π' (b : R) (W := γ / (1 - γ) * \sum_s ρ π s * state_divergence π π' s) :
  (forall s, ρ π s != 0 -> dominated (π s) (π' s)) ->
  `|η π' - L π π'| <=
    2 * Num.sqrt (W * advantage_square π π' b) + advantage_distance π π' b * W.
Proof.
move=> dom; have [γ0|γ_neq0] := eqVneq γ 0.
  by rewrite gap_no_discount// normr0 /W γ0 !mul0r sqrtr0 !mulr0 addr0.
have F_ge0 : 0 <= advantage_square π π' b.
  by apply: sumr_ge0 => s _; rewrite mulr_ge0 ?sqr_ge0 ?visitation_ge0.
have WE : divergence (ρ π) (ρ π') <= W.
  rewrite /W mulrAC ler_pdivl_mulr ?horizon_gt0// [X in X <= _]mulrC.
  exact: visitation_divergence γ_neq0 dom.
rewrite (gap_shift_constant π π' b).
apply: le_trans (mean_shift (visitation_ge0 π) (visitation_ge0 π') _ _ _) _.
- by rewrite !visitation_sum.
- exact: visitation_dominated γ_neq0 dom.
- by move=> s; apply: (le_maximum (fun s => `|_ s - b|)).
apply: ler_add; last by rewrite ler_wpmul2l ?maximum_ge0.
by rewrite ler_wpmul2l ?ler0n// ler_wsqrtr// ler_wpmul2r.
Qed.

Theorem mean_kl π π' (b : R) (W := ((γ / (1 - γ))%:E * weighted_divergence (ρ π) π π')%E) :
  (`|η π' - L π π'|%:E <=
    2%:E * extended_sqrt (W * (advantage_square π π' b)%:E) + (advantage_distance π π' b)%:E * W)%E.
Proof.
have [γ0|γ_neq0] := eqVneq γ 0.
  by rewrite gap_no_discount// normr0 /W γ0 !mul0r !mul0e mule0 adde0 /= sqrtr0 mule0.
have c_gt0 : 0 < γ / (1 - γ) by rewrite divr_gt0 ?horizon_gt0// lt_def γ_neq0 discount_ge0.
have F_ge0 : 0 <= advantage_square π π' b.
  by apply: sumr_ge0 => s _; rewrite mulr_ge0 ?sqr_ge0 ?visitation_ge0.
have m_ge0 : 0 <= advantage_distance π π' b by apply: maximum_ge0.
have := weighted_divergence_ge0 π π' (visitation_ge0 π); rewrite /W.
case KE: weighted_divergence => [K| |] // _.
  have [dom {}KE] := weighted_divergenceP (visitation_ge0 π) KE.
  by have := mean_kl_finite b dom; rewrite -KE.
rewrite gt0_muley ?lte_fin//.
have root_ge0 (x : R) : 0 <= x -> (0 <= 2%:E * extended_sqrt (+oo * x%:E))%E.
  rewrite le_eqVlt => /predU1P[<-|x_gt0]; first by rewrite mule0 /= sqrtr0 mule0.
  by rewrite gt0_mulye ?lte_fin// gt0_muley ?lte_fin ?ltr0n// leey.
have [m0|m_neq0] := eqVneq (advantage_distance π π' b) 0; last first.
  rewrite (@gt0_muley _ (advantage_distance π π' b)%:E) ?lte_fin ?lt_def ?m_neq0//.
  by rewrite addey ?leey// -ltNye (lt_le_trans _ (root_ge0 _ F_ge0))// ltNyr.
rewrite m0 mul0e adde0 (gap_shift_constant π π' b) big1 ?normr0 ?root_ge0// => s _.
have : `|expected_advantage π π' s - b| <= 0.
  by rewrite -m0; apply: (le_maximum (fun s => `|_ s - b|)).
by rewrite normr_le0 => /eqP->; rewrite mulr0.
Qed.

End MeanKl.

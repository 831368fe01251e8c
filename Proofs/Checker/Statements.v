(** * What the claims state

    The claims of the catalogue about a model M and an update π → π', as statements on real numbers:
    whether a claim applies, what it states, its margin, and the bounds on η(π') that it gives. The
    statements are those of the theorems of the same names; here they may be true or false. *)

From Coq Require Import QArith Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Resolvent Evaluation Visitation Surrogate Ergodicity Mixture.
From Monotone Require Import Divergences.RealArithmetic Divergences.TotalVariation.
From Monotone Require Import Divergences.PolicyDivergence Divergences.BretagnolleHuber Bounds.MeanKl.
From Monotone Require Import Checker.Quantities Checker.Catalogue.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Statements.
Variables (S A : finType) (M : mdp [realFieldType of R] S A) (π π' : policy M).
(** The constants that mean-kl tries. *)
Variable constants : seq R.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := (surrogate π π').
Local Notation V := value.
Local Notation Ā := (expected_advantage π π').
Local Notation 𝔸 := (policy_advantage π π').
Local Notation TV := (state_total_variation π π').
Local Notation α := (max_total_variation M π π').
Local Notation β := (mixture_weight M π π').
Local Notation ε_max := (max_advantage π).
Local Notation ε_exp := (max_expected_advantage π π').
Local Notation sp := (advantage_span π π').
Local Notation σ := (advantage_range π).
Local Notation C := (penalty_coefficient π).
Local Notation K := (weighted_divergence (ρ π) π π').
Local Notation reverse_K := (weighted_divergence (ρ π) π' π).

(* Results of type R are left to be inferred: Coq would read an expression that is said to be of type R in the
   notations of its own library. *)

(** ** Identities: the largest of the numbers that should be 0 *)

(** V and ρ solve their equations when a certificate is accepted; what else follows from them. *)
Definition bellman_residual (τ : policy M) :=
  Num.max `|η τ - \sum_s ρ τ s * mean_reward M τ s|
    (Num.max `|\sum_s ρ τ s - (1 - γ)^-1| (maximum predT (fun s => `|expected_advantage τ τ s|))).

Definition logit_residual :=
  maximum (live M) (fun s => maximum predT (fun a =>
    `|ρ π s * π s a * (V π s - \sum_b π s b * action_value π s b)|)).

Definition identity_residual (i : identity) :=
  match i with
  | BellmanResidual => Num.max (bellman_residual π) (bellman_residual π')
  | PerformanceDifference => `|η π' - η π - \sum_s ρ π' s * Ā s|
  | SurrogateValue => `|policy_advantage π π|
  | SurrogateGradient =>
      Num.max `|\sum_s ρ π s * (\sum_a π' s a * action_value π s a - \sum_a π s a * action_value π s a) - 𝔸|
        logit_residual
  end.

(** ** Bounds: |η(π') − L| <= width *)

Definition mixture_width (divisor : R) := 2 * γ * ε_exp * β / divisor.

(** With the weight W = γ/(1−γ) Σ ρ_π KL, which counts as 0 where Ā is constant. *)
Definition mean_kl_term (b : R) : \bar R :=
  let W := ((if sp == 0 then 0 else γ / (1 - γ))%:E * K)%E in
  (2%:R%:E * extended_sqrt (W * (advantage_square π π' b)%:E) + (advantage_distance π π' b)%:E * W)%E.

Definition bound_width (b : bound) : \bar R :=
  match b with
  | VisitationShiftSpan => (2^-1 * (\sum_s `|ρ π' s - ρ π s|) * sp)%:E
  | VisitationShift => ((\sum_s `|ρ π' s - ρ π s|) * ε_exp)%:E
  | ResolventErgodicity =>
      (γ * sp * ergodicity (resolvent γ (kernel M π')) * visited_transition_variation π π')%:E
  | Dobrushin =>
      (γ * sp / (1 - γ * ergodicity (kernel M π')) * visited_transition_variation π π')%:E
  | MeanTotalVariationSpan => (γ * sp / (1 - γ) * visited_total_variation π π')%:E
  | MeanTotalVariation => (2 * γ * ε_exp / (1 - γ) * visited_total_variation π π')%:E
  | MaxTotalVariationSpan => (γ * sp * α / (1 - γ) ^+ 2)%:E
  | CouplingSpan => (γ * sp * α / ((1 - γ) * (1 - γ * (1 - α))))%:E
  | Coupling => (4 * γ * ε_max * α ^+ 2 / ((1 - γ) * (1 - γ * (1 - α))))%:E
  | CouplingRange => (2 * γ * σ * α ^+ 2 / ((1 - γ) * (1 - γ * (1 - α))))%:E
  | TotalVariation => (C * α ^+ 2)%:E
  | KL => (C%:E * max_divergence π π')%E
  | KLPinsker => ((C / 2)%:E * mine (max_divergence π π') (max_divergence π' π))%E
  | MeanKLRoot =>
      ((γ * ε_exp / (1 - γ) ^+ 2)%:E * extended_sqrt ((2 * (1 - γ))%:E * mine K reverse_K))%E
  | MeanKL => foldr (fun b => mine (mean_kl_term b)) +oo%E constants
  | MeanKLPenalty => ((C * (1 - γ))%:E * K)%E
  | ConservativeMixture => (mixture_width ((1 - γ) ^+ 2))%:E
  | ConservativeMixture2002 => (mixture_width ((1 - γ) * (1 - γ * (1 - β))))%:E
  end.

(** ** The claims *)

Definition applies_truly (c : claim) : bool :=
  match c with
  | Inequality _ => [exists s, live M s]
  | Bound (ResolventErgodicity | Dobrushin) => (#|S| <= most_states)%N
  | Bound MeanKLPenalty => 2 <= 3 * γ
  | Improvement PointwiseImprovement => [forall s, 0 <= Ā s]
  | Improvement ConservativeGain => 2 * mixture_width ((1 - γ) ^+ 2) <= 𝔸
  | _ => true
  end.

Definition statement (c : claim) : Prop :=
  match c with
  | Identity i => identity_residual i = 0
  | Inequality Pinsker =>
      forall s, live M s -> ((TV s ^+ 2)%:E <= (2^-1)%:E * extended_state_divergence π π' s)%E
  | Inequality BretagnolleHuber =>
      forall s, live M s -> TV s <= Num.sqrt (1 - exp_opposite (extended_state_divergence π π' s))
  | Bound b => (`|η π' - L|%:E <= bound_width b)%E
  | Improvement PointwiseImprovement => forall s, live M s -> V π s <= V π' s
  | Improvement MonotoneStep => (L%:E - C%:E * max_divergence π π' <= (η π')%:E)%E
  | Improvement ConservativeGain => η π + 𝔸 / 2 <= η π'
  end.

(** The lower and the upper bound on η(π') that a claim gives, and how far η(π') is from them. *)
Definition lower_end (c : claim) : \bar R :=
  match c with
  | Bound b => (L%:E - bound_width b)%E
  | Improvement MonotoneStep => (L%:E - C%:E * max_divergence π π')%E
  | Improvement ConservativeGain => (η π + 𝔸 / 2)%:E
  | _ => -oo%E
  end.

Definition upper_end (c : claim) : \bar R := if c is Bound b then (L%:E + bound_width b)%E else +oo%E.

Definition margin_of (c : claim) : \bar R :=
  match c with
  | Identity i => (- identity_residual i)%:E
  | Bound b => (bound_width b - `|η π' - L|%:E)%E
  | _ => ((η π')%:E - lower_end c)%E
  end.

(** ** What is found about the update *)

(** Some lower bound without knowledge of π' exceeds η(π). *)
Definition guaranteed_truly : Prop :=
  exists c, [/\ List.In c a_priori_claims, applies_truly c & ((η π)%:E < lower_end c)%E].

End Statements.

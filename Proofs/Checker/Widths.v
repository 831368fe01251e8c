(** * The widths, margins and errors that the checker computes are those of the claims *)

From Coq Require Import ZArith QArith Reals.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Resolvent Evaluation Visitation Surrogate Ergodicity Mixture.
From Monotone Require Import Divergences.RealArithmetic Divergences.TotalVariation.
From Monotone Require Import Divergences.PolicyDivergence Bounds.MeanKl.
From Monotone Require Import Checker.Rationals Checker.Vectors Checker.Logarithms Checker.Balls Checker.BallFunctions.
From Monotone Require Import Checker.Instance Checker.Solution Checker.Inverse Checker.Quantities.
From Monotone Require Import Checker.Spreads Checker.Meaning Checker.Claims Checker.Verdicts Checker.Truth.
From Monotone Require Export Checker.Measures.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Widths.
Variables (bits : Z) (m : instance).
Notation S := [finType of 'I_(states m)].
Notation A := [finType of 'I_(actions m)].
Variables (M : mdp [realFieldType of R] S A) (p q : matrix) (π π' : policy M).
Variables v rho v' rho' : vector.
Hypothesis bits_ge0 : Z.le Z0 bits.
Hypotheses (MP : describes M) (πP : describes_policy p π) (πP' : describes_policy q π').
Let u := update_of bits m p q v rho v' rho'.
Hypotheses (oldP : solved m (old u)) (newP : solved m (new u)).
Notation γ := (discount M).
Notation ρ := visitation.
Notation K := (weighted_divergence (ρ π) π π').

Let γE : Q2R (factor m) = γ. Proof. by rewrite (describes_discount MP). Qed.
Let shareE := shareE MP.
Let square_shareE := square_shareE MP.
Let penaltyE := penaltyE MP πP oldP.
Let mixture_lossE := mixture_lossE MP πP πP' oldP.
Let coupling_divisorE x (y : R) (xE : Q2R x = y) := coupling_divisorE MP xE.

(** ** mean-kl *)

Lemma weighted_sumE (f : nat -> Q) (F : S -> R) : (forall s : S, Q2R (f s) = F s) ->
  Q2R (weighted_sum m (old u) f) = \sum_s ρ π s * F s.
Proof.
by move=> fE; rewrite Q2R_sum; apply: eq_bigr => s _; rewrite Q2R_mul (visitsE MP πP oldP) fE.
Qed.

Lemma encloses_root x y : (0 <= y)%E -> encloses x y -> encloses (root bits x) (extended_sqrt y).
Proof.
case: x y => [b|] [r||] //= r0 br; apply: contains_root br => //.
Qed.

Lemma weighted_ge0 (w : S -> R) τ τ' : (forall s, 0 <= w s) ->
  (0 <= weighted_divergence (M := M) w τ τ')%E.
Proof.
by move=> w0; apply: sume_ge0 => s _; rewrite mule_ge0 ?lee_fin ?extended_state_divergence_ge0.
Qed.

Let W := ((if advantage_span π π' == 0 then 0 else γ / (1 - γ))%:E * K)%E.

Lemma mean_kl_factor_ge0 : 0 <= (if advantage_span π π' == 0 then 0 else γ / (1 - γ)).
Proof. by case: ifP => // _; rewrite divr_ge0 ?discount_ge0 // ltW ?horizon_gt0. Qed.

Lemma mean_kl_weightE : encloses (mean_kl_weight m u) W.
Proof.
have fE : Q2R (if is_zero (mean_width u) then zero else div (factor m) (share m))
    = if advantage_span π π' == 0 then 0 else γ / (1 - γ).
  rewrite is_zeroE (mean_widthE MP πP πP' oldP).
  by case: ifP; rewrite ?Q2R_zero // Q2R_div shareE γE.
rewrite /mean_kl_weight /W -fE; apply: encloses_times; last first.
  exact: (weighted_klE bits_ge0 MP πP πP' oldP).
by rewrite fE mean_kl_factor_ge0.
Qed.

Lemma W_ge0 : (0 <= W)%E.
Proof.
by rewrite mule_ge0 ?lee_fin ?mean_kl_factor_ge0 ?weighted_ge0 // => s; apply: visitation_ge0.
Qed.

Lemma mean_kl_widthE b : encloses (mean_kl_width bits m u b) (mean_kl_term π π' (Q2R b)).
Proof.
have dE (s : S) : Q2R (sub (get (means u) s) b) = expected_advantage π π' s - Q2R b.
  by rewrite Q2R_sub (meansE MP πP πP' oldP).
pose F := weighted_sum m (old u)
  (fun s => mul (sub (get (means u) s) b) (sub (get (means u) s) b)).
have squareE : Q2R F = advantage_square π π' (Q2R b).
  by apply: weighted_sumE => s; rewrite Q2R_mul dE -expr2.
have square0 : 0 <= Q2R F.
  rewrite squareE; apply: sumr_ge0 => s _.
  by rewrite mulr_ge0 ?visitation_ge0 ?sqr_ge0.
have distanceE : Q2R (largest (states m) xpredT (fun s => abs (sub (get (means u) s) b)))
    = advantage_distance π π' (Q2R b).
  by apply: largestE => // s _; rewrite Q2R_abs dE.
rewrite /mean_kl_term -/W -squareE -distanceE.
apply: encloses_plus.
  rewrite -(Q2R_of_nat 2); apply: encloses_times; first by rewrite Q2R_of_nat ler0n.
  apply: encloses_root; first by rewrite mule_ge0 ?W_ge0 // lee_fin.
  by rewrite muleC; apply: encloses_times mean_kl_weightE.
apply: encloses_times mean_kl_weightE.
by rewrite distanceE maximum_ge0.
Qed.

(** ** The width of each bound *)

Notation constants := (map Q2R (constants m u)).

Lemma extended_sqrt_arg_ge0 (r : R) x y : 0 <= r -> (0 <= x)%E -> (0 <= y)%E ->
  (0 <= r%:E * mine x y)%E.
Proof. by move=> r0 x0 y0; rewrite mule_ge0 ?lee_fin // le_minr x0. Qed.

Theorem width_ofE b : applies m b -> (b = ResolventErgodicity -> inverse_spread u) ->
  encloses (width_of bits m u b) (bound_width π π' constants b).
Proof.
have spE := mean_widthE MP πP πP' oldP.
have αE : Q2R (largest_variation u) = max_total_variation M π π'.
  exact: (largest_variationE _ v rho v' rho' MP πP πP').
have εE := largest_meanE MP πP πP' oldP.
have shiftE := visit_shiftE MP πP πP' oldP newP.
have movedE' := movedE MP πP πP' oldP.
have rowsE := moved_rowsE MP πP πP' oldP.
have C0 := penalty_coefficient_ge0 π.
have h0 : 0 <= 1 - γ by rewrite ltW ?horizon_gt0.
have ρ0 s : 0 <= ρ π s := visitation_ge0 π s.
case: b => [_|_|_|small|_|_|_|_|_|_|_|_|_|_|_|_|_|_] is_known;
  rewrite /width_of /bound_width ?/mixture_width; try apply: encloses_eq.
- by rewrite Q2R_mul shiftE spE.
- rewrite 2!Q2R_mul shiftE εE Q2R_of_nat; congr (_ * _).
  by rewrite mulVKf ?pnatr_eq0.
- case spreadE: (inverse_spread u) is_known => [t|] is_known; last by have := is_known erefl.
  apply: encloses_eq; rewrite 3!Q2R_mul γE spE (inverse_spreadE MP πP' spreadE).
  by rewrite rowsE.
- rewrite Q2R_mul Q2R_div Q2R_mul Q2R_sub Q2R_mul Q2R_one γE spE rowsE.
  by rewrite (chain_spreadE _ p v rho v' rho' MP πP' small).
- by rewrite Q2R_mul Q2R_div Q2R_mul γE spE shareE movedE'.
- by rewrite Q2R_mul Q2R_div 2!Q2R_mul γE Q2R_of_nat εE shareE movedE'.
- by rewrite Q2R_div 2!Q2R_mul γE spE square_shareE αE.
- by rewrite Q2R_div 2!Q2R_mul γE spE (coupling_divisorE αE) αE.
- rewrite Q2R_div 4!Q2R_mul γE Q2R_of_nat (largest_advantageE MP πP oldP) αE.
  by rewrite (coupling_divisorE αE) -expr2.
- rewrite Q2R_div 4!Q2R_mul γE Q2R_of_nat (widest_rangeE MP πP oldP) αE.
  by rewrite (coupling_divisorE αE) -expr2.
- by rewrite Q2R_mul penaltyE Q2R_mul αE -expr2.
- rewrite -penaltyE; apply: encloses_times; first by rewrite penaltyE.
  exact: (largest_klE v rho v' rho' bits_ge0 MP πP πP').
- have CE : Q2R (div (penalty m u) (of_nat 2)) = penalty_coefficient π / 2.
    by rewrite Q2R_div penaltyE Q2R_of_nat.
  rewrite -CE; apply: encloses_times; first by rewrite CE divr_ge0 ?ler0n.
  apply: encloses_smaller; first exact: (largest_klE v rho v' rho' bits_ge0 MP πP πP').
  exact: (largest_reverseE v rho v' rho' bits_ge0 MP πP πP').
- have cE : Q2R (div (mul (factor m) (largest_mean u)) (square_share m))
      = γ * max_expected_advantage π π' / (1 - γ) ^+ 2.
    by rewrite Q2R_div Q2R_mul γE εE square_shareE.
  have tE : Q2R (mul (of_nat 2) (share m)) = 2 * (1 - γ) by rewrite Q2R_mul Q2R_of_nat shareE.
  rewrite -cE -tE; apply: encloses_times.
    by rewrite cE divr_ge0 ?mulr_ge0 ?discount_ge0 ?max_expected_advantage_ge0 ?exprn_ge0.
  have t0 : 0 <= Q2R (mul (of_nat 2) (share m)) by rewrite tE mulr_ge0 ?ler0n.
  apply: encloses_root; first by rewrite extended_sqrt_arg_ge0 ?weighted_ge0.
  apply: encloses_times t0 _; apply: encloses_smaller.
    exact: (weighted_klE bits_ge0 MP πP πP' oldP).
  exact: (weighted_reverseE bits_ge0 MP πP πP' oldP).
- by elim: (BoundWidths.constants m u) => //= b r IH; apply: encloses_smaller => //; apply: mean_kl_widthE.
- have cE : Q2R (mul (penalty m u) (share m)) = penalty_coefficient π * (1 - γ).
    by rewrite Q2R_mul penaltyE shareE.
  rewrite -cE; apply: encloses_times; first by rewrite cE mulr_ge0.
  exact: (weighted_klE bits_ge0 MP πP πP' oldP).
- by rewrite Q2R_div mixture_lossE square_shareE.
rewrite Q2R_div mixture_lossE.
by rewrite (coupling_divisorE (mixingE _ v rho v' rho' MP πP πP')).
Qed.

End Widths.

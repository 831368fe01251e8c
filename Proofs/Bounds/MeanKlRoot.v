(** * mean-kl-root

        |η(π') − L_π(π')| ≤ √2 γ ε_exp/(1−γ)² √(min(E_{d_π} KL(π‖π'), E_{d_π} KL(π'‖π)))

    by mean-total-variation and E_d TV ≤ √(E_d TV²) ≤ √(½ E_d KL), in either direction because TV is
    symmetric.

    Source: Achiam et al. 2017, Cor. 3. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate.
From Monotone Require Import Divergences.RealArithmetic Divergences.CauchySchwarz.
From Monotone Require Import Divergences.KullbackLeibler Divergences.TotalVariation.
From Monotone Require Import Divergences.PolicyDivergence Divergences.Pinsker.
From Monotone Require Import Bounds.MeanTotalVariation Bounds.MeanKl.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section MeanKlRoot.
Variables (S A : finType) (M : mdp [realFieldType of R] S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation L := surrogate.
Local Notation ρ := visitation.
Local Notation d := state_distribution.

(** E_d TV ≤ √(½ E_d KL) *)
Lemma mean_pinsker (w : S -> R) π π' : (forall s, 0 <= w s) -> \sum_s w s = 1 ->
  (forall s, w s != 0 -> dominated (π s) (π' s)) ->
  \sum_s w s * state_total_variation π π' s <=
    Num.sqrt (2^-1 * \sum_s w s * state_divergence π π' s).
Proof.
move=> w0 w1 dom; have TV0 s : 0 <= w s * state_total_variation π π' s.
  by rewrite mulr_ge0 ?state_total_variation_ge0.
apply: le_sqrt; first exact: sumr_ge0.
apply: le_trans (_ : (\sum_s w s) * (\sum_s w s * state_total_variation π π' s ^+ 2) <= _).
  apply: cauchy_schwarz => s //; first by rewrite mulr_ge0 ?sqr_ge0.
  by apply: eq_ge; ring.
rewrite w1 mul1r mulr_sumr; apply: ler_sum => s _; rewrite [leRHS]mulrCA.
have [->|/dom/pinsker_state le] := eqVneq (w s) 0; first by rewrite !mul0r.
by rewrite ler_wpmul2l.
Qed.

(** 2 √(½x) = √2 √x *)
Lemma root_half (x : R) : 2 * Num.sqrt (2^-1 * x) = Num.sqrt 2 * Num.sqrt x.
Proof.
rewrite -[in RHS](mulVKf (_ : 2 != 0) x) ?pnatr_eq0// -sqrtrM ?ler0n//.
by rewrite mulrA -expr2 sqrtrM ?sqr_ge0// sqrtr_sqr ger0_norm ?ler0n.
Qed.

Lemma mean_kl_root_finite π π' (x : R) :
  \sum_s d π s * state_total_variation π π' s <= Num.sqrt (2^-1 * x) ->
  `|η π' - L π π'| <=
    Num.sqrt 2 * γ * max_expected_advantage π π' / (1 - γ) ^+ 2 * Num.sqrt x.
Proof.
move=> le; have h0 := horizon_gt0 M; apply: le_trans (mean_total_variation π π') _.
have -> : visited_total_variation π π' = (\sum_s d π s * state_total_variation π π' s) / (1 - γ).
  rewrite mulrC mulr_sumr; apply: eq_bigr => s _.
  by rewrite /state_distribution -!mulrA mulKf ?gt_eqF.
rewrite [leRHS](_ : _ = γ * max_expected_advantage π π' / (1 - γ) ^+ 2 *
  (Num.sqrt 2 * Num.sqrt x)); last by ring.
rewrite [leLHS](_ : _ = γ * max_expected_advantage π π' / (1 - γ) ^+ 2 *
  (2 * \sum_s d π s * state_total_variation π π' s)); last first.
  by field; rewrite gt_eqF.
rewrite -root_half !ler_wpmul2l ?ler0n// mulr_ge0 ?invr_ge0 ?exprn_ge0 ?(ltW h0)//.
by rewrite mulr_ge0 ?discount_ge0 ?max_expected_advantage_ge0.
Qed.

Theorem mean_kl_root π π' :
  (`|η π' - L π π'|%:E <=
    (Num.sqrt 2 * γ * max_expected_advantage π π' / (1 - γ) ^+ 2)%:E *
    extended_sqrt (mine (weighted_divergence (d π) π π') (weighted_divergence (d π) π' π)))%E.
Proof.
have d0 := state_distribution_ge0 π; have d1 := state_distribution_sum1 π.
have C0 : 0 <= Num.sqrt 2 * γ * max_expected_advantage π π' / (1 - γ) ^+ 2.
  rewrite divr_ge0 ?exprn_ge0 ?(ltW (horizon_gt0 M))//.
  by rewrite !mulr_ge0 ?sqrtr_ge0 ?discount_ge0 ?max_expected_advantage_ge0.
apply: extended_bound => // [||r].
- by rewrite extended_sqrt_ge0// le_minr !weighted_divergence_ge0.
- rewrite -!mulrA => /eqP; rewrite mulf_eq0 sqrtr_eq0 leNgt ltr0n /= => /eqP C_eq0.
  apply: le_trans (mean_total_variation π π') _.
  rewrite [leLHS](_ : _ = 2 * (1 - γ) * visited_total_variation π π' *
    (γ * (max_expected_advantage π π' / (1 - γ) ^+ 2))); last by field; rewrite gt_eqF ?horizon_gt0.
  by rewrite C_eq0 mulr0.
have [_|_] := leP (weighted_divergence (d π) π π') (weighted_divergence (d π) π' π).
  case KE: weighted_divergence => [x| |] //= [<-]; apply: mean_kl_root_finite.
  by have [dom ->] := weighted_divergenceP d0 KE; apply: mean_pinsker.
case KE: weighted_divergence => [x| |] //= [<-]; apply: mean_kl_root_finite.
have [dom ->] := weighted_divergenceP d0 KE; apply: le_trans (mean_pinsker d0 d1 dom).
by apply: ler_sum => s _; rewrite state_total_variationC.
Qed.

End MeanKlRoot.

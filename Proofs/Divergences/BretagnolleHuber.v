(** * The Bretagnolle–Huber inequality

        TV(p, q) ≤ √(1 − e^−KL(p‖q))

    *Proof.* With m = Σ min(p, q) = 1 − TV, Cauchy–Schwarz gives (Σ √(pq))² ≤ m(2 − m) = 1 − TV², and
    KL(p‖q) ≥ −2 ln Σ √(pq) by Jensen's inequality.

    Source: Bretagnolle & Huber 1979; Canonne 2022. *)

From Coq Require Import Reals Lra.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Model Divergences.RealArithmetic Divergences.TotalVariation.
From Monotone Require Import Divergences.KullbackLeibler Divergences.CauchySchwarz.
From Monotone Require Import Divergences.PolicyDivergence.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Distributions.
Variables (I : finType) (p q : I -> R).
Hypothesis p_ge0 : forall i, 0 <= p i.
Hypothesis q_ge0 : forall i, 0 <= q i.
Hypothesis p_sum1 : \sum_i p i = 1.
Hypothesis q_sum1 : \sum_i q i = 1.

(** (Σ √(pq))² + TV² ≤ 1 *)
Lemma affinity_distance : affinity p q ^+ 2 + (2^-1 * \sum_i `|p i - q i|) ^+ 2 <= 1.
Proof.
set l := \sum_i `|_|.
have bound : (2 * affinity p q) ^+ 2 <= (1 + 1 - l) * (1 + 1 + l).
  rewrite mulr_sumr; have <- : \sum_i (p i + q i - `|p i - q i|) = 1 + 1 - l.
    by rewrite sumrB big_split p_sum1 q_sum1.
  have <- : \sum_i (p i + q i + `|p i - q i|) = 1 + 1 + l.
    by rewrite !big_split p_sum1 q_sum1.
  apply: cauchy_schwarz => i.
  - by rewrite subr_ge0 (le_trans (ler_norm_sub _ _))// !ger0_norm.
  - by rewrite !addr_ge0.
  rewrite exprMn sqr_sqrtr ?mulr_ge0// -subr_sqr real_normK ?num_real// !expr2 => *; real_lra.
have : l = 2 * (2^-1 * l) by rewrite mulVKf ?pnatr_eq0.
by set h := 2^-1 * l; move: bound => /[swap] ->; rewrite !expr2 => ?; real_lra.
Qed.

(** −2 ln Σ √(pq) ≤ KL(p‖q) *)
Lemma affinity_divergence : dominated p q ->
  0 < affinity p q /\ - (2 * ln (affinity p q)) <= divergence p q.
Proof.
move=> dom; have affinity_gt0 : 0 < affinity p q.
  rewrite lt_def sumr_ge0 => [|i _]; last exact: sqrtr_ge0.
  rewrite andbT; apply/eqP => /(psumr_eq0P (fun i _ => sqrtr_ge0 _)) root0.
  have /eqP := p_sum1; rewrite big1 ?(@eq_sym _ 0) ?oner_eq0// => i _.
  have /eqP := root0 i isT; rewrite sqrtr_eq0 => pq_le0.
  apply/eqP; apply: contraTT pq_le0 => pi_neq0.
  rewrite -ltNge mulr_gt0// lt_def ?p_ge0 ?q_ge0 ?pi_neq0 ?andbT//.
  by apply: contra_neq pi_neq0; apply: dominated_eq0 dom.
split=> //; set z := affinity p q in affinity_gt0 *.
have z1_gt0 : 0 < z^-1 by rewrite invr_gt0.
have := divergence_affinity p_ge0 q_ge0 dom z1_gt0.
by rewrite p_sum1 -/z mulVf ?gt_eqF// lnV// => ?; real_lra.
Qed.

Lemma bretagnolle_huber_sum : dominated p q ->
  (2^-1 * \sum_i `|p i - q i|) ^+ 2 <= 1 - exp (- divergence p q).
Proof.
move=> /affinity_divergence[z_gt0 zKL]; have := affinity_distance.
suff: exp (- divergence p q) <= affinity p q ^+ 2 by move=> *; real_lra.
have {1}-> : affinity p q ^+ 2 = exp (2 * ln (affinity p q)).
  have /RltP z0 := z_gt0; rewrite expr2 -{1 2}(exp_ln _ z0) expRD.
  by rewrite mulr_natl mulr2n.
apply/RleP; have : - divergence p q <= 2 * ln (affinity p q) by move=> *; real_lra.
by case/RleP => [/exp_increasing/Rlt_le|->]; [|apply: Rle_refl].
Qed.

End Distributions.

(** e^−x of an extended number: 0 at infinity *)
Definition exp_opposite (x : \bar R) : R := if x is r%:E then exp (- r) else 0.

Section BretagnolleHuber.
Variables (S A : finType) (M : mdp [realFieldType of R] S A).
Implicit Types π : policy M.

Theorem bretagnolle_huber π π' s :
  state_total_variation π π' s <= Num.sqrt (1 - exp_opposite (extended_state_divergence π π' s)).
Proof.
rewrite /extended_state_divergence /extended_divergence.
case: ifP => [dom|_] /=; last by rewrite subr0 sqrtr1 state_total_variation_le1.
have [sl|sN] := boolP (live M s); last by rewrite state_total_variation_terminal ?sqrtr_ge0.
rewrite -[X in X <= _]ger0_norm ?state_total_variation_ge0// -sqrtr_sqr; apply: ler_wsqrtr.
by apply: bretagnolle_huber_sum => //; rewrite ?prob_sum1//; apply: prob_ge0.
Qed.

End BretagnolleHuber.

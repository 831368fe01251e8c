(** * Pinsker's inequality

        TV(p, q)² ≤ KL(p‖q) / 2

    *Proof.* 3(p − q)² ≤ (2p + 4q)(p ln (p/q) − p + q) for numbers p and q, by [ln_ge_rational]; then
    Cauchy–Schwarz, with Σ (2p + 4q) = 6.

    Source: Pinsker 1964; Pollard 2000, chapter 3. *)

From Coq Require Import Reals Lra.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Model Divergences.RealArithmetic Divergences.Logarithm.
From Monotone Require Import Divergences.TotalVariation Divergences.KullbackLeibler.
From Monotone Require Import Divergences.CauchySchwarz Divergences.PolicyDivergence.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma pinsker_term (x y : R) : 0 <= x -> 0 <= y -> (y = 0 -> x = 0) ->
  3%:R * (x - y) ^+ 2 <= (2%:R * x + 4%:R * y) * (x * ln (x / y) - x + y).
Proof.
move=> x_ge0 y_ge0 dom; have [->|x_neq0] := eqVneq x 0; first by rewrite mul0r; real_nra.
have x_gt0 : 0 < x by rewrite lt_def x_neq0.
have y_gt0 : 0 < y by rewrite lt_def y_ge0 andbT; apply: contra_neq x_neq0.
pose u := x / y; have u_gt0 : 0 < u by rewrite divr_gt0.
have xE : x = u * y by rewrite divfK ?gt_eqF.
have /RltP/ln_ge_rational_cleared/RleP := u_gt0.
move=> /(ler_wpmul2l (sqr_ge0 y)); rewrite expr2 xE -/u mulfK ?gt_eqF// => ?; real_nra.
Qed.

(** For any mass: (Σ |p − q|)² ≤ 2 KL(p‖q) Σp *)
Lemma pinsker_sum (I : finType) (p q : I -> R) :
  (forall i, 0 <= p i) -> (forall i, 0 <= q i) -> \sum_i p i = \sum_i q i -> dominated p q ->
  (\sum_i `|p i - q i|) ^+ 2 <= 2 * divergence p q * \sum_i p i.
Proof.
move=> p0 q0 mass dom.
have term_ge0 i := divergence_term_ge0 (p0 i) (q0 i) (@dominated_eq0 _ p q i dom).
have := @cauchy_schwarz I (fun i => 3 * (2 * p i + 4 * q i))
  (fun i => p i * ln (p i / q i) - p i + q i) (fun i => 3 * `|p i - q i|).
rewrite -!mulr_sumr !big_split /= -!mulr_sumr sumrN -mass -/(divergence p q) subrK.
set m := \sum_i p i; set l := \sum_i `|_|; move=> bound.
suff: (3 * l) ^+ 2 <= 3 * (2 * m + 4 * m) * divergence p q by rewrite !expr2 => ?; real_lra.
apply: bound => // i; first by have := p0 i; have := q0 i => *; real_lra.
have := pinsker_term (p0 i) (q0 i) (@dominated_eq0 _ p q i dom).
by rewrite exprMn real_normK ?num_real// !expr2 => ?; real_lra.
Qed.

Section Pinsker.
Variables (S A : finType) (M : mdp [realFieldType of R] S A).
Implicit Types π : policy M.

Lemma pinsker_state π π' s : dominated (π s) (π' s) ->
  state_total_variation π π' s ^+ 2 <= 2^-1 * state_divergence π π' s.
Proof.
move=> dom; have [sl|sN] := boolP (live M s); last first.
  by rewrite state_total_variation_terminal// state_divergence_terminal// mulr0 expr0n.
have := pinsker_sum (prob_ge0 π s) (prob_ge0 π' s) (policy_mass π π' s) dom.
rewrite prob_sum1// mulr1 -/(state_divergence π π' s) /state_total_variation.
by rewrite exprMn expr2 -mulrA ler_pmul2l ?invr_gt0 ?ltr0n// ler_pdivr_mull ?ltr0n.
Qed.

Theorem pinsker π π' s :
  ((state_total_variation π π' s ^+ 2)%:E <= (2^-1)%:E * extended_state_divergence π π' s)%E.
Proof.
apply: extended_bound => [|||r].
- by rewrite invr_ge0 ler0n.
- exact: extended_state_divergence_ge0.
- by move/eqP; rewrite invr_eq0 pnatr_eq0.
rewrite /extended_state_divergence /extended_divergence.
by case: ifP => // dom [<-]; apply: pinsker_state.
Qed.

End Pinsker.

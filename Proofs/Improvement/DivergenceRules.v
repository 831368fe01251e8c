(** * The rules that weigh L against KL improve every state

        max-kl         maximise L subject to max_s KL(s) ≤ δ
        mean-kl        maximise L subject to E_{s~d_π} KL(s) ≤ δ
        penalty        maximise L − C max_s KL(s)                      (Algorithm 1)
        mean-penalty   maximise L − C E_{s~d_π} KL(s)

    each with states that π never visits kept. No bound is needed, and no limit on δ or γ: giving a state
    back to π sets its KL to 0 and changes no other, so at a maximum no visited state has Ā(s) < 0.

    Source: Schulman et al. 2015, Algorithm 1 and eq. 11–12. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate Identities.
From Monotone Require Import Divergences.RealArithmetic Divergences.KullbackLeibler.
From Monotone Require Import Divergences.PolicyDivergence.
From Monotone Require Import Improvement.MonotoneStep Improvement.Algorithm1.
From Monotone Require Import Improvement.Optimisation.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section DivergenceRules.
Variables (S A : finType) (M : mdp [realFieldType of R] S A).
Implicit Types π : policy M.
Local Notation L := surrogate.
Local Notation ρ := visitation.

(** ** What giving a state back does to divergences *)

Lemma keep_divergence π π' s0 s :
  (extended_state_divergence π (keep π π' s0) s <= extended_state_divergence π π' s)%E.
Proof.
have [->|/negbTE ss0] := eqVneq s s0.
  rewrite [X in (X <= _)%E](_ : _ = 0%E) ?extended_state_divergence_ge0 //.
  rewrite /extended_state_divergence (_ : keep π π' s0 s0 = π s0).
    by rewrite /extended_divergence dominated_refl divergence_refl.
  by rewrite /= /keep_prob eqxx.
rewrite /extended_state_divergence (_ : keep π π' s0 s = π' s) //.
by rewrite /= /keep_prob ss0.
Qed.

Lemma keep_max_divergence π π' s0 :
  (max_divergence π (keep π π' s0) <= max_divergence π π')%E.
Proof.
rewrite {1}/max_divergence; elim/big_ind: _ => [|x y xd yd|s sl]; first exact: max_divergence_ge0.
  by rewrite le_maxl xd.
exact: le_trans (keep_divergence _ _ _ _) (le_max_divergence _ _ sl).
Qed.

Lemma keep_mean_divergence π π' s0 :
  (weighted_divergence (state_distribution π) π (keep π π' s0)
    <= weighted_divergence (state_distribution π) π π')%E.
Proof.
apply: lee_sum => s _; apply: lee_wpmul2l (keep_divergence _ _ _ _).
by rewrite lee_fin state_distribution_ge0.
Qed.

(** ** The rules *)

Section Rules.
Variables (π π' : policy M).
Hypothesis kept : forall s a, ρ π s = 0 -> π' s a = π s a.

Theorem max_kl_improves (δ : R) : (max_divergence π π' <= δ%:E)%E ->
  (forall π'', (max_divergence π π'' <= δ%:E)%E -> L π π'' <= L π π') ->
  forall s, value π s <= value π' s.
Proof.
move=> ok best; apply: keeping_improves kept => s; apply: best.
exact: le_trans (keep_max_divergence _ _ _) ok.
Qed.

Theorem mean_kl_improves (δ : R) :
  (weighted_divergence (state_distribution π) π π' <= δ%:E)%E ->
  (forall π'', (weighted_divergence (state_distribution π) π π'' <= δ%:E)%E ->
    L π π'' <= L π π') ->
  forall s, value π s <= value π' s.
Proof.
move=> ok best; apply: keeping_improves kept => s; apply: best.
exact: le_trans (keep_mean_divergence _ _ _) ok.
Qed.

(** A price that does not rise when a state is given back: it is finite at a maximum, as π is free. *)
Lemma price_improves (price : policy M -> \bar R) :
  (forall π'', 0 <= price π'')%E -> price π = 0%E ->
  (forall s, price (keep π π' s) <= price π')%E ->
  (forall π'', (L π π'')%:E - price π'' <= (L π π')%:E - price π')%E ->
  forall s, value π s <= value π' s.
Proof.
move=> price0 free falls best; apply: keeping_improves kept => s.
have := best π; rewrite free; have := best (keep π π' s); have := falls s.
have := price0 (keep π π' s); have := price0 π'.
case: (price π') => [x| |] //; case: (price _) => [y| |] //.
rewrite -!EFinB !lee_fin => _ _ yx le _.
by rewrite -(ler_add2r (- x)); apply: le_trans le; rewrite ler_add2l ler_opp2.
Qed.

Local Notation C := (4 * max_advantage π * discount M / (1 - discount M) ^+ 2).

Let C_ge0 : (0 <= C%:E)%E.
Proof. by rewrite lee_fin; apply: penalty_coefficient_ge0. Qed.

Theorem penalty_improves :
  (forall π'', penalised_surrogate π π'' <= penalised_surrogate π π')%E ->
  forall s, value π s <= value π' s.
Proof.
apply: price_improves => [π''||s]; first by rewrite mule_ge0 ?max_divergence_ge0.
  by rewrite max_divergence_refl mule0.
by apply: lee_wpmul2l => //; apply: keep_max_divergence.
Qed.

Theorem mean_penalty_improves :
  (forall π'', mean_penalised_surrogate π π'' <= mean_penalised_surrogate π π')%E ->
  forall s, value π s <= value π' s.
Proof.
have d0 s : 0 <= state_distribution π s by apply: state_distribution_ge0.
apply: price_improves => [π''||s]; first by rewrite mule_ge0 ?weighted_divergence_ge0.
  rewrite weighted_divergence_finite => [|s _]; last exact: dominated_refl.
  by rewrite big1 ?mule0 // => s _; rewrite /state_divergence divergence_refl mulr0.
by apply: lee_wpmul2l => //; apply: keep_mean_divergence.
Qed.

End Rules.
End DivergenceRules.

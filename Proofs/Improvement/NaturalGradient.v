(** * The exact natural gradient of a softmax policy does not lower any value

        π'(a|s) = π(a|s) exp(t(s) A_π(s,a)) / Z(s),   t(s) ≥ 0

    for all step sizes t, which may differ between states: the rule takes t(s) = 1/(λ(1−γ)) where
    ρ_π(s) > 0 and leaves other states as they are, t(s) = 0. *Proof.* e^{tA} A ≥ A for every number A,
    so Z Ā = Σ_a π e^{tA} A ≥ Σ_a π A = 0; then pointwise-improvement.

    Source: Kakade 2002; Agarwal et al. 2021, Lemma 16. *)

From Coq Require Import Reals Lra.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct.
From Monotone Require Import Maxima Model Evaluation Divergences.RealArithmetic.
From Monotone Require Import Improvement.PointwiseImprovement.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma expR_gt0 (x : R) : 0 < exp x.
Proof. by apply/RltP/exp_pos. Qed.

(** x ≤ e^{tx} x *)
Lemma exp_weight (t x : R) : 0 <= t -> x <= exp (t * x) * x.
Proof.
move=> t0; have [x0|/ltW x0] := leP 0 x.
  apply: ler_pemull => //; apply: le_trans (_ : 1 + t * x <= _).
    by rewrite ler_addl mulr_ge0.
  by apply/RleP/exp_ineq1_le.
rewrite -[leLHS]mul1r ler_wnmul2r//; apply/RleP.
have /RleP[tx|->] : t * x <= 0 by rewrite mulr_ge0_le0.
  by have := exp_increasing _ _ tx; rewrite exp_0 => le1; left.
by right; apply: exp_0.
Qed.

Section NaturalGradient.
Variables (S A : finType) (M : mdp [realFieldType of R] S A).
Variables (π : policy M) (t : S -> R).
Hypothesis t_ge0 : forall s, 0 <= t s.

Definition softmax_weight (s : S) (a : A) := π s a * exp (t s * advantage π s a).

Lemma softmax_weight_ge0 s a : 0 <= softmax_weight s a.
Proof. by rewrite mulr_ge0 ?prob_ge0 ?(ltW (expR_gt0 _)). Qed.

Lemma softmax_total_gt0 s : live M s -> 0 < \sum_a softmax_weight s a.
Proof.
move=> sl; rewrite lt_def sumr_ge0 => [|a _]; last exact: softmax_weight_ge0.
rewrite andbT; apply/eqP => /(psumr_eq0P (fun a _ => softmax_weight_ge0 s a)) w0.
have /eqP := prob_sum1 π sl; rewrite big1 ?(@eq_sym _ 0) ?oner_eq0// => a _.
have /eqP := w0 a isT; rewrite mulf_eq0 => /orP[/eqP//|].
by rewrite gt_eqF ?expR_gt0.
Qed.

Definition softmax_step : policy M.
Proof.
exists (fun s a => softmax_weight s a / \sum_b softmax_weight s b).
- by move=> s a; rewrite divr_ge0 ?softmax_weight_ge0 ?sumr_ge0// => b _; apply: softmax_weight_ge0.
- by move=> s a aN; rewrite {1}/softmax_weight prob_unavailable// !mul0r.
by move=> s sl; rewrite -mulr_suml divff// gt_eqF ?softmax_total_gt0.
Defined.

Lemma softmax_step_advantage s : 0 <= expected_advantage π softmax_step s.
Proof.
have -> : expected_advantage π softmax_step s =
    (\sum_a softmax_weight s a * advantage π s a) / \sum_b softmax_weight s b.
  by rewrite mulr_suml; apply: eq_bigr => a _; rewrite mulrAC.
apply: divr_ge0; last by apply: sumr_ge0 => a _; apply: softmax_weight_ge0.
apply: le_trans (eq_ge (esym (expected_advantage_self π s))) _; apply: ler_sum => a _.
by rewrite -mulrA ler_wpmul2l ?prob_ge0// exp_weight.
Qed.

Theorem natural_gradient_improvement s : value π s <= value softmax_step s.
Proof. by move: s; apply: pointwise_improvement => s _; apply: softmax_step_advantage. Qed.

Corollary natural_gradient_return : expected_return π <= expected_return softmax_step.
Proof. exact: pointwise_return natural_gradient_improvement. Qed.

End NaturalGradient.

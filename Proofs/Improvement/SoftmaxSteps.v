(** * Steps in softmax logits that improve every state

        π'(a|s) = π(a|s) exp x(s,a) / Σ_b π(b|s) exp x(s,b),   x(s,a) A_π(s,a) ≥ 0

    A logit may rise only where the advantage is not negative, and fall only where it is not positive:

        trust-region      x = k A          TRPO and the natural gradient, however long the line search's step
        policy-gradient   x = k ρ_π π A    the gradient of L in the logits

    Both are instances of reweighting by exp x.

    Source: Kakade 2002; Schulman et al. 2015, section 6 and appendix C; Agarwal et al. 2021. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct.
From Monotone Require Import Model Evaluation Visitation Divergences.RealArithmetic.
From Monotone Require Import Improvement.Reweighting Improvement.NaturalGradient.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** exp x − 1 has the sign of x. *)
Lemma exp_sign (x y : R) : 0 <= x * y -> 0 <= (exp x - 1) * y.
Proof.
have exp_ge (z : R) : 0 <= z -> 0 <= exp z - 1.
  move=> z0; rewrite subr_ge0; apply: le_trans (_ : 1 + z <= _); first by rewrite ler_addl.
  by apply/RleP/exp_ineq1_le.
have exp_le (z : R) : z <= 0 -> exp z - 1 <= 0.
  move=> z0; rewrite subr_le0; case/RleP: z0 => [z0|->]; last by rewrite exp_0.
  by apply/RleP; left; rewrite -[1]exp_0; apply: exp_increasing.
have [x0|x0|->] := ltrgtP x 0; last by rewrite exp_0 subrr mul0r.
  by rewrite nmulr_rge0 // => y0; rewrite mulr_le0 // exp_le // ltW.
by rewrite pmulr_rge0 // => y0; rewrite mulr_ge0 // exp_ge // ltW.
Qed.

Section SoftmaxSteps.
Variables (S A : finType) (M : mdp [realFieldType of R] S A).
Implicit Types π : policy M.

(** π' is the softmax policy of logits that are those of π plus x. *)
Definition logit_step π (x : S -> A -> R) π' : Prop :=
  forall s a, π' s a * (\sum_b π s b * exp (x s b)) = π s a * exp (x s a).

Theorem logit_step_improves π x π' : logit_step π x π' ->
  (forall s a, avail M s a -> 0 <= x s a * advantage π s a) ->
  forall s, value π s <= value π' s.
Proof.
move=> step xA; apply: reweighting_improves step _ => [s a|s a av]; first exact: expR_gt0.
by apply: exp_sign; apply: xA.
Qed.

Theorem trust_region_improves π k π' : 0 <= k ->
  logit_step π (fun s a => if visitation π s == 0 then 0 else k * advantage π s a) π' ->
  forall s, value π s <= value π' s.
Proof.
move=> k0 /logit_step_improves; apply=> s a _.
case: eqP => _; first by rewrite mul0r.
by rewrite -mulrA mulr_ge0 ?sqr_ge0.
Qed.

Theorem policy_gradient_improves π k π' : 0 <= k ->
  logit_step π (fun s a => k * (visitation π s * (π s a * advantage π s a))) π' ->
  forall s, value π s <= value π' s.
Proof.
move=> k0 /logit_step_improves; apply=> s a _.
rewrite [X in 0 <= X](_ : _ = k * visitation π s * π s a * advantage π s a ^+ 2); last by ring.
by rewrite mulr_ge0 ?sqr_ge0 // mulr_ge0 ?prob_ge0 // mulr_ge0 ?visitation_ge0.
Qed.

End SoftmaxSteps.

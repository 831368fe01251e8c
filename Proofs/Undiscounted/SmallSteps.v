(** * Small steps from a policy whose paths end

    Let π_t = π + t(τ − π), and T the expected number of steps under π. For t max (1 + T) ≤ 1/2, 2T exceeds
    P_π_t 2T by 1 at least on live states. So every path of π_t ends, and what solves e = x + P_π_t e is at
    most 2bT where x is at most b. Not every path of τ need end. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima Model Resolvent Mixture.
From Monotone Require Import Undiscounted.Endings Undiscounted.EndingPolicies.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section SmallSteps.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π τ : policy M.
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.
Local Notation P := (live_kernel M).
Local Notation T := steps.

(** ** What is linear in a policy *)

Lemma mixture_live_kernel t π τ (πt : policy M) s u : mixture t π τ πt ->
  P πt s u = P π s u + t * (P τ s u - P π s u).
Proof.
move=> mx; rewrite /live_kernel; under eq_bigr do rewrite mx mulrDl -!mulrA.
by rewrite big_split -!mulr_sumr /=; ring.
Qed.

Lemma mixture_live_sum t π τ (πt : policy M) (y : S -> R) s : mixture t π τ πt ->
  \sum_u P πt s u * y u = \sum_u P π s u * y u + t * \sum_u (P τ s u - P π s u) * y u.
Proof.
move=> mx; rewrite mulr_sumr -big_split; apply: eq_bigr => u _ /=.
by rewrite (mixture_live_kernel _ _ mx); ring.
Qed.

Lemma ending_mixture_advantage t π τ (πt : policy M) s : ends π -> mixture t π τ πt ->
  expected_advantage π πt s = t * expected_advantage π τ s.
Proof.
move=> πE mx; rewrite -[RHS]add0r -(mulr0 (1 - t)) -(expected_advantage_self πE s).
by rewrite !mulr_sumr -big_split; apply: eq_bigr => a _ /=; rewrite mx; ring.
Qed.

Lemma ending_mixture_surrogate t π τ (πt : policy M) : ends π -> mixture t π τ πt ->
  L π πt = η π + t * policy_advantage π τ.
Proof.
move=> πE mx; rewrite /L mulr_sumr; congr (_ + _); apply: eq_bigr => s _.
by rewrite (ending_mixture_advantage _ πE mx); ring.
Qed.

(** ** A small step from a policy whose paths end *)

Section Step.
Variables π τ : policy M.
Hypothesis πE : ends π.

(** More than any expected number of steps *)
Definition many_steps : R := 1 + maximum predT (T π).
Definition small_step : R := (2 * many_steps)^-1.

Lemma many_steps_gt0 : 0 < many_steps.
Proof. by rewrite ltr_spaddl ?ltr01 ?maximum_ge0. Qed.

Lemma small_step_gt0 : 0 < small_step.
Proof. by rewrite invr_gt0 mulr_gt0 ?ltr0n ?many_steps_gt0. Qed.

Variables (t : R) (πt : policy M).
Hypotheses (t0 : 0 <= t) (t_small : t <= small_step) (mx : mixture t π τ πt).

(** 2T exceeds what it is after a step by 1 on live states. *)
Lemma step_excess s : (live M s)%:R <= 2 * T π s - \sum_u P πt s u * (2 * T π u).
Proof.
have [sl|sN] := boolP (live M s); last first.
  by rewrite steps_terminal // mulr0 big1 ?subrr // => u _; rewrite live_kernel_from ?mul0r.
set next := \sum_u P τ s u * T π u.
have next_le : next <= maximum predT (T π).
  apply: (@le_trans _ _ (\sum_u P τ s u * maximum predT (T π))).
    by apply: ler_sum => u _; rewrite ler_wpmul2l ?live_kernel_ge0 // (le_maximum (T π)).
  by rewrite -mulr_suml ler_pimull ?maximum_ge0 ?live_kernel_le1.
have moved : 2 * (t + t * next) <= 1.
  apply: (@le_trans _ _ (2 * (t * many_steps))); last first.
    rewrite mulrCA -ler_pdivl_mulr ?mul1r // mulr_gt0 ?ltr0n ?many_steps_gt0 //.
  by rewrite ler_wpmul2l ?ler0n // -[X in X + _]mulr1 -mulrDr ler_wpmul2l // ler_add2l.
have stepE : \sum_u P πt s u * (2 * T π u) = 2 * ((1 - t) * (T π s - 1) + t * next).
  have -> : T π s - 1 = \sum_u P π s u * T π u by rewrite (stepsE s πE) sl /= mulr1n addrAC subrr add0r.
  under eq_bigr do rewrite mulrCA; rewrite -mulr_sumr (mixture_live_sum _ _ mx); under [X in _ + t * X]eq_bigr do rewrite mulrBl.
  by rewrite sumrB -/next; ring.
rewrite stepE /= mulr1n -subr_ge0; set x := T π s.
have -> : 2 * x - 2 * ((1 - t) * (x - 1) + t * next) - 1
    = (1 - 2 * (t + t * next)) + 2 * (t * x) by ring.
by rewrite addr_ge0 ?subr_ge0 // !mulr_ge0 ?ler0n // steps_ge0.
Qed.

Lemma small_step_ends : ends πt.
Proof.
apply: (@ends_bounded _ _ _ _ _ (fun s => 2 * T π s)) => s sl.
rewrite live_sum => [|u uN]; last by rewrite steps_terminal ?mulr0.
by have := step_excess s; rewrite sl ler_subr_addr.
Qed.

(** What solves e = x + P_π_t e is at most 2bT where x is at most b. *)
Lemma small_step_bound b (x e : S -> R) : 0 <= b ->
  (forall s, x s <= b * (live M s)%:R) -> (forall s, e s = x s + \sum_u P πt s u * e u) ->
  forall s, e s <= b * (2 * T π s).
Proof.
move=> b0 xb eE s; rewrite -subr_ge0; move: s; apply: (ending_minimum small_step_ends) => s.
under eq_bigr do rewrite mulrBr mulrCA; rewrite sumrB -mulr_sumr [X in _ <= _ - X]eE.
have := le_trans (xb s) (ler_wpmul2l b0 (step_excess s)); rewrite mulrBr => xs.
by rewrite opprD addrA ler_add2r ler_subr_addr addrC -ler_subr_addr.
Qed.

End Step.

End SmallSteps.

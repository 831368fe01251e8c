(** * The claims that hold for the discount 1

    Under policies whose paths end: identities, the bound by the shift of visitations, and the
    improvement of every state. Of sums of visitations less is known than for a discount below 1: they
    are expected numbers of steps, which differ between policies. So visitation-shift-span has no
    counterpart here.

    Source: as for the claims of the same names. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Model Undiscounted.Endings Undiscounted.EndingPolicies.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section EndingClaims.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π : policy M.
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.

(** V and ρ solve their systems, agree on the return, and ρ sums to the expected number of steps. *)
Theorem bellman_residual π : ends π ->
  [/\ forall s, value π s = mean_reward M π s + \sum_t kernel M π s t * value π t,
      forall s, live M s -> ρ π s = start M s + \sum_t ρ π t * kernel M π t s,
      \sum_s start M s * value π s = \sum_s ρ π s * mean_reward M π s,
      \sum_s ρ π s = \sum_s start M s * steps π s &
      forall s, \sum_a π s a * advantage π s a = 0].
Proof.
move=> πE; split=> [s|s sl|||s]; [exact: valueE | exact: visitationE | | |].
- by rewrite (visitation_duality πE (value_terminal πE) (live_valueE πE)).
- rewrite -(visitation_duality πE (fun s => steps_terminal πE) (fun s => stepsE s πE)).
  apply: eq_bigr => s _; case: (boolP (live M s)) => [_|/(visitation_terminal πE)->].
    by rewrite mulr1.
  by rewrite mulr0.
exact: expected_advantage_self.
Qed.

(** V_π' − V_π = Ā + P_π' (V_π' − V_π) *)
Lemma value_difference π π' s : ends π -> ends π' ->
  value π' s - value π s = expected_advantage π π' s +
    \sum_t live_kernel M π' s t * (value π' t - value π t).
Proof.
move=> πE πE'; under eq_bigr do rewrite mulrBr.
by rewrite sumrB expected_advantageE // {1}(live_valueE πE'); ring.
Qed.

Theorem performance_difference π π' : ends π -> ends π' ->
  η π' = η π + \sum_s ρ π' s * expected_advantage π π' s.
Proof.
move=> πE πE'.
rewrite (visitation_duality πE' _ (fun s => value_difference s πE πE')) => [|s sN].
  by rewrite -big_split /=; apply: eq_bigr => s _; ring.
by rewrite !value_terminal ?subrr.
Qed.

Theorem surrogate_value π : ends π -> L π π = η π.
Proof.
move=> πE; rewrite /L /policy_advantage big1 ?addr0 // => s _.
by rewrite expected_advantage_self // mulr0.
Qed.

Lemma gap_shift π π' : ends π -> ends π' ->
  η π' - L π π' = \sum_s (ρ π' s - ρ π s) * expected_advantage π π' s.
Proof.
move=> πE πE'; rewrite (performance_difference πE πE') /L opprD addrACA subrr add0r -sumrB.
by apply: eq_bigr => s _; rewrite mulrBl.
Qed.

Theorem visitation_shift π π' : ends π -> ends π' ->
  `|η π' - L π π'| <= (\sum_s `|ρ π' s - ρ π s|) * max_expected_advantage π π'.
Proof.
move=> πE πE'; rewrite gap_shift //; apply: le_trans (ler_norm_sum _ _ _) _; rewrite mulr_suml.
by apply: ler_sum => s _; rewrite normrM ler_wpmul2l ?le_max_expected_advantage.
Qed.

Theorem pointwise_improvement π π' : ends π -> ends π' ->
  (forall s, live M s -> 0 <= expected_advantage π π' s) ->
  forall s, value π s <= value π' s.
Proof.
move=> πE πE' Ā0 s; rewrite -subr_ge0; move: s; apply: (ending_minimum πE') => s.
rewrite [X in _ <= X]value_difference // ler_addr.
by have [/Ā0|/expected_advantage_terminal->] := boolP (live M s).
Qed.

Corollary ending_return_improves π π' : ends π -> ends π' ->
  (forall s, live M s -> 0 <= expected_advantage π π' s) -> η π <= η π'.
Proof.
by move=> πE πE' Ā0; apply: ler_sum => s _; rewrite ler_wpmul2l ?start_ge0 ?pointwise_improvement.
Qed.

End EndingClaims.

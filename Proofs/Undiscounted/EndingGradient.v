(** * surrogate-gradient for the discount 1

    Along π_t = π + t(π' − π), for small t ≥ 0: every path of π_t ends, L_π(π_t) = η(π) + t 𝔸, and

        |η(π_t) − η(π) − t 𝔸| ≤ k t²

    *Proof.* With D = (I − P_π)⁻¹ Ā, whose mean under ρ₀ is 𝔸, e = V_π_t − V_π − tD solves
    e = t²(P_π' − P_π)D + P_π_t e. So |e| ≤ 2 t² c T, where |(P_π' − P_π)D| ≤ c and T is the expected number
    of steps under π (SmallSteps). Not every path of π' need end.

    Source: Schulman et al. 2015, eq. 4. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima Model Resolvent Mixture SurrogateGradient.
From Monotone Require Import Undiscounted.Endings Undiscounted.EndingPolicies Undiscounted.EndingClaims.
From Monotone Require Import Undiscounted.SmallSteps.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section EndingGradient.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π τ : policy M.
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.
Local Notation P := (live_kernel M).
Local Notation T := steps.

(** ** The second order of the return *)

Section Step.
Variables π τ : policy M.
Hypothesis πE : ends π.

Variables (t : R) (πt : policy M).
Hypotheses (t0 : 0 <= t) (t_small : t <= small_step π) (mx : mixture t π τ πt).

Definition advantage_steps s : R := \sum_u ending_inverse π s u * expected_advantage π τ u.
Local Notation D := advantage_steps.

Definition second_order s : R := \sum_u (P τ s u - P π s u) * D u.

Lemma advantage_stepsE s : D s = expected_advantage π τ s + \sum_u P π s u * D u.
Proof. exact: (ending_mul πE). Qed.

Lemma advantage_steps_terminal s : ~~ live M s -> D s = 0.
Proof.
move=> sN; rewrite advantage_stepsE expected_advantage_terminal // add0r big1 // => u _.
by rewrite live_kernel_from ?mul0r.
Qed.

Lemma advantage_steps_start : \sum_s start M s * D s = policy_advantage π τ.
Proof. by rewrite -(visitation_duality πE advantage_steps_terminal advantage_stepsE). Qed.

Definition remainder s : R := value πt s - value π s - t * D s.

Lemma remainderE s : remainder s = t ^+ 2 * second_order s + \sum_u P πt s u * remainder u.
Proof.
have sumE : \sum_u P πt s u * remainder u =
    \sum_u P πt s u * (value πt u - value π u) - t * \sum_u P πt s u * D u.
  by rewrite mulr_sumr -sumrB; apply: eq_bigr => u _; rewrite /remainder; ring.
rewrite sumE {1}/remainder (value_difference s πE (small_step_ends πE t0 t_small mx)).
rewrite (ending_mixture_advantage _ πE mx) {1}advantage_stepsE (mixture_live_sum D s mx).
by rewrite /second_order; ring.
Qed.

Definition second_order_size : R := maximum predT (fun s => `|second_order s|).

Lemma second_order_le s : `|second_order s| <= second_order_size * (live M s)%:R.
Proof.
have [sl|sN] := boolP (live M s); first by rewrite mulr1 (le_maximum (fun s => `|second_order s|)).
by rewrite mulr0 /second_order big1 ?normr0 // => u _; rewrite !live_kernel_from // subrr mul0r.
Qed.

Lemma remainder_le s : `|remainder s| <= t ^+ 2 * second_order_size * (2 * T π s).
Proof.
have b0 : 0 <= t ^+ 2 * second_order_size by rewrite mulr_ge0 ?sqr_ge0 ?maximum_ge0.
have size u : t ^+ 2 * `|second_order u| <= t ^+ 2 * second_order_size * (live M u)%:R.
  by rewrite -mulrA ler_wpmul2l ?sqr_ge0 ?second_order_le.
rewrite ler_norml ler_oppl; apply/andP; split; last first.
  apply: (small_step_bound πE t0 t_small mx b0) remainderE s => u; apply: le_trans (size u).
  by rewrite ler_wpmul2l ?sqr_ge0 ?ler_norm.
apply: (small_step_bound πE t0 t_small mx (x := fun u => - (t ^+ 2 * second_order u)) (e := fun u => - remainder u) b0) => u.
  by apply: le_trans (size u); rewrite -mulrN ler_wpmul2l ?sqr_ge0 // -normrN ler_norm.
rewrite {1}remainderE opprD; congr (_ + _).
by rewrite -sumrN; apply: eq_bigr => v _; rewrite mulrN.
Qed.

Lemma small_step_return :
  `|η πt - η π - t * policy_advantage π τ|
    <= second_order_size * (2 * \sum_s start M s * T π s) * t ^+ 2.
Proof.
have -> : η πt - η π - t * policy_advantage π τ = \sum_s start M s * remainder s.
  rewrite -advantage_steps_start mulr_sumr -!sumrB; apply: eq_bigr => s _.
  by rewrite /remainder; ring.
apply: le_trans (ler_norm_sum _ _ _) _; rewrite !mulr_sumr mulr_suml; apply: ler_sum => s _.
rewrite normrM (ger0_norm (start_ge0 M s)).
have := ler_wpmul2l (start_ge0 M s) (remainder_le s).
by move/le_trans; apply; apply: eq_ge; ring.
Qed.

End Step.

(** ** The claim *)

(** dη/dt by the resolvent *)
Definition return_slope π τ : R :=
  \sum_s ρ π s * (mean_reward M τ s - mean_reward M π s
    + \sum_u (kernel M τ s u - kernel M π s u) * value π u).

Lemma return_slopeE π τ : ends π -> return_slope π τ = policy_advantage π τ.
Proof.
move=> πE; apply: eq_bigr => s _; congr (_ * _).
under eq_bigr do rewrite mulrBl; rewrite sumrB !(live_sum _ _ (value_terminal πE)).
by rewrite expected_advantageE // [X in _ = _ - X](live_valueE πE); ring.
Qed.

Lemma ending_softmax_slope π s a : ends π ->
  \sum_b softmax_slope π s a b * action_value π s b = π s a * advantage π s a.
Proof.
move=> πE; rewrite /softmax_slope; under eq_bigr do rewrite mulrBr mulrBl -mulrA mulrCA.
rewrite sumrB sum_delta /advantage (value_action_value πE) mulrBr; congr (_ - _).
by rewrite mulr_sumr; apply: eq_bigr => b _; ring.
Qed.

Theorem surrogate_gradient π τ : ends π ->
  [/\ forall t (πt : policy M), mixture t π τ πt ->
        L π πt = η π + t * policy_advantage π τ,
      exists k, exists2 small, 0 < small & forall t (πt : policy M), 0 <= t <= small ->
        mixture t π τ πt ->
        ends πt /\ `|η πt - η π - t * policy_advantage π τ| <= k * t ^+ 2,
      return_slope π τ = policy_advantage π τ &
      forall s a, ρ π s * (\sum_b softmax_slope π s a b * action_value π s b)
        = ρ π s * (π s a * advantage π s a)].
Proof.
move=> πE; split=> [t πt mx|||s a]; first exact: ending_mixture_surrogate.
- exists (second_order_size π τ * (2 * \sum_s start M s * T π s)), (small_step π).
    exact: small_step_gt0.
  move=> t πt /andP[t0 t_small] mx; split; first exact: small_step_ends t0 t_small mx.
  exact: small_step_return t0 t_small mx.
- exact: return_slopeE.
by rewrite ending_softmax_slope.
Qed.

End EndingGradient.

(** * surrogate-gradient for the discount 1

    Along π_t = π + t(π' − π), for small t ≥ 0: every path of π_t ends, L_π(π_t) = η(π) + t 𝔸, and

        |η(π_t) − η(π) − t 𝔸| ≤ k t²

    *Proof.* With D = (I − P_π)⁻¹ Ā, whose mean under ρ₀ is 𝔸, e = V_π_t − V_π − tD solves
    e = t²(P_π' − P_π)D + P_π_t e. With T the expected number of steps under π and t max T ≤ 1/2, 2T exceeds
    P_π_t 2T by 1 at least on live states: so every path of π_t ends, and |e| ≤ 2 t² c T by the
    minimum principle, where |(P_π' − P_π)D| ≤ c. Not every path of π' need end.

    Source: Schulman et al. 2015, eq. 4. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima Model Resolvent Mixture SurrogateGradient.
From Monotone Require Import Undiscounted.Endings Undiscounted.EndingPolicies Undiscounted.EndingClaims.
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

(** ** The second order of the return *)

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
rewrite sumE {1}/remainder (value_difference s πE small_step_ends).
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
  apply: (small_step_bound b0) remainderE s => u; apply: le_trans (size u).
  by rewrite ler_wpmul2l ?sqr_ge0 ?ler_norm.
apply: (small_step_bound (x := fun u => - (t ^+ 2 * second_order u)) (e := fun u => - remainder u) b0) => u.
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

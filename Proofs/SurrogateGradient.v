(** * surrogate-gradient: the surrogate has the slope of the return

    Along π_t = π + t(π' − π): L_π(π_t) = η(π) + t 𝔸 is linear, and

        |η(π_t) − η(π) − t 𝔸| ≤ k t²   for 0 ≤ t ≤ 1

    so 𝔸 is the derivative of η at t = 0. It is also ρ_π·(r_π' − r_π + γ(P_π' − P_π)V_π), the
    derivative by the resolvent. In softmax logits ∂π(b|s)/∂θ(s,a) = π(b|s)(1[a=b] − π(a|s)), and

        ρ_π(s) Σ_b ∂π(b|s)/∂θ(s,a) Q_π(s,b) = ρ_π(s) π(a|s) A_π(s,a)

    L is off by the square of the distance at most, in any direction: so η has the slope of L along every
    curve of policies through π. SoftmaxGradient takes the derivative in a logit.

    Source: Schulman et al. 2015, eq. 4. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima Model Resolvent Evaluation Visitation Divergences.TotalVariation Surrogate
  Mixture Bounds.ConservativeMixture Bounds.TotalVariation.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section SurrogateGradient.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π τ : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.

Lemma surrogate_tangent π : exists k, forall π',
  `|η π' - L π π'| <= k * max_total_variation M π π' ^+ 2.
Proof. by exists (penalty_coefficient π) => π'; apply: total_variation_penalty. Qed.

(** dη/dt by the resolvent *)
Definition return_slope π π' : R :=
  \sum_s ρ π s * (mean_reward M π' s - mean_reward M π s
    + γ * (\sum_s' (kernel M π' s s' - kernel M π s s') * value π s')).

(** ∂π(b|s)/∂θ(s,a) *)
Definition softmax_slope π s a b : R := π s b * ((a == b)%:R - π s a).

Lemma return_slopeE π π' : return_slope π π' = policy_advantage π π'.
Proof.
apply: eq_bigr => s _; congr (_ * _).
under eq_bigr do rewrite mulrBl; rewrite sumrB expected_advantageE [X in _ = _ - X]valueE; ring.
Qed.

Lemma softmax_slopeE π s a :
  \sum_b softmax_slope π s a b * action_value π s b = π s a * advantage π s a.
Proof.
rewrite /softmax_slope; under eq_bigr do rewrite mulrBr mulrBl -mulrA mulrCA.
rewrite sumrB sum_delta /advantage value_action_value mulrBr; congr (_ - _).
by rewrite mulr_sumr; apply: eq_bigr => b _; ring.
Qed.

Lemma return_derivative t π π' (πt : policy M) : 0 <= t <= 1 -> mixture t π π' πt ->
  `|η πt - η π - t * policy_advantage π π'| <=
    2 * γ * max_expected_advantage π π' / (1 - γ) ^+ 2 * t ^+ 2.
Proof.
move=> t01 mx; have := conservative_mixture t01 mx.
rewrite /L (mixture_policy_advantage mx) opprD addrA => /le_trans; apply.
by apply: eq_ge; ring.
Qed.

Theorem surrogate_gradient π π' :
  [/\ forall t (πt : policy M), mixture t π π' πt ->
        L π πt = η π + t * policy_advantage π π',
      exists k, forall t (πt : policy M), 0 <= t <= 1 -> mixture t π π' πt ->
        `|η πt - η π - t * policy_advantage π π'| <= k * t ^+ 2,
      return_slope π π' = policy_advantage π π' &
      forall s a, ρ π s * (\sum_b softmax_slope π s a b * action_value π s b)
        = ρ π s * (π s a * advantage π s a)].
Proof.
split=> [t πt mx|||s a]; first by rewrite /L (mixture_policy_advantage mx).
- by exists (2 * γ * max_expected_advantage π π' / (1 - γ) ^+ 2) => t πt; apply: return_derivative.
- exact: return_slopeE.
by rewrite softmax_slopeE.
Qed.

End SurrogateGradient.

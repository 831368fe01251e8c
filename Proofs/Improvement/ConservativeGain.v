(** * conservative-gain

        η(π') − η(π) ≥ ½ 𝔸 = 𝔸'² (1−γ)²/(8γε')

    for π' = (1−α) π + α τ with α = 𝔸'(1−γ)²/(4γε') ≤ 1, where 𝔸' and ε' are those of the target τ,
    𝔸 = α𝔸' that of the step. More generally, for every update that is a mixture with a weight α for
    which the loss 2γ ε_exp α/(1−γ)² is at most ½𝔸.

    Source: Kakade & Langford 2002, Cor. 4.2; Schulman et al. 2015, eq. 5–6. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate Mixture
  Bounds.ConservativeMixture.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section ConservativeGain.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π τ : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.

(** Any update whose loss is at most half of what L promises *)
Lemma conservative_gain_keeps α π π' : 0 <= α <= 1 -> keeps α π π' ->
  2 * γ * max_expected_advantage π π' * α / (1 - γ) ^+ 2 <= policy_advantage π π' / 2 ->
  policy_advantage π π' / 2 <= η π' - η π.
Proof.
move=> α01 kept loss; have := le_trans (conservative_mixture_horizon α01 kept) loss.
rewrite ler_distl => /andP[gain _]; apply: le_trans (ler_sub gain (lexx (η π))).
by apply: eq_ge; rewrite /L; field.
Qed.

(** What is checked of an update without a target *)
Lemma conservative_gain_weight π π' (α := mixture_weight M π π') :
  2 * γ * max_expected_advantage π π' * α / (1 - γ) ^+ 2 <= policy_advantage π π' / 2 ->
  policy_advantage π π' / 2 <= η π' - η π.
Proof.
apply: conservative_gain_keeps; last exact: mixture_weight_keeps.
by rewrite mixture_weight_ge0 mixture_weight_le1.
Qed.

Theorem conservative_gain π τ π' (𝔸 := policy_advantage π τ) (ε := max_expected_advantage π τ)
    (α := 𝔸 * (1 - γ) ^+ 2 / (4 * γ * ε)) :
  γ * ε != 0 -> 0 <= α <= 1 -> mixture α π τ π' ->
  policy_advantage π π' / 2 = 𝔸 ^+ 2 * (1 - γ) ^+ 2 / (8 * γ * ε) /\
  policy_advantage π π' / 2 <= η π' - η π.
Proof.
move=> γε α01 mx; have [α0 _] := andP α01.
have h0 : 1 - γ != 0 by rewrite gt_eqF ?horizon_gt0.
have 𝔸' : policy_advantage π π' = α * 𝔸 := mixture_policy_advantage mx.
have αE : α = 𝔸 * (1 - γ) ^+ 2 / (4 * (γ * ε)) by rewrite mulrA.
split; first by rewrite -[8 * γ * ε]mulrA 𝔸' αE; move: (γ * ε) γε => x x0; field.
apply: conservative_gain_keeps α01 (mixture_keeps α0 mx) _.
rewrite (mixture_max_expected_advantage α0 mx) 𝔸' -/ε.
have -> : 2 * γ * (α * ε) * α / (1 - γ) ^+ 2 = 2 * α * (γ * ε * α) / (1 - γ) ^+ 2 by ring.
by apply: eq_ge; rewrite αE; move: (γ * ε) γε => x x0; field; rewrite x0 h0.
Qed.

End ConservativeGain.

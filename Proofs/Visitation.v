(** * Discounted visitation

        ρ_π = ρ₀ + γ ρ_π P_π,   Σ_s ρ_π(s) = 1/(1−γ),   d_π = (1−γ) ρ_π

    ρ_π(s) is the expected discounted number of visits to s. It exists, is the only solution of its
    equation and is nowhere negative. It prices every reward: η(π) = Σ_s ρ_π(s) r_π(s).

    Source: Schulman et al. 2015, section 2. *)

From mathcomp Require Import all_ssreflect all_algebra.
From Monotone Require Import Model Resolvent Evaluation.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Visitation.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).

Definition visitation π (s : S) : R :=
  \sum_s' start M s' * resolvent γ (kernel M π) s' s.

Definition state_distribution π (s : S) : R := (1 - γ) * visitation π s.

Local Hint Resolve discount_ge0 discount_lt1 policy_kernel_ge0 policy_kernel_le1 : core.

Lemma visitationE π s :
  visitation π s = start M s + γ * (\sum_t visitation π t * kernel M π t s).
Proof. exact: resolvent_mulr. Qed.

Lemma visitation_unique π (ρ : S -> R) :
  (forall s, ρ s = start M s + γ * (\sum_t ρ t * kernel M π t s)) -> ρ =1 visitation π.
Proof. by move=> ρE s; apply: resolvent_uniquer. Qed.

Lemma visitation_ge0 π s : 0 <= visitation π s.
Proof.
by apply: sumr_ge0 => t _; rewrite mulr_ge0 ?start_ge0 ?resolvent_ge0.
Qed.

Lemma start_le_visitation π s : start M s <= visitation π s.
Proof.
rewrite visitationE ler_addl mulr_ge0 ?discount_ge0 ?sumr_ge0 // => t _.
by rewrite mulr_ge0 ?visitation_ge0 ?policy_kernel_ge0.
Qed.

Lemma visitation_sum π : \sum_s visitation π s = (1 - γ)^-1.
Proof.
rewrite exchange_big /=; under eq_bigr => s _.
  rewrite -mulr_sumr resolvent_sum //; last exact: policy_kernel_sum1.
  over.
by rewrite -mulr_suml start_sum1 mul1r.
Qed.

Lemma state_distribution_ge0 π s : 0 <= state_distribution π s.
Proof. by rewrite mulr_ge0 ?visitation_ge0 // ltW ?horizon_gt0. Qed.

Lemma state_distribution_sum1 π : \sum_s state_distribution π s = 1.
Proof. by rewrite -mulr_sumr visitation_sum mulfV // gt_eqF ?horizon_gt0. Qed.

(** ρ_π · x = ρ₀ · y where y solves y = x + γ P_π y *)
Lemma visitation_duality π (x y : S -> R) :
  (forall s, y s = x s + γ * (\sum_s' kernel M π s s' * y s')) ->
  \sum_s visitation π s * x s = \sum_s start M s * y s.
Proof.
move=> yE; transitivity (\sum_s visitation π s * y s
    - \sum_s visitation π s * (γ * (\sum_s' kernel M π s s' * y s'))).
  by rewrite -sumrB; apply: eq_bigr => s _; rewrite -mulrBr {1}yE addrK.
have -> : \sum_s visitation π s * (γ * (\sum_s' kernel M π s s' * y s')) =
    \sum_s' γ * (\sum_s visitation π s * kernel M π s s') * y s'.
  under eq_bigr do rewrite mulrCA mulr_sumr; rewrite -mulr_sumr exchange_big /= mulr_sumr.
  apply: eq_bigr => s' _; rewrite -mulrA mulr_suml; congr (_ * _).
  by apply: eq_bigr => s _; rewrite mulrA.
by rewrite -sumrB; apply: eq_bigr => s _; rewrite -mulrBl {1}visitationE addrK.
Qed.

Lemma expected_return_visitation π :
  expected_return π = \sum_s visitation π s * mean_reward M π s.
Proof. by rewrite (visitation_duality (valueE π)). Qed.

End Visitation.

(** * Identities

    Equalities between two policies π and π':

        η(π') = η(π) + Σ_s ρ_π'(s) Ā(s)                        the performance difference
        G     = Σ_s (ρ_π' − ρ_π)(s) Ā(s)                       G = η(π') − L_π(π')
        ρ_π' − ρ_π = γ ρ_π (P_π' − P_π) (I − γP_π')⁻¹
        G     = γ ρ_π (P_π' − P_π) (V_π' − V_π)

    Source: Kakade & Langford 2002, Lemma 6.1; Schulman et al. 2015, eq. 1–4. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Model Resolvent Evaluation Visitation Surrogate.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Identities.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.

(** V and ρ solve their systems, agree on the return, and have the totals that they should. *)
Theorem bellman_residual π :
  [/\ forall s, value π s = mean_reward M π s + γ * (\sum_s' kernel M π s s' * value π s'),
      forall s, ρ π s = start M s + γ * (\sum_s' ρ π s' * kernel M π s' s),
      \sum_s start M s * value π s = \sum_s ρ π s * mean_reward M π s,
      \sum_s ρ π s = (1 - γ)^-1 &
      forall s, \sum_a π s a * advantage π s a = 0].
Proof.
split=> [s|s|||s]; [exact: valueE | exact: visitationE | | exact: visitation_sum |].
  exact: expected_return_visitation.
exact: expected_advantage_self.
Qed.

(** V_π' − V_π = Ā + γ P_π' (V_π' − V_π) *)
Lemma value_difference π π' s :
  value π' s - value π s = expected_advantage π π' s +
    γ * (\sum_s' kernel M π' s s' * (value π' s' - value π s')).
Proof.
under eq_bigr do rewrite mulrBr.
by rewrite sumrB expected_advantageE {1}(valueE π'); ring.
Qed.

Theorem performance_difference π π' :
  η π' = η π + \sum_s ρ π' s * expected_advantage π π' s.
Proof.
rewrite (visitation_duality (value_difference π π')) -big_split /=.
by apply: eq_bigr => s _; ring.
Qed.

Theorem surrogate_value π : L π π = η π.
Proof.
by rewrite /L /policy_advantage big1 ?addr0 // => s _; rewrite expected_advantage_self mulr0.
Qed.

Lemma gap_shift π π' :
  η π' - L π π' = \sum_s (ρ π' s - ρ π s) * expected_advantage π π' s.
Proof.
rewrite (performance_difference π π') /L opprD addrACA subrr add0r -sumrB.
by apply: eq_bigr => s _; rewrite mulrBl.
Qed.

Lemma visitation_shift_sum π π' : \sum_s (ρ π' s - ρ π s) = 0.
Proof. by rewrite sumrB !visitation_sum subrr. Qed.

(** The change of visitation that one step under π' instead of π makes: ρ_π (P_π' − P_π) *)
Definition step_shift π π' s : R := \sum_t ρ π t * (kernel M π' t s - kernel M π t s).

Lemma step_shift_sum π π' : \sum_s step_shift π π' s = 0.
Proof.
rewrite exchange_big big1 //= => t _.
by rewrite -mulr_sumr sumrB !policy_kernel_sum1 subrr mulr0.
Qed.

Lemma visitation_shift_step π π' s :
  ρ π' s - ρ π s = γ * step_shift π π' s + γ * (\sum_t (ρ π' t - ρ π t) * kernel M π' t s).
Proof.
rewrite {1}visitationE {1}(visitationE π) opprD addrACA subrr add0r -mulrBr -mulrDr.
by rewrite -sumrB -big_split; congr (_ * _); apply: eq_bigr => t _ /=; ring.
Qed.

Lemma visitation_shiftE π π' s :
  ρ π' s - ρ π s = \sum_t γ * step_shift π π' t * resolvent γ (kernel M π') t s.
Proof.
move: s; apply: resolvent_uniquer (visitation_shift_step π π').
- exact: discount_ge0.
- exact: discount_lt1.
- exact: policy_kernel_ge0.
exact: policy_kernel_le1.
Qed.

Lemma gap_step π π' :
  η π' - L π π' = γ * (\sum_s step_shift π π' s * (value π' s - value π s)).
Proof.
rewrite gap_shift mulr_sumr; under [RHS]eq_bigr do rewrite mulrA.
pose d s := value π' s - value π s.
transitivity (\sum_s (ρ π' s - ρ π s) * d s
    - \sum_s (γ * (\sum_t (ρ π' t - ρ π t) * kernel M π' t s)) * d s).
  have -> : \sum_s (γ * (\sum_t (ρ π' t - ρ π t) * kernel M π' t s)) * d s =
      \sum_t (ρ π' t - ρ π t) * (γ * (\sum_s kernel M π' t s * d s)).
    under eq_bigr do rewrite -mulrA mulr_suml mulr_sumr; rewrite exchange_big /=.
    by apply: eq_bigr => t _; rewrite !mulr_sumr; apply: eq_bigr => s _; ring.
  by rewrite -sumrB; apply: eq_bigr => s _; rewrite -mulrBr {1}/d value_difference addrK.
by rewrite -sumrB; apply: eq_bigr => s _; rewrite -mulrBl {1}visitation_shift_step addrK.
Qed.

End Identities.

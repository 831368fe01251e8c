(** * dobrushin

        |η(π') − L_π(π')| ≤ γ sp(Ā)/(1 − γτ(P_π')) Σ_s ρ_π(s) TVP(s)

    by resolvent-ergodicity and τ((I − γP)⁻¹) ≤ 1/(1 − γτ(P)).

    Source: Dobrushin 1956; Seneta 2006, section 4.3. *)

From mathcomp Require Import all_ssreflect all_algebra.
From Monotone Require Import Model Evaluation Visitation Surrogate Ergodicity Bounds.ResolventErgodicity.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Dobrushin.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.

Theorem dobrushin π π' :
  `|η π' - L π π'| <= γ * advantage_span π π' / (1 - γ * ergodicity (kernel M π'))
    * visited_transition_variation π π'.
Proof. exact: resolvent_ergodicity_le (ergodicity_resolvent π'). Qed.

End Dobrushin.

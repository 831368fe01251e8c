(** * visitation-shift-span

        |η(π') − L_π(π')| ≤ ½ Σ_s |ρ_π'(s) − ρ_π(s)| · sp(Ā)

    G = (ρ_π' − ρ_π)·Ā, and the difference of visitations has mass 0.

    Source: cf. Haviv & van der Heyden 1984. *)

From mathcomp Require Import all_ssreflect all_algebra.
From Monotone Require Import MassZero Model Evaluation Visitation Surrogate Identities.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section VisitationShiftSpan.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.

Theorem visitation_shift_span π π' :
  `|η π' - L π π'| <= 2^-1 * (\sum_s `|ρ π' s - ρ π s|) * advantage_span π π'.
Proof. by rewrite gap_shift; apply: mass_zero_span; apply: visitation_shift_sum. Qed.

End VisitationShiftSpan.

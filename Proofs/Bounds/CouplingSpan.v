(** * coupling-span

        |η(π') − L_π(π')| ≤ γ sp(Ā) α c,   c = 1/((1−γ)(1−γ(1−α))),   α = max_s TV(s)

    Source: Pirotta et al. 2013, Thm 3.5, with Schulman et al. 2015, Lemma 3. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Model Evaluation Visitation Divergences.TotalVariation Surrogate SharedVisitation
  Bounds.VisitationShiftSpan.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section CouplingSpan.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π τ : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.

Theorem coupling_span π π' (α := max_total_variation M π π') :
  `|η π' - L π π'| <=
    γ * advantage_span π π' * α / ((1 - γ) * (1 - γ * (1 - α))).
Proof.
apply: le_trans (visitation_shift_span π π') _.
rewrite -/(coupling_count M α).
have -> : γ * advantage_span π π' * α * coupling_count M α =
    2^-1 * (2 * (γ * α * coupling_count M α)) * advantage_span π π' by field.
rewrite ler_wpmul2r ?advantage_span_ge0 // ler_wpmul2l ?invr_ge0 ?ler0n //.
exact: visitation_shift_coupling.
Qed.

End CouplingSpan.

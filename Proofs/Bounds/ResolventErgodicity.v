(** * resolvent-ergodicity

        |η(π') − L_π(π')| ≤ γ sp(Ā) τ(N') Σ_s ρ_π(s) TVP(s),   N' = (I − γP_π')⁻¹

    ρ_π' − ρ_π = γ μ N' with μ = ρ_π (P_π' − P_π) of mass 0 and norm at most 2 Σ_s ρ_π(s) TVP(s).

    Source: cf. Dai & Gluzman 2021 (arXiv 2107.08068). *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima Model Resolvent Evaluation Visitation Surrogate Identities Ergodicity
  Bounds.VisitationShiftSpan.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section ResolventErgodicity.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.

Theorem resolvent_ergodicity π π' :
  `|η π' - L π π'| <= γ * advantage_span π π' * ergodicity (resolvent γ (kernel M π'))
    * visited_transition_variation π π'.
Proof.
apply: le_trans (visitation_shift_span π π') _.
apply: le_trans (ler_wpmul2r (advantage_span_ge0 _ _) (visitation_shift_ergodicity _ _)) _.
by apply: eq_ge; ring.
Qed.

(** An upper bound on the coefficient serves as well. *)
Lemma resolvent_ergodicity_le π π' τ : ergodicity (resolvent γ (kernel M π')) <= τ ->
  `|η π' - L π π'| <= γ * advantage_span π π' * τ * visited_transition_variation π π'.
Proof.
move=> ττ; apply: le_trans (resolvent_ergodicity π π') _.
rewrite ler_wpmul2r ?visited_transition_variation_ge0 // ler_wpmul2l //.
by rewrite mulr_ge0 ?discount_ge0 ?advantage_span_ge0.
Qed.

End ResolventErgodicity.

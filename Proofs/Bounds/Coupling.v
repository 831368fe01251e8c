(** * coupling

        |η(π') − L_π(π')| ≤ 4γ ε_max α² c,   c = 1/((1−γ)(1−γ(1−α))),   α = max_s TV(s)

    by visitation-shift, the coupling, and |Ā(s)| ≤ 2 TV(s) ε_max, as Σ_a π A = 0.

    Source: Schulman et al. 2015, appendix A, eq. 44. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima Model Evaluation Visitation Divergences.TotalVariation Surrogate SharedVisitation
  Bounds.VisitationShift.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Coupling.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation ρ := visitation.
Local Notation L := surrogate.

Lemma expected_advantage_le π π' s :
  `|expected_advantage π π' s| <= 2 * state_total_variation π π' s * max_advantage π.
Proof.
rewrite expected_advantage_sub mulVKf ?pnatr_eq0 // mulr_suml.
apply: le_trans (ler_norm_sum _ _ _) _; apply: ler_sum => a _; rewrite normrM distrC.
have [av|aN] := boolP (avail M s a); first by rewrite ler_wpmul2l ?le_max_advantage.
by rewrite !prob_unavailable // subrr normr0 !mul0r.
Qed.

(** ε_exp ≤ 2 α ε_max *)
Lemma max_expected_advantage_total_variation π π' :
  max_expected_advantage π π' <= 2 * max_total_variation M π π' * max_advantage π.
Proof.
have ε0 := max_advantage_ge0 π.
apply: maximum_le => [|s sl]; first by rewrite !mulr_ge0 ?ler0n ?max_total_variation_ge0.
apply: le_trans (expected_advantage_le π π' s) _.
by rewrite ler_wpmul2r // ler_wpmul2l ?ler0n ?le_max_total_variation.
Qed.

(** A bound on ε_exp by α gives a bound on G. *)
Lemma coupling_le π π' b (α := max_total_variation M π π') :
  max_expected_advantage π π' <= b ->
  `|η π' - L π π'| <= 2 * γ * b * α / ((1 - γ) * (1 - γ * (1 - α))).
Proof.
move=> εb; have b0 := le_trans (max_expected_advantage_ge0 π π') εb.
apply: le_trans (visitation_shift π π') _.
apply: (@le_trans _ _ (2 * (γ * α * coupling_count M α) * b)); last first.
  by apply: eq_ge; rewrite /coupling_count; ring.
by apply: ler_pmul => //; [apply: sumr_ge0 | exact: max_expected_advantage_ge0
  | exact: visitation_shift_coupling].
Qed.

Theorem coupling π π' (α := max_total_variation M π π') :
  `|η π' - L π π'| <=
    4 * γ * max_advantage π * α ^+ 2 / ((1 - γ) * (1 - γ * (1 - α))).
Proof.
apply: le_trans (coupling_le (max_expected_advantage_total_variation π π')) _.
by rewrite -/α; apply: eq_ge; ring.
Qed.

End Coupling.

(** * What the coupling family refutes

    There G = −4eγα²c with ε_max = max |Q| = e, so a bound 2γ e α²/(1−γ)² holds only if 1 − γ ≤ γα,
    which fails for γ = 9/10 and α = 1/100. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima Model Evaluation Visitation Divergences.TotalVariation Surrogate
  SharedVisitation Attainment.CouplingFamily.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section CouplingFamilyRefutes.
Variables (R : realFieldType).

Section Family.
Variables γ α : R.
Hypotheses (γ0 : 0 <= γ) (γ1 : γ < 1) (α0 : 0 <= α) (αh : α <= 2^-1).
Local Notation π := (coupling_policy 1 γ0 γ1 α0 αh true).
Local Notation π' := (coupling_policy 1 γ0 γ1 α0 αh false).

Lemma coupling_family_refutes : 0 < γ -> 0 < α -> γ * α < 1 - γ ->
  ~ `|expected_return π' - surrogate π π'| <= 2 * γ * 1 * α ^+ 2 / (1 - γ) ^+ 2.
Proof.
move=> γ_gt0 α_gt0 small; apply/negP; rewrite -ltNge coupling_gap_norm ?ler01 //.
have h0 : 0 < 1 - γ by rewrite subr_gt0.
have d0 : 0 < 1 - γ * (1 - α) := shared_gt0 (coupling_family α 1 γ0 γ1) α0.
rewrite -subr_gt0 [X in 0 < X](_ : _ = 2 * γ * α ^+ 2 * (1 - γ - γ * α)
  / ((1 - γ * (1 - α)) * (1 - γ) ^+ 2)); last by field; rewrite !gt_eqF.
by rewrite divr_gt0 ?mulr_gt0 ?exprn_gt0 ?ltr0n // subr_gt0.
Qed.
End Family.

(** γ = 9/10, α = 1/100 *)
Lemma coupling_numbers (γ : R := 9%:R / 10%:R) (α : R := 1 / 100%:R) :
  [/\ 0 <= γ, γ < 1, 0 <= α & α <= 2^-1].
Proof.
split; rewrite ?divr_ge0 ?ler0n ?ler01 //.
  by rewrite ltr_pdivr_mulr ?ltr0n // mul1r ltr_nat.
by rewrite /α mul1r lef_pinv ?posrE ?ltr0n // ler_nat.
Qed.

Lemma coupling_small (γ : R := 9%:R / 10%:R) (α : R := 1 / 100%:R) :
  [/\ 0 < γ, 0 < α & γ * α < 1 - γ].
Proof.
split; rewrite ?divr_gt0 ?ltr0n ?ltr01 // -subr_gt0 /γ /α.
rewrite [X in 0 < X](_ : _ = 91%:R / 1000%:R); last by field.
by rewrite divr_gt0 ?ltr0n.
Qed.

End CouplingFamilyRefutes.

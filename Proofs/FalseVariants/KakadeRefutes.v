(** * What Kakade's example refutes

    There G = −γα²c with ε_exp = α/2, so a bound 2γ ε_exp α²/(1−γ)² holds only if

        1 − γ ≤ α (1 − γ(1−α))

    which fails for γ = 9/10 and α = 3/100. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima Model Evaluation Visitation Divergences.TotalVariation Surrogate
  SharedVisitation Mixture Attainment.Kakade.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section KakadeRefutes.
Variables (R : realFieldType).

Section Family.
Variables γ α : R.
Hypotheses (γ0 : 0 <= γ) (γ1 : γ < 1) (α0 : 0 <= α) (α1 : α <= 1).
Local Notation π := (kakade_pure γ0 γ1 true).
Local Notation π' := (kakade_candidate γ0 γ1 α0 α1).

Lemma kakade_refutes : 0 < γ -> 0 < α -> α * (1 - γ * (1 - α)) < 1 - γ ->
  ~ `|expected_return π' - surrogate π π'| <=
    2 * γ * max_expected_advantage π π' * α ^+ 2 / (1 - γ) ^+ 2.
Proof.
move=> γ_gt0 α_gt0 small; apply/negP; rewrite -ltNge.
rewrite kakade_gap_norm kakade_max_expected_advantage.
have h0 : 0 < 1 - γ by rewrite subr_gt0.
have d0 : 0 < 1 - γ * (1 - α) := shared_gt0 (kakade γ0 γ1) α0.
rewrite -subr_gt0 [X in 0 < X](_ : _ = γ * α ^+ 2 * (1 - γ - α * (1 - γ * (1 - α)))
  / ((1 - γ * (1 - α)) * (1 - γ) ^+ 2)); last by field; rewrite !gt_eqF.
by rewrite divr_gt0 ?mulr_gt0 ?exprn_gt0 // subr_gt0.
Qed.
End Family.

(** γ = 9/10, α = 3/100 *)
Lemma nine_tenths : 0 <= (9%:R / 10%:R : R) < 1.
Proof. by rewrite divr_ge0 ?ler0n // ltr_pdivr_mulr ?ltr0n // mul1r ltr_nat. Qed.

Lemma three_hundredths : 0 <= (3%:R / 100%:R : R) <= 1.
Proof. by rewrite divr_ge0 ?ler0n // ler_pdivr_mulr ?ltr0n // mul1r ler_nat. Qed.

Lemma kakade_numbers (γ : R := 9%:R / 10%:R) (α : R := 3%:R / 100%:R) :
  [/\ 0 < γ, 0 < α & α * (1 - γ * (1 - α)) < 1 - γ].
Proof.
have αd : α < 1 - γ.
  rewrite -subr_gt0 [X in 0 < X](_ : _ = 7%:R / 100%:R); last by rewrite /γ /α; field.
  by rewrite divr_gt0 ?ltr0n.
have γ_gt0 : 0 < γ by rewrite divr_gt0 ?ltr0n.
have α_gt0 : 0 < α by rewrite divr_gt0 ?ltr0n.
have α1 : α <= 1 by have /andP[] := three_hundredths.
split=> //; apply: le_lt_trans αd.
by rewrite ler_pimulr ?(ltW α_gt0) // ler_subl_addr ler_addl mulr_ge0 ?(ltW γ_gt0) // subr_ge0.
Qed.

End KakadeRefutes.

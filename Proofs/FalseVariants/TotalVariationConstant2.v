(** * False: total-variation with constant 2

        |η(π') − L_π(π')| ≤ 2γ ε_max α²/(1−γ)²

    Printed in the first arXiv version of TRPO as C = 2εγ/(1−γ)². Refuted by the coupling family. *)

From mathcomp Require Import all_ssreflect all_algebra.
From Monotone Require Import Model Evaluation Visitation Divergences.TotalVariation Surrogate
  Attainment.CouplingFamily FalseVariants.CouplingFamilyRefutes.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section TotalVariationConstant2.
Variables (R : realFieldType).

Theorem total_variation_constant_2 :
  ~ forall (S A : finType) (M : mdp R S A) (π π' : policy M)
      (γ := discount M) (α := max_total_variation M π π'),
    `|expected_return π' - surrogate π π'| <=
      2 * γ * max_advantage π * α ^+ 2 / (1 - γ) ^+ 2.
Proof.
have [γ0 γ1 α0 αh] := coupling_numbers R; have [γ_gt0 α_gt0 small] := coupling_small R.
move=> /(_ _ _ _ (coupling_policy 1 γ0 γ1 α0 αh true) (coupling_policy 1 γ0 γ1 α0 αh false)) /=.
by rewrite coupling_max_total_variation // coupling_max_advantage ?ler01 //;
  apply: coupling_family_refutes.
Qed.

End TotalVariationConstant2.

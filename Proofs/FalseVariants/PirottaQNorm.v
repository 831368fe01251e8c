(** * False: total-variation with constant 2 and the largest |Q|

        |η(π') − L_π(π')| ≤ 2γ max |Q_π| α²/(1−γ)²

    Cor. 3.6 of Pirotta et al. 2013 read for rewards of any sign: the span of Q over actions, which its proof
    needs, is at most max |Q| only where Q has one sign. Refuted by the coupling family, where Q = A. *)

From mathcomp Require Import all_ssreflect all_algebra.
From Monotone Require Import Maxima Model Evaluation Visitation Divergences.TotalVariation Surrogate
  Attainment.CouplingFamily FalseVariants.CouplingFamilyRefutes.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section PirottaQNorm.
Variables (R : realFieldType).

Definition max_action_value (S A : finType) (M : mdp R S A) (π : policy M) : R :=
  maximum (live M) (fun s => maximum (avail M s) (fun a => `|action_value π s a|)).

Theorem pirotta_q_norm :
  ~ forall (S A : finType) (M : mdp R S A) (π π' : policy M)
      (γ := discount M) (α := max_total_variation M π π'),
    `|expected_return π' - surrogate π π'| <=
      2 * γ * max_action_value π * α ^+ 2 / (1 - γ) ^+ 2.
Proof.
have [γ0 γ1 α0 αh] := coupling_numbers R; have [γ_gt0 α_gt0 small] := coupling_small R.
move=> /(_ _ _ _ (coupling_policy 1 γ0 γ1 α0 αh true) (coupling_policy 1 γ0 γ1 α0 αh false)) /=.
by rewrite coupling_max_total_variation // /max_action_value coupling_max_action_value ?ler01 //;
  apply: coupling_family_refutes.
Qed.

End PirottaQNorm.

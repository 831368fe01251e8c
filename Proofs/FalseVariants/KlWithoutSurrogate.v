(** * False: kl without the surrogate

        η(π') ≥ η(π) − C max_s KL(π‖π')

    The loss of a harmful step is linear in its size, the divergence quadratic. Refuted by the bandit:
    −1/5 < −4/48. *)

From Coq Require Import Reals Lra.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate.
From Monotone Require Import Divergences.RealArithmetic Divergences.TotalVariation.
From Monotone Require Import Divergences.KullbackLeibler Divergences.PolicyDivergence.
From Monotone Require Import FalseVariants.Bandit.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Theorem kl_without_surrogate :
  ~ forall (S A : finType) (M : mdp [realFieldType of R] S A) (π π' : policy M),
    ((expected_return π)%:E -
      (4 * max_advantage π * discount M / (1 - discount M) ^+ 2)%:E * max_divergence π π' <=
      (expected_return π')%:E)%E.
Proof.
move=> /(_ _ _ bandit fair worse); rewrite fair_penalty.
have [r -> /andP[_ r_le]] := worse_max_divergence; rewrite lee_fin.
apply/negP; rewrite -ltNge -subr_gt0.
rewrite [X in 0 < X](_ : _ = 5^-1 - 4 * r).
  apply: lt_le_trans (_ : 5^-1 - 4 * 48^-1 <= _); last first.
    by rewrite ler_add2l ler_opp2 ler_wpmul2l ?ler0n.
  by rewrite [X in 0 < X](_ : _ = 7 / 60) ?divr_gt0 ?ltr0n//; field.
by have := worse_loss => /(congr1 (fun x => - x)); rewrite opprK => <-; ring.
Qed.

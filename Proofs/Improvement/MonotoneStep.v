(** * monotone-step

        η(π') − η(π) ≥ M_π(π') − M_π(π),   M_π(π') = L_π(π') − C max_s KL(π‖π')

    by kl and M_π(π) = η(π): a step that raises M raises the return by as much.

    Source: Schulman et al. 2015, eq. 10. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate Identities.
From Monotone Require Import Divergences.RealArithmetic Divergences.KullbackLeibler.
From Monotone Require Import Divergences.PolicyDivergence Bounds.Kl.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section MonotoneStep.
Variables (S A : finType) (M : mdp [realFieldType of R] S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).
Local Notation η := expected_return.
Local Notation L := surrogate.

Definition penalised_surrogate π π' : \bar R :=
  ((L π π')%:E - (4 * max_advantage π * γ / (1 - γ) ^+ 2)%:E * max_divergence π π')%E.

Lemma max_divergence_refl π : max_divergence π π = 0%E.
Proof.
rewrite max_divergence_finite => [|s _]; last exact: dominated_refl.
by have [->//|[s _ ->]] := maximumP (live M) (state_divergence π π); rewrite /state_divergence divergence_refl.
Qed.

Lemma penalised_surrogate_refl π : penalised_surrogate π π = (η π)%:E.
Proof. by rewrite /penalised_surrogate max_divergence_refl mule0 sube0 surrogate_value. Qed.

(** M minorises the return. *)
Lemma penalised_surrogate_le π π' : (penalised_surrogate π π' <= (η π')%:E)%E.
Proof.
rewrite /penalised_surrogate; have := kl π π'; set x := (_ * _)%E.
case: x => [r| |//] /=; last by rewrite leNye.
by rewrite -EFinB !lee_fin ler_distl => /andP[].
Qed.

Theorem monotone_step π π' :
  (penalised_surrogate π π' - penalised_surrogate π π <= (η π' - η π)%:E)%E.
Proof.
rewrite penalised_surrogate_refl EFinB; apply: lee_add => //.
exact: penalised_surrogate_le.
Qed.

End MonotoneStep.

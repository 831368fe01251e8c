(** * False: mean-kl-penalty for every discount

        |η(π') − L_π(π')| ≤ C E_{s~d_π} KL(s)

    Refuted with γ = 1/100 where a policy leaves rarely: with probability 1/10, then 1/9, and the choice
    moves from 1/2 to 5/6. The divergences are at most 1/800 and 2/5, the penalty is less than the gap. *)

From Coq Require Import Reals Lra.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate Identities.
From Monotone Require Import SharedVisitation.
From Monotone Require Import Divergences.RealArithmetic Divergences.TotalVariation.
From Monotone Require Import Divergences.KullbackLeibler Divergences.PolicyDivergence.
From Monotone Require Import Attainment.TwoStates FalseVariants.LeaveRarely.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma share (m n : nat) : (m <= n)%N -> (0 < n)%N -> 0 <= (m%:R / n%:R : R) <= 1.
Proof.
by move=> mn n0; rewrite divr_ge0 ?ler0n//= ler_pdivr_mulr ?ltr0n// mul1r ler_nat.
Qed.

Lemma half_share : 0 <= (2^-1 : R) <= 1.
Proof. by rewrite -[2^-1]mul1r (share (m := 1)). Qed.

Lemma small_discount : 0 <= (100%:R^-1 : R) < 1.
Proof. by rewrite invr_ge0 ler0n invf_lt1 ?ltr0n ?ltr1n. Qed.

Local Definition small0 := proj1 (andP small_discount).
Local Definition small1 := proj2 (andP small_discount).

Local Definition π := leave_policy small0 small1 (share (isT : 1 <= 10)%N isT) half_share.
Local Definition π' := leave_policy small0 small1 (share (isT : 1 <= 9)%N isT) (share (isT : 5 <= 6)%N isT).

Lemma ln_ratio_le (m n : nat) : (0 < m)%N -> (0 < n)%N -> ln (m%:R / n%:R : R) <= m%:R / n%:R - 1.
Proof. by move=> m0 n0; apply: ln_le; rewrite divr_gt0 ?ltr0n. Qed.

Lemma leave_dominated s : dominated (π s) (π' s).
Proof.
apply/dominatedP => a /eqP; case: s; case: a => /=.
- by have -> : 1 - 1 / 9 = 8 / 9 :> R by [field]; rewrite mulf_eq0 invr_eq0 ?oner_eq0 !pnatr_eq0.
- by rewrite mulf_eq0 invr_eq0 ?oner_eq0 !pnatr_eq0.
- by rewrite mulf_eq0 invr_eq0 ?oner_eq0 !pnatr_eq0.
by have -> : 1 - 5 / 6 = 1 / 6 :> R by [field]; rewrite mulf_eq0 invr_eq0 ?oner_eq0 !pnatr_eq0.
Qed.

(** 9/10 ln (81/80) + 1/10 ln (9/10) *)
Lemma leave_divergence_here : state_divergence π π' true <= 800%:R^-1.
Proof.
rewrite /state_divergence /divergence big_bool /=.
have -> : (1 - 1 / 10) / (1 - 1 / 9) = 81%:R / 80%:R :> R by field.
have -> : 1 / 10 / (1 / 9) = 9%:R / 10%:R :> R by field.
have w0 : 0 <= 1 - 1 / 10 :> R by rewrite (_ : _ - _ = 9%:R / 10%:R) ?divr_ge0 ?ler0n//; field.
have v0 : 0 <= 1 / 10 :> R by rewrite divr_ge0 ?ler01 ?ler0n.
apply: le_trans (ler_add (ler_wpmul2l w0 (@ln_ratio_le 81 80 isT isT))
  (ler_wpmul2l v0 (@ln_ratio_le 9 10 isT isT))) _.
by apply: eq_ge; field.
Qed.

(** ½ (ln (3/5) + ln 3) = ½ ln (9/5) *)
Lemma leave_divergence_there : state_divergence π π' false <= 2 / 5.
Proof.
rewrite /state_divergence /divergence big_bool /=.
have -> : 2^-1 / (5 / 6) = 3%:R / 5%:R :> R by field.
have -> : (1 - 2^-1) / (1 - 5 / 6) = 3%:R / 1%:R :> R by field.
have -> : 1 - 2^-1 = 2^-1 :> R by field.
have pos (m n : nat) : (0 < m)%N -> (0 < n)%N -> 0 < m%:R / n%:R :> R.
  by move=> m0 n0; rewrite divr_gt0 ?ltr0n.
rewrite -mulrDr -lnM ?pos//.
have -> : 3%:R / 5%:R * (3%:R / 1%:R) = 9%:R / 5%:R :> R by field.
apply: le_trans (ler_wpmul2l _ (@ln_ratio_le 9 5 isT isT)) _; first by rewrite invr_ge0 ler0n.
by apply: eq_ge; field.
Qed.

Theorem mean_kl_penalty_every_discount :
  ~ forall (S A : finType) (M : mdp [realFieldType of R] S A) (π π' : policy M),
    (`|expected_return π' - surrogate π π'|%:E <=
      (4 * max_advantage π * discount M / (1 - discount M) ^+ 2)%:E *
      weighted_divergence (state_distribution π) π π')%E.
Proof.
move=> /(_ _ _ _ π π'); apply: leave_refutes leave_divergence_here leave_divergence_there _ _ _ _.
- exact: leave_dominated.
- exact: leave_dominated.
- by rewrite invr_gt0 ltr0n.
- by rewrite -subr_ge0 (_ : _ - _ = 90%:R^-1) ?invr_ge0 ?ler0n//; field.
- by rewrite -subr_ge0 (_ : _ - _ = 3%:R^-1) ?invr_ge0 ?ler0n//; field.
rewrite -subr_gt0 [X in 0 < X](_ : _ = 71%:R / (1000%:R * 100%:R)); last by field.
by rewrite divr_gt0 ?mulr_gt0 ?ltr0n.
Qed.

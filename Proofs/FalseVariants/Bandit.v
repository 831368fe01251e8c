(** * A bandit, from a fair choice to a worse one

    One state, arms that pay 1 (true) and 0 (false), discount 1/2. From π = (1/2, 1/2) to
    π' = (2/5, 3/5)

        TV = 1/10,   KL = ½ ln (25/24) ≤ 1/48,   A = ±1/2,   C = 4,   η(π') − η(π) = −1/5 *)

From Coq Require Import Reals Lra.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate Identities.
From Monotone Require Import Divergences.RealArithmetic Divergences.TotalVariation.
From Monotone Require Import Divergences.KullbackLeibler Divergences.PolicyDivergence.
From Monotone Require Import Attainment.TwoStates.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Notation arms := [finType of bool].
Local Notation single := [finType of unit].

Lemma half_share : 0 <= (2^-1 : R) < 1.
Proof. by rewrite invr_ge0 ler0n invf_lt1 ?ltr0n ?ltr1n. Qed.

Definition bandit_reward (s : unit) (a : bool) : R := a%:R.
Definition bandit_transition (s : unit) (a : bool) (s' : unit) : R := 1.

Lemma sum_unit (f : unit -> R) : \sum_s f s = f tt.
Proof. by rewrite (bigD1 tt)//= big1 ?addr0// => -[]. Qed.

Lemma unit_sum1 : \sum_(s : unit) (1 : R) = 1.
Proof. exact: sum_unit. Qed.

Definition bandit : mdp [realFieldType of R] single arms :=
  @Mdp _ single arms (fun=> predT) bandit_reward bandit_transition (fun=> 1) 2^-1
    (fun _ _ _ => ler01) (fun _ _ _ => unit_sum1) (fun=> ler01) unit_sum1
    (proj1 (andP half_share)) (proj2 (andP half_share)).

(** The policy that pulls the arm that pays with probability q *)
Section Arm.
Variable q : R.
Hypothesis q01 : 0 <= q <= 1.

Definition arm_prob (s : unit) (a : bool) := if a then q else 1 - q.

Lemma arm_prob_ge0 s a : 0 <= arm_prob s a.
Proof. by have /andP[q0 q1] := q01; case: a; rewrite /= ?subr_ge0. Qed.

Lemma arm_prob_sum1 s : live bandit s -> \sum_a arm_prob s a = 1.
Proof. by rewrite big_bool /= addrC subrK. Qed.

Definition arm : policy bandit :=
  @Policy _ _ _ bandit arm_prob arm_prob_ge0 (fun s a aN => ltac:(by [])) arm_prob_sum1.

Lemma arm_value s : value arm s = 2 * q.
Proof.
apply: value_constant => t; rewrite /mean_reward big_bool /= /bandit_reward /= mulr0 addr0 mulr1.
by field.
Qed.

Lemma arm_return : expected_return arm = 2 * q.
Proof. by rewrite /expected_return sum_unit mul1r arm_value. Qed.

End Arm.

Definition fair_share : 0 <= (2^-1 : R) <= 1 := ltac:(by have /andP[-> /ltW->] := half_share).
Definition fair := arm fair_share.

Lemma bandit_live s : live bandit s.
Proof. by apply/existsP; exists true. Qed.

Lemma fair_advantage s a : advantage fair s a = if a then 2^-1 else - 2^-1.
Proof.
have earns t : mean_reward bandit fair t = (1 - discount bandit) * 1.
  by rewrite /mean_reward big_bool /= /bandit_reward /=; field.
rewrite (advantage_constant earns)//= /bandit_reward.
by case: a => /=; field.
Qed.

Lemma fair_max_advantage : max_advantage fair = 2^-1.
Proof.
have h0 : 0 <= 2^-1 :> R by rewrite invr_ge0 ler0n.
have norm s a : `|advantage fair s a| = 2^-1.
  by rewrite fair_advantage; case: a; rewrite ?normrN ger0_norm.
have largest s : maximum (avail bandit s) (fun a => `|advantage fair s a|) = 2^-1.
  by apply: (maximum_eq (i := true)) => // a _; rewrite norm.
by apply: (maximum_eq (i := tt)) => //; rewrite ?bandit_live// => s _; rewrite largest.
Qed.

Lemma fair_penalty : 4 * max_advantage fair * discount bandit / (1 - discount bandit) ^+ 2 = 4.
Proof. by rewrite fair_max_advantage /=; field. Qed.

(** ** The worse policy *)

Lemma worse_share : 0 <= (2 / 5 : R) <= 1.
Proof. by rewrite divr_ge0 ?ler0n// ler_pdivr_mulr ?ltr0n// mul1r ler_nat. Qed.

Definition worse := arm worse_share.

Lemma worse_loss : expected_return worse - expected_return fair = - 5^-1.
Proof. by rewrite !arm_return; field. Qed.

Lemma worse_expected_advantage s : expected_advantage fair worse s = - 10^-1.
Proof. by rewrite /expected_advantage big_bool !fair_advantage /=; field. Qed.

Lemma worse_total_variation s : state_total_variation fair worse s = 10^-1.
Proof.
have x0 : 0 <= 10^-1 :> R by rewrite invr_ge0 ler0n.
rewrite /state_total_variation big_bool /=.
have -> : 2^-1 - 2 / 5 = 10^-1 :> R by field.
have -> : 1 - 2^-1 - (1 - 2 / 5) = - 10^-1 :> R by field.
by rewrite normrN ger0_norm//; field.
Qed.

Lemma worse_dominated s : dominated (fair s) (worse s).
Proof.
apply/dominatedP => a /=; case: a => /eqP /=; first by rewrite mulf_eq0 invr_eq0 !pnatr_eq0.
have -> : 1 - 2 / 5 = 3 / 5 :> R by field.
by rewrite mulf_eq0 invr_eq0 !pnatr_eq0.
Qed.

(** KL = ½ (ln (5/4) + ln (5/6)) = ½ ln (25/24) *)
Lemma worse_divergence s : state_divergence fair worse s <= 48^-1.
Proof.
have pos (m n : nat) : (0 < m)%N -> (0 < n)%N -> 0 < m%:R / n%:R :> R.
  by move=> m0 n0; rewrite divr_gt0 ?ltr0n.
rewrite /state_divergence /divergence big_bool /=.
have -> : 2^-1 / (2 / 5) = 5 / 4 :> R by field.
have -> : (1 - 2^-1) / (1 - 2 / 5) = 5 / 6 :> R by field.
have -> : 1 - 2^-1 = 2^-1 :> R by field.
rewrite -mulrDr -lnM ?(pos _ _ _ _)//.
have -> : 5 / 4 * (5 / 6) = 25 / 24 :> R by field.
apply: le_trans (ler_wpmul2l _ (ln_le (pos 25 24 isT isT)%N)) _; first by rewrite invr_ge0 ler0n.
by apply: eq_ge; field.
Qed.

Lemma worse_max_divergence :
  exists2 r : R, max_divergence fair worse = r%:E & 0 <= r <= 48^-1.
Proof.
exists (maximum (live bandit) (state_divergence fair worse)).
  by rewrite max_divergence_finite// => s _; apply: worse_dominated.
rewrite maximum_ge0 /=; apply: maximum_le => [|s _]; last exact: worse_divergence.
by rewrite invr_ge0 ler0n.
Qed.

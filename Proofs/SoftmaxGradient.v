(** * The gradient of the return in softmax logits

    One logit θ(s,a) changes by t, so that with p = π(a|s)

        π_t(a|s) = p e^t / Z,   π_t(b|s) = π(b|s) / Z for b ≠ a,   Z = 1 + p (e^t − 1)

    and π_t = π in other states. With u = (e^t − 1)/Z:  π_t − π = p u (1[a=b] − π(b|s)), so

        L_π(π_t) = η(π) + ρ_π(s) p A_π(s,a) u,   max_s TV ≤ |u|

    and u has slope 1 at t = 0. As η and L differ by at most C u², η(π_t) is η(π) + t ρ_π(s) p A_π(s,a) up to a
    multiple of t²:

        ∂η/∂θ(s,a) = ρ_π(s) π(a|s) A_π(s,a)

    Source: Schulman et al. 2015, eq. 4; Sutton et al. 2000, the policy gradient theorem. *)

From Coq Require Import Reals Lra.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct.
From Monotone Require Import Maxima Model Evaluation Visitation.
From Monotone Require Import Divergences.RealArithmetic Divergences.TotalVariation.
From Monotone Require Import Surrogate Improvement.NaturalGradient Bounds.TotalVariation SoftmaxSlope.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** Identities of fractions, in any field *)

Section Fractions.
Variables (F : realFieldType) (p q e : F).
Local Notation Z := (1 + p * (e - 1)).

Lemma mass_split : Z = (1 - p) + p * e.
Proof. ring. Qed.

Lemma moved_taken : Z != 0 -> p * e / Z = p + p * ((e - 1) / Z) * (1 - p).
Proof. by move=> Z0; field. Qed.

Lemma moved_other : Z != 0 -> q * 1 / Z = q + p * ((e - 1) / Z) * (0 - q).
Proof. by move=> Z0; field. Qed.

Lemma regroup (a b c u t : F) : a - b - t * c = (a - b - c * u) + c * (u - t).
Proof. ring. Qed.
End Fractions.

Section SoftmaxGradient.
Variables (S A : finType) (M : mdp [realFieldType of R] S A).
Variables (π : policy M) (s0 : S) (a0 : A).
Local Notation p := (π s0 a0).

(** Z and u *)
Definition logit_mass (t : R) := 1 + p * (exp t - 1).
Definition logit_move (t : R) := (exp t - 1) / logit_mass t.

Lemma logit_mass_gt0 t : 0 < logit_mass t.
Proof.
have e0 := expR_gt0 t; have p0 := prob_ge0 π s0 a0; have p1 := prob_le1 π s0 a0.
rewrite /logit_mass mass_split.
have [->|p_neq0] := eqVneq p 0; first by rewrite mul0r addr0 subr0 ltr01.
by rewrite ltr_spaddr ?subr_ge0 // mulr_gt0 // lt_def p_neq0.
Qed.

(** ** The policy with one logit changed *)

Definition logit_prob t (s : S) (b : A) :=
  if s == s0 then π s b * (if b == a0 then exp t else 1) / logit_mass t else π s b.

Lemma logit_probE t b :
  logit_prob t s0 b = π s0 b + p * logit_move t * ((b == a0)%:R - π s0 b).
Proof.
have Z0 : logit_mass t != 0 by rewrite gt_eqF ?logit_mass_gt0.
rewrite /logit_prob eqxx /logit_move; have [->|_] := eqVneq b a0; first exact: moved_taken.
exact: moved_other.
Qed.

Lemma logit_prob_ge0 t s b : 0 <= logit_prob t s b.
Proof.
rewrite /logit_prob; case: eqP => _; last exact: prob_ge0.
rewrite divr_ge0 ?(ltW (logit_mass_gt0 t)) // mulr_ge0 ?prob_ge0 //.
by case: eqP => _; rewrite ?ler01 ?(ltW (expR_gt0 t)).
Qed.

Lemma logit_prob_unavailable t s b : ~~ avail M s b -> logit_prob t s b = 0.
Proof. by move=> bN; rewrite /logit_prob !prob_unavailable // !mul0r; case: eqP. Qed.

Lemma logit_prob_sum1 t s : live M s -> \sum_b logit_prob t s b = 1.
Proof.
have [->|/negbTE ss0] := eqVneq s s0 => sl; last first.
  by under eq_bigr do rewrite /logit_prob ss0; apply: prob_sum1.
under eq_bigr do rewrite logit_probE.
rewrite big_split /= -mulr_sumr sumrB prob_sum1 // (bigD1 a0) //= eqxx big1 ?addr0.
  by rewrite subrr mulr0 addr0.
by move=> b /negbTE->.
Qed.

Definition logit_policy t : policy M :=
  Policy (@logit_prob_ge0 t) (@logit_prob_unavailable t) (@logit_prob_sum1 t).

(** ** Its surrogate and its distance *)

Lemma logit_expected_advantage t s :
  expected_advantage π (logit_policy t) s =
  if s == s0 then p * logit_move t * advantage π s0 a0 else 0.
Proof.
have [->|/negbTE ss0] := eqVneq s s0; last first.
  rewrite -(expected_advantage_self π s); apply: eq_bigr => b _.
  by rewrite /= /logit_prob ss0.
rewrite expected_advantage_sub -[RHS]mulrA.
transitivity (p * (logit_move t *
    (\sum_b ((b == a0)%:R * advantage π s0 b - π s0 b * advantage π s0 b)))); last first.
  congr (_ * (_ * _)); rewrite sumrB [X in _ - X](expected_advantage_self π s0) subr0.
  by rewrite (bigD1 a0) //= eqxx mul1r big1 ?addr0 // => b /negbTE->; rewrite mul0r.
rewrite !mulr_sumr; apply: eq_bigr => b _.
by rewrite /= logit_probE addrAC subrr add0r -mulrBl !mulrA.
Qed.

Local Notation slope := (visitation π s0 * (p * advantage π s0 a0)).

Lemma logit_surrogate t :
  surrogate π (logit_policy t) = expected_return π + slope * logit_move t.
Proof.
rewrite /surrogate /policy_advantage (bigD1 s0) //= big1 ?addr0 => [|s /negbTE ss0].
  by rewrite logit_expected_advantage eqxx; congr (_ + _); rewrite mulrA mulrAC -!mulrA; congr (_ * _); rewrite mulrCA.
by rewrite logit_expected_advantage ss0 mulr0.
Qed.

(** TV(s) ≤ |u|: what moves comes from other actions and goes to a₀, or back. *)
Lemma logit_total_variation t :
  max_total_variation M π (logit_policy t) <= `|logit_move t|.
Proof.
apply: maximum_le => // s sl; have [E|/negbTE ss0] := eqVneq s s0; last first.
  rewrite /state_total_variation big1 ?mulr0 // => b _.
  by rewrite /= /logit_prob ss0 subrr normr0.
rewrite {}E in sl *; rewrite /state_total_variation ler_pdivr_mull ?ltr0n // mulrC.
apply: (@le_trans _ _ (\sum_b `|logit_move t| * ((b == a0)%:R + π s0 b))); last first.
  rewrite -mulr_sumr ler_wpmul2l // big_split /= prob_sum1 // (bigD1 a0) //= eqxx.
  by rewrite big1 ?addr0 -?natrD // => b /negbTE->.
apply: ler_sum => b _; rewrite /= logit_probE opprD addrA subrr add0r normrN.
rewrite normrM (normrM p) (ger0_norm (prob_ge0 π s0 a0)); apply: ler_pmul => //.
- by rewrite mulr_ge0 ?prob_ge0.
- by rewrite ler_pimull ?prob_le1.
apply: le_trans (ler_norm_sub _ _) _.
by rewrite normr_nat ger0_norm ?prob_ge0.
Qed.

Lemma logit_return t :
  `|expected_return (logit_policy t) - expected_return π - slope * logit_move t| <=
    penalty_coefficient π * logit_move t ^+ 2.
Proof.
rewrite -addrA -opprD -logit_surrogate.
apply: le_trans (total_variation_penalty _ _) _.
rewrite ler_wpmul2l ?penalty_coefficient_ge0 // -[X in _ <= X]real_normK ?num_real //.
rewrite ler_pexpn2r ?nnegrE ?max_total_variation_ge0 //; exact: logit_total_variation.
Qed.

(** ** The slope of u *)

Lemma logit_move_near t : `|t| <= 2^-1 ->
  `|logit_move t - t| <= 8 * t ^+ 2 /\ logit_move t ^+ 2 <= 25%:R * t ^+ 2.
Proof.
move=> t_small.
have [lo hi] : -1 <= t * 2 /\ t * 2 <= 1.
  have /andP[lo hi] : - 2^-1 <= t <= 2^-1 by rewrite -ler_norml.
  by rewrite -ler_pdivr_mulr ?ltr0n // mulN1r -ler_pdivl_mulr ?ltr0n // mul1r.
case: (@move_exp t p (logit_move t)) => [|||[near_lo near_hi] square].
- by split; to_reals; apply/RleP; lra.
- by split; apply/RleP; [apply: prob_ge0 | apply: prob_le1].
- by apply: (mulfVK (x := logit_mass t)); rewrite gt_eqF ?logit_mass_gt0.
split; last by rewrite !expr2; real_lra.
by rewrite ler_norml expr2; apply/andP; split; real_lra.
Qed.

(** η(π_t) = η(π) + t ρ_π(s) π(a|s) A_π(s,a) + O(t²) *)
Theorem softmax_gradient : exists k, forall t, `|t| <= 2^-1 ->
  `|expected_return (logit_policy t) - expected_return π - t * slope| <= k * t ^+ 2.
Proof.
exists (penalty_coefficient π * 25%:R + `|slope| * 8) => t /logit_move_near[near square].
rewrite (regroup _ _ _ (logit_move t)).
apply: le_trans (ler_norm_add _ _) _; rewrite mulrDl -[X in _ <= X + _]mulrA -[X in _ <= _ + X]mulrA;
  apply: ler_add.
  apply: le_trans (logit_return t) _.
  by rewrite ler_wpmul2l ?penalty_coefficient_ge0.
by rewrite normrM ler_wpmul2l.
Qed.

End SoftmaxGradient.

(** * Leave rarely

    From here (true), where nothing is paid, a policy leaves with a small probability g; there (false)
    an absorbing choice pays 1 or −1. With the fair choice V_π is 0 in both states, ε_max = 1, and

        G = γ (g' − g) Ā(there) / ((1−γ(1−g)) (1−γ(1−g')))
        E_d KL = ((1−γ) KL(here) + γg KL(there)) / (1−γ(1−g))

    The mean hardly counts a state that π hardly visits. *)

From Coq Require Import Reals Lra.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate Identities.
From Monotone Require Import SharedVisitation.
From Monotone Require Import Divergences.RealArithmetic Divergences.TotalVariation.
From Monotone Require Import Divergences.KullbackLeibler Divergences.PolicyDivergence.
From Monotone Require Import Attainment.TwoStates.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Notation pair := [finType of bool].

Section LeaveRarely.
Variable γ : R.
Hypotheses (γ0 : 0 <= γ) (γ1 : γ < 1).

(** Here, action true stays and false leaves, both for 0; there, true pays 1 and false −1. *)
Definition leave_reward (s a : bool) : R := if s then 0 else if a then 1 else - 1.
Definition leave_transition (s a s' : bool) : R := (s' == s && a)%:R.

Lemma leave_transition_sum1 s a : \sum_s' leave_transition s a s' = 1.
Proof. by rewrite big_bool /leave_transition; case: s; case: a; rewrite /= ?addr0 ?add0r. Qed.

Lemma leave_start_sum1 : \sum_(s : bool) (s%:R : R) = 1.
Proof. by rewrite big_bool /= addr0. Qed.

Definition leave : mdp [realFieldType of R] pair pair :=
  @Mdp _ pair pair (fun=> predT) leave_reward leave_transition (fun s => s%:R) γ
    (fun _ _ _ => ler0n _ _) (fun s a _ => leave_transition_sum1 s a)
    (fun _ => ler0n _ _) leave_start_sum1 γ0 γ1.

Lemma leave_live s : live leave s.
Proof. by apply/existsP; exists true. Qed.

(** Leave with probability g, choose 1 with probability q. *)
Section Policy.
Variables g q : R.
Hypotheses (g01 : 0 <= g <= 1) (q01 : 0 <= q <= 1).

Definition leave_prob (s a : bool) :=
  if s then (if a then 1 - g else g) else (if a then q else 1 - q).

Lemma leave_prob_ge0 s a : 0 <= leave_prob s a.
Proof.
by have /andP[g0 g1] := g01; have /andP[q0 q1] := q01; case: s; case: a; rewrite /= ?subr_ge0.
Qed.

Lemma leave_prob_sum1 s : live leave s -> \sum_a leave_prob s a = 1.
Proof. by rewrite big_bool; case: s; rewrite /= ?subrK// addrC subrK. Qed.

Definition leave_policy : policy leave :=
  @Policy _ _ _ leave leave_prob leave_prob_ge0 (fun s a aN => ltac:(by [])) leave_prob_sum1.

Lemma leave_leaves : leaves leave_policy g.
Proof.
move=> s s'; rewrite /kernel leave_live big_bool /= /leave_transition.
by case: s; case: s' => /=; ring.
Qed.

End Policy.

Variables g g' q' : R.
Hypotheses (g01 : 0 <= g <= 1) (g'01 : 0 <= g' <= 1) (q'01 : 0 <= q' <= 1).
Hypotheses (half : 0 <= (2^-1 : R) <= 1).

Local Notation π := (leave_policy g01 half).
Local Notation π' := (leave_policy g'01 q'01).

Lemma leave_advantage (s a : bool) : advantage π s a = if s then 0 else if a then 1 else - 1.
Proof.
have earns t : mean_reward leave π t = (1 - discount leave) * 0.
  by rewrite /mean_reward big_bool /= /leave_reward /leave_prob; case: t => /=; field.
by rewrite (advantage_constant earns)// mulr0 subr0.
Qed.

Lemma leave_expected_advantage (s : bool) :
  expected_advantage π π' s = if s then 0 else 2 * q' - 1.
Proof.
rewrite /expected_advantage big_bool !leave_advantage /=.
by case: s; rewrite /= /leave_prob; ring.
Qed.

Lemma leave_max_advantage : max_advantage π = 1.
Proof.
apply: (maximum_eq (i := false)); rewrite ?ler01 ?leave_live//.
  apply: (maximum_eq (i := true)); rewrite ?ler01// ?leave_advantage ?normr1//.
  by case=> _; rewrite leave_advantage ?normrN normr1.
move=> s _; apply: maximum_le => [|a _]; first exact: ler01.
by rewrite leave_advantage; case: s; case: a; rewrite ?normr0 ?normrN ?normr1 ?ler01.
Qed.

Local Notation h := (1 - γ * (1 - g)).
Local Notation h' := (1 - γ * (1 - g')).

Lemma leave_gap : expected_return π' - surrogate π π' = γ * (g' - g) * (2 * q' - 1) / (h * h').
Proof.
have [g0 _] := andP g01; have [g'0 _] := andP g'01.
have hh : 0 < h := shared_gt0 leave g0; have hh' : 0 < h' := shared_gt0 leave g'0.
rewrite gap_shift big_bool !leave_expected_advantage /= mulr0 add0r.
rewrite (leaving_visitation _ g'0 (leave_leaves g'01 q'01))//.
rewrite (leaving_visitation _ g0 (leave_leaves g01 half))//=.
have h0 : 0 < 1 - γ by rewrite subr_gt0.
by field; rewrite !gt_eqF.
Qed.

Lemma leave_mean_divergence (f : bool -> R) :
  \sum_s state_distribution π s * f s = ((1 - γ) * f true + γ * g * f false) / h.
Proof.
have [g0 _] := andP g01; have hh : 0 < h := shared_gt0 leave g0.
have h0 : 0 < 1 - γ by rewrite subr_gt0.
rewrite big_bool /state_distribution !(leaving_visitation _ g0 (leave_leaves g01 half))//=.
by field; rewrite !gt_eqF.
Qed.

(** If both divergences are small, the penalty is less than the gap. *)
Lemma leave_refutes (a b : R) :
  dominated (π true) (π' true) -> dominated (π false) (π' false) ->
  state_divergence π π' true <= a -> state_divergence π π' false <= b ->
  0 < γ -> g <= g' -> 2^-1 <= q' ->
  4 * ((1 - γ) * a + γ * g * b) < (g' - g) * (2 * q' - 1) * (1 - γ) ^+ 2 ->
  ~ (`|expected_return π' - surrogate π π'|%:E <=
      (4 * max_advantage π * discount leave / (1 - discount leave) ^+ 2)%:E *
      weighted_divergence (state_distribution π) π π')%E.
Proof.
move=> dom_here dom_there KLa KLb γ_gt0 gg qq small.
have [g0 _] := andP g01; have [g'0 g'1] := andP g'01; have h0 : 0 < 1 - γ by rewrite subr_gt0.
have hh : 0 < h := shared_gt0 leave g0; have hh' : 0 < h' := shared_gt0 leave g'0.
have h'1 : h' <= 1 by rewrite ler_subl_addr ler_addl mulr_ge0// subr_ge0.
rewrite weighted_divergence_finite => [|[] _//]; rewrite lee_fin.
rewrite leave_mean_divergence leave_gap leave_max_advantage /= mulr1.
have q0 : 0 <= 2 * q' - 1 by rewrite subr_ge0 -ler_pdivr_mull ?ltr0n// mulr1.
have gg0 : 0 <= g' - g by rewrite subr_ge0.
rewrite ger0_norm; last exact: divr_ge0 (mulr_ge0 (mulr_ge0 γ0 gg0) q0) (ltW (mulr_gt0 hh hh')).
apply/negP; rewrite -ltNge.
set KL := (1 - γ) * _ + _.
have KL_le : KL <= (1 - γ) * a + γ * g * b.
  exact: ler_add (ler_wpmul2l (ltW h0) KLa) (ler_wpmul2l (mulr_ge0 γ0 g0) KLb).
rewrite -subr_gt0 [X in 0 < X](_ : _ =
  γ * ((g' - g) * (2 * q' - 1) * (1 - γ) ^+ 2 - 4 * KL * h') / (h * h' * (1 - γ) ^+ 2)); last first.
  by field; rewrite !gt_eqF.
rewrite divr_gt0 ?mulr_gt0 ?exprn_gt0// subr_gt0; apply: le_lt_trans small.
have KL0 : 0 <= KL.
  apply: addr_ge0; first exact: mulr_ge0 (ltW h0) (state_divergence_ge0 dom_here).
  exact: mulr_ge0 (mulr_ge0 γ0 g0) (state_divergence_ge0 dom_there).
apply: le_trans (ler_wpmul2l _ h'1) _; first by rewrite mulr_ge0 ?ler0n.
by rewrite mulr1 ler_wpmul2l ?ler0n.
Qed.

End LeaveRarely.

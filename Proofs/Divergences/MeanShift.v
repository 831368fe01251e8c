(** * How far a mean moves with the distribution

        |E_q f − E_p f| ≤ 2 √(KL(p‖q) E_p f²) + max|f| KL(p‖q)

    for distributions p and q of the same mass. Unlike with Pinsker's inequality, the root has the
    size of f under p, not its maximum.

    *Proof.* With D = √q − √p: q − p = 2√p D + D², and Σ D² = Σp + Σq − 2 Σ √(pq) ≤ KL(p‖q). *)

From Coq Require Import Reals Lra.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct.
From Monotone Require Import Divergences.RealArithmetic Divergences.KullbackLeibler.
From Monotone Require Import Divergences.CauchySchwarz.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section MeanShift.
Variables (I : finType) (p q f : I -> R) (m : R).
Hypothesis p_ge0 : forall i, 0 <= p i.
Hypothesis q_ge0 : forall i, 0 <= q i.
Hypothesis same_mass : \sum_i p i = \sum_i q i.
Hypothesis dom : dominated p q.
Hypothesis f_le : forall i, `|f i| <= m.

Let D i := Num.sqrt (q i) - Num.sqrt (p i).

Lemma difference_of_squares i : q i - p i = 2 * (Num.sqrt (p i) * D i) + D i ^+ 2.
Proof.
rewrite -{1}[q i]sqr_sqrtr// -{1}[p i]sqr_sqrtr// /D.
by set x := Num.sqrt (p i); set y := Num.sqrt (q i); ring.
Qed.

(** Σ (√q − √p)² ≤ KL(p‖q) *)
Lemma hellinger_divergence : \sum_i D i ^+ 2 <= divergence p q.
Proof.
have -> : \sum_i D i ^+ 2 = \sum_i q i + \sum_i p i - 2 * affinity p q.
  rewrite -big_split mulr_sumr -sumrB; apply: eq_bigr => i _ /=.
  by rewrite /D sqrrB !sqr_sqrtr// -sqrtrM// [q i * p i]mulrC mulr_natl addrAC.
have := divergence_affinity p_ge0 q_ge0 dom ltr01.
by rewrite ln1 -same_mass => ?; real_lra.
Qed.

Theorem mean_shift : `|\sum_i (q i - p i) * f i| <=
  2 * Num.sqrt (divergence p q * \sum_i p i * f i ^+ 2) + m * divergence p q.
Proof.
have -> : \sum_i (q i - p i) * f i =
    2 * (\sum_i Num.sqrt (p i) * D i * f i) + \sum_i D i ^+ 2 * f i.
  rewrite mulr_sumr -big_split; apply: eq_bigr => i _ /=.
  by rewrite difference_of_squares mulrDl -!mulrA.
apply: le_trans (ler_norm_add _ _) (ler_add _ _).
  rewrite normrM ger0_norm ?ler0n// ler_wpmul2l ?ler0n// -sqrtr_sqr ler_wsqrtr//.
  apply: le_trans (_ : (\sum_i D i ^+ 2) * (\sum_i p i * f i ^+ 2) <= _).
    apply: cauchy_schwarz => i; [exact: sqr_ge0 | exact: mulr_ge0 (p_ge0 i) (sqr_ge0 _) |].
    by rewrite !exprMn sqr_sqrtr// mulrA [p i * _]mulrC.
  by rewrite ler_wpmul2r ?hellinger_divergence// sumr_ge0// => i _; apply: mulr_ge0 (p_ge0 i) (sqr_ge0 _).
apply: le_trans (ler_norm_sum _ _ _) _.
apply: le_trans (_ : \sum_i D i ^+ 2 * m <= _).
  by apply: ler_sum => i _; rewrite normrM ger0_norm ?sqr_ge0// ler_wpmul2l ?sqr_ge0.
have [i _|I0] := pickP (fun _ : I => true); last first.
  by rewrite /divergence !big_pred0// mulr0.
rewrite -mulr_suml mulrC ler_wpmul2l ?hellinger_divergence//.
exact: le_trans (normr_ge0 (f i)) (f_le i).
Qed.

End MeanShift.

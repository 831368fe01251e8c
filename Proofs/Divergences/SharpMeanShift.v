(** * How far a mean moves, sharply for small divergences

        |E_q f − E_p f| ≤ c + √(c² + 2 KL(p‖q) E_p f²),   c = ⅔ max|f| KL(p‖q)

    The root has the factor √2 where [mean_shift] has 2. *Proof.* Y = Σ |q − p||f| has
    Y² ≤ KL(p‖q) Σ ⅓(2p + 4q) f² by the inequality of numbers behind Pinsker's and Cauchy–Schwarz, and
    E_q f² ≤ E_p f² + max|f| Y; the rest solves Y² ≤ 2 KL E_p f² + 2cY for Y. *)

From Coq Require Import Reals Lra.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct.
From Monotone Require Import Maxima Divergences.RealArithmetic Divergences.KullbackLeibler.
From Monotone Require Import Divergences.CauchySchwarz Divergences.Pinsker.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** y² ≤ 2cy + d bounds y. *)
Lemma quadratic_le (y c d : R) : y ^+ 2 <= 2 * (c * y) + d -> y <= c + Num.sqrt (c ^+ 2 + d).
Proof.
move=> le; rewrite -ler_subl_addl; have [yc|/ltW yc] := leP (y - c) 0.
  exact: le_trans yc (sqrtr_ge0 _).
apply: le_sqrt => //; have -> : (y - c) ^+ 2 = y ^+ 2 - 2 * (c * y) + c ^+ 2.
  by rewrite !expr2; real_lra.
by rewrite addrC ler_add2l ler_subl_addl.
Qed.

Section SharpMeanShift.
Variables (I : finType) (p q f : I -> R) (m : R).
Hypothesis p_ge0 : forall i, 0 <= p i.
Hypothesis q_ge0 : forall i, 0 <= q i.
Hypothesis same_mass : \sum_i p i = \sum_i q i.
Hypothesis dom : dominated p q.
Hypothesis f_le : forall i, `|f i| <= m.

Local Notation W := (divergence p q).
Local Notation F := (\sum_i p i * f i ^+ 2).
Local Notation Y := (\sum_i `|q i - p i| * `|f i|).

(** 9Y² ≤ KL Σ 3(2p + 4q) f² *)
Lemma shift_square : (3 * Y) ^+ 2 <= W * (6 * F + 12 * \sum_i q i * f i ^+ 2).
Proof.
have -> : W = \sum_i (p i * ln (p i / q i) - p i + q i).
  by rewrite big_split sumrB /= -/(divergence p q) same_mass subrK.
rewrite !mulr_sumr -big_split /=; apply: cauchy_schwarz => i.
- by apply: divergence_term_ge0 => // /(dominated_eq0 dom).
- have := mulr_ge0 (p_ge0 i) (sqr_ge0 (f i)); have := mulr_ge0 (q_ge0 i) (sqr_ge0 (f i)).
  by move=> *; real_lra.
have := pinsker_term (p_ge0 i) (q_ge0 i) (fun q0 => dominated_eq0 dom q0).
have -> : (3 * (`|q i - p i| * `|f i|)) ^+ 2 = 9 * ((p i - q i) ^+ 2 * f i ^+ 2).
  by rewrite !exprMn !real_normK ?num_real// -(sqrrN (q i - p i)) opprB !expr2; real_lra.
move=> /(ler_wpmul2r (sqr_ge0 (f i))); set k := _ + q i.
by rewrite !expr2 => ?; real_lra.
Qed.

(** E_q f² ≤ E_p f² + mY *)
Lemma square_shift : \sum_i q i * f i ^+ 2 <= F + m * Y.
Proof.
rewrite mulr_sumr -big_split /=; apply: ler_sum => i _.
rewrite -ler_subl_addl -mulrBl; apply: le_trans (ler_norm _) _.
rewrite normrM [`|f i ^+ 2|]normrX expr2 mulrA [leRHS]mulrC.
by apply: ler_wpmul2l (f_le i); rewrite mulr_ge0.
Qed.

Theorem sharp_mean_shift (c := 2 / 3 * (m * W)) :
  `|\sum_i (q i - p i) * f i| <= c + Num.sqrt (c ^+ 2 + 2 * (W * F)).
Proof.
apply: le_trans (_ : Y <= _).
  by apply: le_trans (ler_norm_sum _ _ _) _; apply: ler_sum => i _; rewrite normrM.
have W0 : 0 <= W by apply: divergence_ge0 => //; rewrite same_mass.
apply: quadratic_le; have := shift_square; have := ler_wpmul2l W0 square_shift.
have third : 3 * 3^-1 = 1 :> R by rewrite divff ?pnatr_eq0.
rewrite /c; set y := Y; set w := W; set u := F; set v := \sum_i q i * _.
rewrite !expr2 => le1 le2.
have -> : 2 / 3 * (m * w) * y = 3^-1 * (2 * (m * w * y)) by real_lra.
rewrite -(ler_pmul2l (_ : 0 < 9 :> R)) ?ltr0n//.
have : 9 * (2 * (3^-1 * (2 * (m * w * y))) + 2 * (w * u)) = 12 * (w * (m * y)) + 18 * (w * u).
  have -> : 9 * (2 * (3^-1 * (2 * (m * w * y))) + 2 * (w * u)) =
    3 * 3^-1 * (12 * (w * (m * y))) + 18 * (w * u) by real_lra.
  by rewrite third mul1r.
by move=> ->; real_lra.
Qed.

End SharpMeanShift.

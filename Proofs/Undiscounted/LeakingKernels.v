(** * Kernels that lose mass on a path from every state

    For a kernel K ≥ 0 with row sums at most 1, where from every state some path leads to a row with a
    sum below 1: y ≥ Ky implies y ≥ 0.

    *Proof.* Let y(m) be a least entry, and negative. Then the row of m sums to 1, and each successor
    has an entry as small. So no path from m leads to a row with a smaller sum. *)

From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Kernel.
Variables (R : realFieldType) (S : finType) (K : S -> S -> R).
Hypothesis K0 : forall s s', 0 <= K s s'.
Hypothesis K1 : forall s, \sum_s' K s s' <= 1.
Hypothesis leaks : forall s, exists2 t, connect (fun s t => 0 < K s t) s t & \sum_u K t u < 1.

Variable y : S -> R.
Hypothesis yK : forall s, \sum_t K s t * y t <= y s.

Section Least.
Variable m : S.
Hypotheses (least : forall s, y m <= y s) (negative : y m < 0).

Lemma least_step s : y s = y m -> \sum_t K s t = 1 /\ forall t, 0 < K s t -> y t = y m.
Proof.
move=> sm; pose excess t := K s t * (y t - y m).
have excess0 t : 0 <= excess t by rewrite mulr_ge0 // subr_ge0.
have sumE : \sum_t excess t = \sum_t K s t * y t - (\sum_t K s t) * y m.
  by rewrite mulr_suml -sumrB; apply: eq_bigr => t _; rewrite -mulrBr.
have sum_le : \sum_t excess t <= (1 - \sum_t K s t) * y m.
  by rewrite sumE mulrBl mul1r ler_sub // -sm.
have loss0 : (1 - \sum_t K s t) * y m <= 0 by rewrite mulr_ge0_le0 ?subr_ge0 // ltW.
have sum0 : \sum_t excess t = 0.
  by apply/eqP; rewrite eq_le (le_trans sum_le loss0) sumr_ge0.
split.
  apply/eqP; rewrite eq_le K1 -subr_le0 leNgt; apply/negP => lost.
  by move: sum_le; rewrite sum0 leNgt pmulr_rlt0 ?negative.
move=> t Kst; apply/eqP; rewrite -subr_eq0.
have /eqP := psumr_eq0P (fun t _ => excess0 t) sum0 (i := t) isT.
by rewrite mulf_eq0 gt_eqF.
Qed.

Lemma least_path s t : connect (fun s t => 0 < K s t) s t -> y s = y m -> y t = y m.
Proof.
case/connectP => p + ->; elim: p s => //= u p IH s /andP[su up] sm.
exact: IH up ((least_step sm).2 u su).
Qed.

End Least.

Lemma leaking_minimum s : 0 <= y s.
Proof.
have [m least] : exists m, forall s, y m <= y s.
  by exists [arg min_(t < s) y t]%O => t; case: arg_minP => // m _ ->.
apply: le_trans (least s); rewrite leNgt; apply/negP => negative.
have [t mt] := leaks m; rewrite (least_step least negative _).1 ?ltxx //.
by apply: (least_path least negative mt).
Qed.

End Kernel.

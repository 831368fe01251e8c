(** * Sums against differences of distributions

        |Σ_i μ(i) f(i)| ≤ ½ Σ_i |μ(i)| · b     where Σ_i μ(i) = 0 and f(i) − f(j) ≤ b

    A constant added to f changes nothing, so f may be taken within b/2 of 0. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section MassZero.
Variables (R : realFieldType) (I : finType).
Implicit Types (P : pred I) (μ f : I -> R) (b : R).

(** The centre of values that differ by at most b *)
Lemma centre_exists P f b :
  (forall i j, P i -> P j -> f i - f j <= b) ->
  exists c, forall i, P i -> `|f i - c| <= b / 2.
Proof.
move=> fb; have [i0 Pi0|P0] := pickP P; last by exists 0 => i; rewrite P0.
pose m := [arg min_(i < i0 | P i) f i]%O; exists (f m + b / 2) => i Pi.
rewrite /m; case: arg_minP => // j Pj fj; rewrite ler_distl.
have -> : f j + b / 2 + b / 2 = f j + b by field.
by rewrite addrK fj // -ler_subl_addl fb.
Qed.

Lemma mass_zero_le P μ f b :
  (forall i, ~~ P i -> μ i = 0) -> \sum_i μ i = 0 ->
  (forall i j, P i -> P j -> f i - f j <= b) ->
  `|\sum_i μ i * f i| <= 2^-1 * (\sum_i `|μ i|) * b.
Proof.
move=> μP μ0 /centre_exists[c fc].
have -> : \sum_i μ i * f i = \sum_i μ i * (f i - c).
  by under [RHS]eq_bigr do rewrite mulrBr; rewrite sumrB -mulr_suml μ0 mul0r subr0.
apply: le_trans (ler_norm_sum _ _ _) _; rewrite -mulrA mulrCA mulr_suml.
apply: ler_sum => i _; rewrite normrM [2^-1 * _]mulrC.
have [Pi|/μP->] := boolP (P i); first by rewrite ler_wpmul2l ?fc.
by rewrite normr0 !mul0r.
Qed.

Lemma mass_zero_span μ f :
  \sum_i μ i = 0 -> `|\sum_i μ i * f i| <= 2^-1 * (\sum_i `|μ i|) * span f.
Proof. by move=> μ0; apply: (@mass_zero_le predT) => // i j _ _; apply: le_span. Qed.

End MassZero.

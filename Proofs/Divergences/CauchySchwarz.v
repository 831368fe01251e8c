(** * The Cauchy–Schwarz inequality for finite sums, in a form without roots

        c_i² ≤ a_i b_i for all i   implies   (Σ c_i)² ≤ (Σ a_i)(Σ b_i).

    Each t²a − 2tc + b is non-negative; so is their sum, at t = Σc / Σa. *)

From Coq Require Import Reals Lra.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct.
From Monotone Require Import Divergences.RealArithmetic.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma quadratic_ge0 (a b c t : R) :
  0 <= a -> 0 <= b -> c * c <= a * b -> 0 <= t * t * a - 2%:R * t * c + b.
Proof.
move=> a0 b0 cab; have [a_eq0|a_neq0] := eqVneq a 0.
  by rewrite a_eq0 in a0 cab *; have -> : c = 0; real_nra.
have a_gt0 : 0 < a by rewrite lt_def a_neq0.
by rewrite -(pmulr_rge0 _ a_gt0); have := sqr_ge0 (t * a - c); rewrite expr2 => ?; real_nra.
Qed.

Lemma cauchy_schwarz (I : finType) (a b c : I -> R) :
  (forall i, 0 <= a i) -> (forall i, 0 <= b i) -> (forall i, c i ^+ 2 <= a i * b i) ->
  (\sum_i c i) ^+ 2 <= (\sum_i a i) * \sum_i b i.
Proof.
move=> a0 b0 cab; set A := \sum_i a i; set B := \sum_i b i; set C := \sum_i c i.
have A_ge0 : 0 <= A by apply: sumr_ge0.
have [A_eq0|A_neq0] := eqVneq A 0.
  rewrite A_eq0 mul0r [C]big1 ?expr0n// => i _.
  have ai0 : a i = 0 by apply: (psumr_eq0P (fun i _ => a0 i) A_eq0).
  by apply/eqP; rewrite -sqrf_eq0 eq_le sqr_ge0 andbT (le_trans (cab i))// ai0 mul0r.
have A_gt0 : 0 < A by rewrite lt_def A_neq0.
have : 0 <= \sum_i (C / A * (C / A) * a i - 2%:R * (C / A) * c i + b i).
  by apply: sumr_ge0 => i _; apply: quadratic_ge0; rewrite -?expr2.
rewrite big_split sumrB -!mulr_sumr /= -/A -/B -/C -(pmulr_rge0 _ A_gt0) expr2.
have : C / A * A = C by rewrite divfK.
by set t := C / A => tA ge0; rewrite -tA in ge0 *; real_nra.
Qed.

(** * Pinsker's inequality

        TV(p, q)² ≤ KL(p‖q) / 2

    *Proof.* 3(p − q)² ≤ (2p + 4q)(p ln (p/q) − p + q) for numbers p and q, by [ln_ge_rational]; then
    Cauchy–Schwarz, with Σ (2p + 4q) = 6.

    Source: Pinsker 1964; Pollard 2000, chapter 3. *)

From Coq Require Import Reals Lra.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct.
From Monotone Require Import Divergences.RealArithmetic Divergences.Logarithm.
From Monotone Require Import Divergences.KullbackLeibler Divergences.CauchySchwarz.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma pinsker_term (x y : R) : 0 <= x -> 0 <= y -> (y = 0 -> x = 0) ->
  3%:R * (x - y) ^+ 2 <= (2%:R * x + 4%:R * y) * (x * ln (x / y) - x + y).
Proof.
move=> x_ge0 y_ge0 dom; have [->|x_neq0] := eqVneq x 0; first by rewrite mul0r; real_nra.
have x_gt0 : 0 < x by rewrite lt_def x_neq0.
have y_gt0 : 0 < y by rewrite lt_def y_ge0 andbT; apply: contra_neq x_neq0.
pose u := x / y; have u_gt0 : 0 < u by rewrite divr_gt0.
have xE : x = u * y by rewrite divfK ?gt_eqF.
have /RltP/ln_ge_rational := u_gt0.
Abort.

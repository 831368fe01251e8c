(** * The resolvent of a kernel

        N = (I − γK)⁻¹

    for non-negative K with row sums at most 1 and 0 ≤ γ < 1. The minimum principle holds, so that it
    exists and has no negative entry: a least entry of y ≥ γKy is at least γ times itself, or 0. No
    infinite series is needed. *)

From mathcomp Require Import all_ssreflect all_algebra.
From Monotone Require Export MinimumPrinciple.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Resolvent.
Variables (R : realFieldType) (S : finType).
Variables (γ : R) (K : S -> S -> R).
Local Notation resolvent := (resolvent γ K).

Hypothesis γ0 : 0 <= γ.
Hypothesis γ1 : γ < 1.
Hypothesis K0 : forall s s', 0 <= K s s'.
Hypothesis K1 : forall s, \sum_s' K s s' <= 1.

Lemma resolvent_minimum (y : S -> R) :
  (forall s, γ * (\sum_s' K s s' * y s') <= y s) -> forall s, 0 <= y s.
Proof.
move=> yK s0; have [m ym] : exists m, forall s, y m <= y s.
  by exists [arg min_(s < s0) y s]%O => s; case: arg_minP => // m _ ->.
apply: le_trans (ym s0); rewrite leNgt; apply/negP => ym0.
have: γ * y m <= y m.
  apply: le_trans (yK m); apply: ler_wpmul2l => //.
  apply: (@le_trans _ _ (\sum_s' K m s' * y m)).
    by rewrite -mulr_suml ler_nmull.
  by apply: ler_sum => s' _; apply: ler_wpmul2l.
by rewrite leNgt ltr_nmull // γ1.
Qed.

(** So the inverse is what MinimumPrinciple says. *)

Definition resolvent_unique := solution_unique resolvent_minimum.
Definition resolvent_uniquer := solution_uniquer resolvent_minimum.
Definition resolventE := inverseE resolvent_minimum.
Definition resolventEr := inverseEr resolvent_minimum.
Definition resolvent_ge0 := inverse_ge0 resolvent_minimum.
Definition resolvent_mul := inverse_mul resolvent_minimum.
Definition resolvent_mulr := inverse_mulr resolvent_minimum.

(** Rows of N sum to 1/(1−γ) where those of K sum to 1. *)
Lemma resolvent_sum s :
  (forall t, \sum_s' K t s' = 1) -> \sum_s' resolvent s s' = (1 - γ)^-1.
Proof.
move=> K_1; have γN : 1 - γ != 0 by rewrite subr_eq0 eq_sym lt_eqF.
pose y t := \sum_s' resolvent t s' * 1; have -> : \sum_s' resolvent s s' = y s.
  by apply: eq_bigr => s' _; rewrite mulr1.
apply: (resolvent_unique (x := fun=> 1)) s => s; first exact: (resolvent_mul (fun=> 1)).
rewrite -mulr_suml K_1 mul1r; apply: (mulIf γN).
by rewrite mulVf // mulrDl mul1r mulfVK // subrK.
Qed.

End Resolvent.

(** * Square roots and logarithms of balls *)

From Coq Require Import ZArith QArith Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct.
From Monotone Require Import Checker.Rationals Checker.Roots Checker.AtanhUnits Checker.Logarithms Checker.Balls.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Analytic.
Variable bits : Z.
Hypothesis bits_ge0 : Z.le Z0 bits.

Definition ball_root (b : ball) : ball :=
  if is_zero (lower b) && is_zero (upper b) then b
  else Ball (root_below bits (lower b)) (root_above bits (upper b)).

Definition root (x : number) : number :=
  match x with Finite b => Finite (ball_root b) | Infinite => Infinite end.

Lemma contains_root b r : 0 <= r -> contains b r -> contains (ball_root b) (Num.sqrt r).
Proof.
move=> r0; rewrite /contains /ball_root; case: ifP => [/andP[]|_] /=.
  rewrite !is_zeroE => /eqP-> /eqP->; rewrite -eq_le => /eqP<-.
  by rewrite sqrtr0 lexx.
move=> /andP[/RleP br /RleP rb]; rewrite -RsqrtE //; move/RleP in r0.
by apply/andP; split; apply/RleP; [apply: root_below_le | apply: root_above_ge].
Qed.

(** ln x for x > 0, given ln 2 in units of 2^-bits. The case None does not occur; that the ball is
    right there, too, is shorter than a proof of that. *)
Definition log (two : Z * Z) (x : Q) : ball :=
  match Qnum x with
  | Zpos _ =>
      let units up := log_units bits two up (Qnum x) (Zpos (Qden x)) in
      match units false, units true with
      | Some low, Some high => Ball (in_units bits low) (in_units bits high)
      | _, _ => Ball (sub one (inv x)) (sub x one)
      end
  | _ => Ball zero zero
  end.

Lemma ln_le_sub1 (x : R) : 0 < x -> ln x <= x - 1.
Proof.
move=> /RltP x0; have := exp_ineq1_le (ln x); rewrite exp_ln // => /RleP.
by rewrite ler_subr_addl.
Qed.

Lemma contains_log_crude x : 0 < Q2R x -> contains (Ball (sub one (inv x)) (sub x one)) (ln (Q2R x)).
Proof.
move=> x0; rewrite /contains /= !Q2R_sub Q2R_inv Q2R_one ln_le_sub1 // andbT.
have := ln_le_sub1 (_ : 0 < (Q2R x)^-1); rewrite invr_gt0 -RinvE ?gt_eqF // => /(_ x0).
by rewrite ln_Rinv; [rewrite ler_oppl opprB | apply/RltP].
Qed.

Lemma contains_log x : 0 < Q2R x -> contains (log (two_units bits) x) (ln (Q2R x)).
Proof.
move=> x0; have := x0; rewrite -{1}Q2R_zero ltNge -Q2R_le /le /log.
case numE: (Qnum x) => [|p|p] // _.
have xE: Q2R x = Rdiv (IZR (Zpos p)) (IZR (Zpos (Qden x))) by rewrite /Q2R numE.
have rounds up y := @log_units_rounds bits bits_ge0 up (Zpos p) (Zpos (Qden x)) y erefl erefl.
have unit0 : 0 < IZR (Z.pow 2 bits) by apply/RltP/unit_gt0.
case lowE: (log_units _ _ false _ _) => [low|]; last exact: contains_log_crude.
case highE: (log_units _ _ true _ _) => [high|]; last exact: contains_log_crude.
have /RleP := rounds _ _ lowE; have /RleP := rounds _ _ highE; rewrite -xE => high_le low_le.
rewrite /contains /= !in_unitsE // RdivE ?gt_eqF // RdivE ?gt_eqF //.
by rewrite ler_pdivr_mulr // ler_pdivl_mulr // low_le.
Qed.

End Analytic.

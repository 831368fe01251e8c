(** Coq's reals seen as a field of Mathematical Components, and a tactic that hands linear and
    polynomial goals in that notation to [lra] and [nra]. *)
From Coq Require Import Reals Lra.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Notation R := Rdefinitions.R.

(** The argument of ln is read in the notation of fields: x / y is 0 for y = 0. *)
#[global] Arguments ln x : clear scopes.
#[global] Arguments exp x : clear scopes.

(** Order and operations of the structures become those of Coq's library. *)
Ltac to_reals :=
  repeat match goal with
  | H : is_true (?a <= ?b) |- _ => move/RleP in H
  | H : is_true (?a < ?b) |- _ => move/RltP in H
  | H : @eq ?T ?a ?b |- _ =>
      lazymatch T with Rdefinitions.R => fail | _ => change (@eq Rdefinitions.R a b) in H end
  end;
  try apply/RleP; try apply/RltP;
  try match goal with |- @eq _ ?a ?b => change (@eq Rdefinitions.R a b) end;
  repeat match goal with
  | H : context [@intmul ?M ?x (Posz ?n)] |- _ =>
      change (@intmul M x (Posz n)) with (@GRing.natmul M x n) in H
  | H : context [@intmul ?M ?x (Negz ?n)] |- _ =>
      change (@intmul M x (Negz n)) with (@GRing.opp M (@GRing.natmul M x n.+1)) in H
  | H : context [@GRing.natmul ?M ?x ?n] |- _ => rewrite -(INRE n) /INR in H
  | H : context [@GRing.add ?M ?x ?y] |- _ => change (@GRing.add M x y) with (Rplus x y) in H
  | H : context [@GRing.opp ?M ?x] |- _ => change (@GRing.opp M x) with (Ropp x) in H
  | H : context [@GRing.mul ?M ?x ?y] |- _ => change (@GRing.mul M x y) with (Rmult x y) in H
  | H : context [@GRing.exp ?M ?x ?n] |- _ => rewrite -(RpowE x n) in H
  | H : context [@GRing.inv ?M ?x] |- _ => change (@GRing.inv M x) with (Rinvx x) in H
  | H : context [GRing.one ?M] |- _ => change (GRing.one M) with (IZR 1) in H
  | H : context [GRing.zero ?M] |- _ => change (GRing.zero M) with (IZR 0) in H
  | |- context [@intmul ?M ?x (Posz ?n)] =>
      change (@intmul M x (Posz n)) with (@GRing.natmul M x n)
  | |- context [@intmul ?M ?x (Negz ?n)] =>
      change (@intmul M x (Negz n)) with (@GRing.opp M (@GRing.natmul M x n.+1))
  | |- context [@GRing.natmul ?M ?x ?n] => rewrite -(INRE n) /INR
  | |- context [@GRing.add ?M ?x ?y] => change (@GRing.add M x y) with (Rplus x y)
  | |- context [@GRing.opp ?M ?x] => change (@GRing.opp M x) with (Ropp x)
  | |- context [@GRing.mul ?M ?x ?y] => change (@GRing.mul M x y) with (Rmult x y)
  | |- context [@GRing.exp ?M ?x ?n] => rewrite -(RpowE x n)
  | |- context [@GRing.inv ?M ?x] => change (@GRing.inv M x) with (Rinvx x)
  | |- context [GRing.one ?M] => change (GRing.one M) with (IZR 1)
  | |- context [GRing.zero ?M] => change (GRing.zero M) with (IZR 0)
  end.

Ltac real_lra := to_reals; lra.
Ltac real_nra := to_reals; nra.

Lemma sqrt_le (x y : R) : 0 <= y -> x <= y ^+ 2 -> Num.sqrt x <= y.
Proof. by move=> y0 le; rewrite -[leRHS](ger0_norm y0) -sqrtr_sqr ler_wsqrtr. Qed.

Lemma le_sqrt (x y : R) : 0 <= x -> x ^+ 2 <= y -> x <= Num.sqrt y.
Proof. by move=> x0 le; rewrite -[leLHS](ger0_norm x0) -sqrtr_sqr ler_wsqrtr. Qed.

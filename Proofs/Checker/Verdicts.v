(** * Verdicts are the signs of margins

    From numbers that enclose margins to what a verdict says about the margins themselves. *)

From Coq Require Import ZArith QArith Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Checker.Rationals Checker.Vectors Checker.Balls Checker.Claims.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma encloses_eq x (r : R) : Q2R x = r -> encloses (exact x) r%:E.
Proof. by move<-; apply: encloses_exact. Qed.

Lemma encloses_nonnegative x y : encloses x y -> is_nonnegative x -> (0 <= y)%E.
Proof.
case: x y => [b|] [r||] //= /andP[br _]; rewrite Q2R_le Q2R_zero => b0.
exact: le_trans br.
Qed.

Lemma encloses_negative x y : encloses x y -> is_negative x -> (y < 0)%E.
Proof.
case: x y => [b|] [r||] //= /andP[_ rb]; rewrite Q2R_le Q2R_zero -ltNge => b0.
exact: le_lt_trans b0.
Qed.

(** A claim in terms of its margin *)
Lemma decide_one x y v : decide [:: x] = Some v -> encloses x y ->
  (v = Holds /\ (0 <= y)%E) \/ (v = Violated /\ (y < 0)%E).
Proof.
rewrite /decide /= !andbT; case: ifP => [x0 [<-]|xN].
  by left; split; [|apply: encloses_nonnegative x0].
by rewrite xN /=; case: ifP => // x0 [<-]; right; split; [|apply: encloses_negative x0].
Qed.

(** The margins of a family, one for each index *)
Section Family.
Variables (I : Type) (r : seq I) (f : I -> number) (y : I -> \bar R).

Lemma decide_family v : decide [seq f i | i <- r] = Some v ->
  (forall i, List.In i r -> encloses (f i) (y i)) ->
  (v = Holds /\ forall i, List.In i r -> (0 <= y i)%E) \/
  (v = Violated /\ exists2 i, List.In i r & (y i < 0)%E).
Proof.
rewrite /decide !all_map => dv fy; case: ifP dv => [nonneg [<-]|].
  left; split=> // i ir; apply: encloses_nonnegative (fy i ir) _.
  elim: r nonneg ir {fy} => //= j s IH /andP[fj fs] [<-//|]; exact: IH.
move=> some_neg; case: ifP => // decided [<-]; right; split=> //.
elim: r fy some_neg decided => //= j s IH fy.
case: (boolP (is_nonnegative (f j))) => /= [_|jN] some_neg.
  move=> decided; have [|i ir yi] := IH _ some_neg decided; last by exists i; [right|].
  by move=> i ir; apply: fy; right.
case/andP=> /= jneg _; exists j; first by left.
by apply: encloses_negative jneg; apply: fy; left.
Qed.

End Family.

Lemma decide_map (T : Type) (f : T -> number) r v : decide [seq f x | x <- r] = Some v ->
  (v = Holds /\ forall x, List.In x r -> is_nonnegative (f x)) \/
  (v = Violated /\ exists2 x, List.In x r & is_negative (f x)).
Proof.
rewrite /decide; case: ifP => [nonneg [<-]|].
  left; split=> // x xr; elim: r nonneg xr => //= y s IH /andP[fy fs] [<-//|]; exact: IH.
move=> some_neg; case: ifP => // decided [<-]; right; split=> //.
elim: r some_neg decided => //= y s IH; case: (boolP (is_nonnegative (f y))) => /= [_|_] some_neg.
  by move=> decided; have [x xs neg] := IH some_neg decided; exists x; [right|].
by case/andP=> neg _; exists y; [left|].
Qed.

Lemma gather_map (T : Type) (f : nat -> option T) r xs (x0 : T) : gather f r = Some xs ->
  xs = [seq odflt x0 (f s) | s <- r] /\ forall s, List.In s r -> f s = Some (odflt x0 (f s)).
Proof.
elim: r xs => [|s r IH] xs /=; first by case=> <-.
case fs: (f s) => [x|] //; case: (gather f r) IH => // ys IH [<-].
have [ysE yP] := IH _ erefl; rewrite /= -ysE; split=> // t [<-|/yP//].
by rewrite fs.
Qed.

Lemma In_mem (s : nat) r : List.In s r <-> s \in r.
Proof.
elim: r => //= t r IH; rewrite inE; split=> [[->|/IH->]|/predU1P[->|/IH]]; rewrite ?eqxx ?orbT //.
  by left.
by right.
Qed.

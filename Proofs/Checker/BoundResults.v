(** * The checker's verdicts on bounds *)

From Coq Require Import ZArith QArith Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Model Evaluation Surrogate.
From Monotone Require Import Checker.Rationals Checker.Vectors Checker.Balls Checker.Instance.
From Monotone Require Import Checker.Solution Checker.Quantities Checker.Spreads Checker.Meaning.
From Monotone Require Import Checker.Claims Checker.Verdicts Checker.Truth Checker.Widths.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section BoundResults.
Variables (bits : Z) (m : instance).
Notation S := [finType of 'I_(states m)].
Notation A := [finType of 'I_(actions m)].
Variables (M : mdp [realFieldType of R] S A) (p q : matrix) (π π' : policy M).
Variables v rho v' rho' : vector.
Hypothesis bits_ge0 : Z.le Z0 bits.
Hypotheses (MP : describes M) (πP : describes_policy p π) (πP' : describes_policy q π').
Let u := update_of bits m p q v rho v' rho'.
Hypotheses (oldP : solved m (old u)) (newP : solved m (new u)).
Notation γ := (discount M).
Notation constants := (map Q2R (constants m u)).
Notation result_true := (result_true π π' constants).

Let γE : Q2R (factor m) = γ. Proof. by rewrite (describes_discount MP). Qed.

Notation η' := (expected_return π').
Notation L := (surrogate π π').

Lemma withinP w (x : \bar R) r : encloses w x -> within u w = Some r ->
  [/\ verdict_true (found r) true ((`|η' - L|%:E <= x)%E),
      number_true (margin r) (x - `|η' - L|%:E),
      number_true (lower_bound r) (L%:E - x) &
      number_true (upper_bound r) (L%:E + x)].
Proof.
have LE := surrogate_valueE MP πP πP' oldP.
have GE := gapE MP πP πP' oldP newP.
case: w x => [b|] [x||] //= wx; last by case=> <-; split=> //; split=> //; rewrite leey.
have marginP : contains (ball_from (opp (abs (gap u))) (ball_from zero b)) (x - `|η' - L|).
  have := contains_from (opp (abs (gap u))) (contains_from zero wx).
  by rewrite Q2R_opp Q2R_abs GE Q2R_zero sub0r opprK addrC.
case decideE: (decide _) => [w|] // [<-]; split=> //=.
- case: (decide_one (y := (x - `|η' - L|)%:E) decideE marginP) => -[-> /=];
    rewrite ?lee_fin ?lte_fin ?subr_ge0 ?subr_lt0 => le; split=> //.
  by rewrite leNgt le.
- by rewrite -LE; apply: contains_from.
by rewrite -LE; apply: contains_add wx; rewrite /contains lexx.
Qed.

Lemma appliesE b : applies m b = applies_truly π π' (Bound b).
Proof.
by case: b => //=; rewrite ?card_ord // Q2R_le Q2R_mul !Q2R_of_nat γE.
Qed.

Lemma bound_resultP b r : bound_result bits m u b = Some r -> result_true (Bound b) r.
Proof.
rewrite /bound_result /result_true; case: ifP => [noneP [<-]|/negbFE ap].
  by split=> //=; rewrite -/(applies_truly π π' (Bound b)) -appliesE.
have widthP := width_ofE bits_ge0 MP πP πP' oldP newP ap.
rewrite -/(applies_truly _ _ (Bound b)) -appliesE ap.
have [bE|bN] : b = ResolventErgodicity \/ b <> ResolventErgodicity.
  by case: (b); [right|right|left|right..].
  rewrite bE; case spreadE: (inverse_spread u) => [t|] // within_r.
  by apply: withinP within_r; rewrite -bE; apply: widthP => _; rewrite spreadE.
have -> : (if b is ResolventErgodicity
    then if inverse_spread u then within u (width_of bits m u b) else None
    else within u (width_of bits m u b)) = within u (width_of bits m u b).
  by case: (b) bN.
by apply: withinP; apply: widthP => /bN.
Qed.

End BoundResults.

(** * The checker's verdicts on claims of improvement *)

From Coq Require Import ZArith QArith Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Model Evaluation Surrogate Divergences.PolicyDivergence.
From Monotone Require Import Checker.Rationals Checker.Vectors Checker.Balls Checker.Instance.
From Monotone Require Import Checker.Solution Checker.Quantities Checker.Spreads Checker.Meaning.
From Monotone Require Import Checker.Claims Checker.Verdicts Checker.Truth Checker.Widths.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section ImprovementResults.
Variables (bits : Z) (m : instance).
Notation S := [finType of 'I_(states m)].
Notation A := [finType of 'I_(actions m)].
Variables (M : mdp [realFieldType of R] S A) (p q : matrix) (π π' : policy M).
Variables v rho v' rho' : vector.
Hypothesis bits_ge0 : Z.le Z0 bits.
Hypotheses (MP : describes M) (πP : describes_policy p π) (πP' : describes_policy q π').
Let u := update_of bits m p q v rho v' rho'.
Hypotheses (oldP : solved m (old u)) (newP : solved m (new u)).
Notation constants := (map Q2R (constants m u)).
Notation result_true := (result_true π π' constants).
Notation η' := (expected_return π').

Lemma at_leastP b (x : R) r : contains b x -> at_least u b = Some r ->
  [/\ verdict_true (found r) true (x <= η'),
      number_true (margin r) (η' - x)%:E,
      number_true (lower_bound r) x%:E &
      upper_bound r = None].
Proof.
move=> bx; rewrite /at_least; case decideE: (decide _) => [w|] // [<-].
have marginP : contains (ball_from (return_value (new u)) b) (η' - x).
  by rewrite -(new_returnE MP πP' newP); apply: contains_from.
split=> //=; case: (decide_one (y := (η' - x)%:E) decideE marginP) => -[-> /=];
  rewrite ?lee_fin ?lte_fin ?subr_ge0 ?subr_lt0 => le; split=> //.
by rewrite leNgt le.
Qed.

Lemma gain_appliesE : le (div (mul (of_nat 2) (mixture_loss m u)) (square_share m)) (mean_gain u)
  = applies_truly π π' (Improvement ConservativeGain).
Proof.
rewrite Q2R_le (mean_gainE MP πP πP' oldP) Q2R_div Q2R_mul Q2R_of_nat.
by rewrite (mixture_lossE MP πP πP' oldP) (square_shareE MP) /applies_truly /mixture_width mulrA.
Qed.

Lemma improvement_resultP i r : improvement_result m u i = Some r -> result_true (Improvement i) r.
Proof.
have AE := mean_gainE MP πP πP' oldP.
case: i; rewrite /improvement_result /result_true.
- have -> : every (states m) (fun s => le zero (get (means u) s)) =
      applies_truly π π' (Improvement PointwiseImprovement).
    apply/everyP/forallP => H s; have := H s;
      by rewrite Q2R_le Q2R_zero (meansE MP πP πP' oldP).
  case: ifP => [ap [<-]|/negbT apN [<-]]; split=> //=; rewrite /verdict_true.
  have -> : every (states m) (fun s => ~~ is_live m s || le (get (values (old u)) s) (get (values (new u)) s))
      = [forall s, live M s ==> (value π s <= value π' s)].
    apply/everyP/forallP => H s; have := H s;
      by rewrite Q2R_le (valuesE MP πP oldP) (valuesE MP πP' newP) (liveE MP) implybE.
  case: ifP => [/forallP H|/negbT/forallPn[s sN]]; split=> //.
    by move=> s sl; have /implyP := H s; apply.
  by move: sN; rewrite negb_imply => /andP[sl /negP N] H; apply: N; apply: H.
- have := encloses_times (w := penalty m u) _ (largest_klE v rho v' rho' bits_ge0 MP πP πP').
  rewrite (penaltyE MP πP oldP) penalty_coefficient_ge0 => /(_ isT).
  case: (times _ _) => [b|]; case xE: (_%:E * _)%E => [x||] // bx.
    move=> /(at_leastP (contains_from (surrogate_value u) bx)).
    rewrite (surrogate_valueE MP πP πP' oldP) /= xE.
    by case=> ? ? ? ->; split.
  by case=> <-; split=> //=; rewrite xE //; split=> //; rewrite leNye.
rewrite gain_appliesE.
case: ifP => [ap|/negbT apN [<-]]; last by split.
set lower := add _ _ => /(@at_leastP (Ball lower lower) (Q2R lower)).
have lowerE : Q2R lower = expected_return π + policy_advantage π π' / 2.
  by rewrite Q2R_add Q2R_div Q2R_of_nat AE (old_returnE MP πP oldP).
rewrite lowerE => /(_ _)[|? ? ? ->]; last by split.
by rewrite /contains /= lowerE lexx.
Qed.

End ImprovementResults.

(** * What the checker derives about an update is true

    The result of each claim, the quantities, whether the return rose, and whether a lower bound had
    guaranteed it. *)

From Coq Require Import ZArith QArith Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Model Evaluation Surrogate Divergences.PolicyDivergence.
From Monotone Require Import Checker.Rationals Checker.Vectors Checker.Balls Checker.Instance.
From Monotone Require Import Checker.Solution Checker.Quantities Checker.Spreads Checker.Meaning.
From Monotone Require Import Checker.Claims Checker.Verdicts Checker.Truth Checker.Widths Checker.Certificate.
From Monotone Require Import Checker.IdentityResults Checker.InequalityResults Checker.BoundResults.
From Monotone Require Import Checker.ImprovementResults.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Results.
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
Notation bound_width := (bound_width π π' constants).
Notation lower_end := (lower_end π π' constants).
Notation η' := (expected_return π').

Theorem result_ofP c r : result_of bits m u c = Some r -> result_true c r.
Proof.
case: c => [i|i|b|i].
- exact: (identity_resultP MP πP πP' oldP newP).
- exact: (inequality_resultP bits_ge0 MP πP πP').
- exact: (bound_resultP bits_ge0 MP πP πP' oldP newP).
exact: (improvement_resultP bits_ge0 MP πP πP' oldP newP).
Qed.

(** ** What is found about the update *)

Lemma improvedP : verdict_true (improved u) true (expected_return π <= η').
Proof.
rewrite /improved Q2R_le Q2R_zero (gainE MP πP πP' oldP newP) subr_ge0.
by case: ifP => // /negbT.
Qed.

(** Lower bounds, for claims that need no knowledge of the candidate *)

Lemma lower_bound_applies c r x : List.In c a_priori_claims -> result_of bits m u c = Some r ->
  lower_bound r = Some x -> applies_truly π π' c.
Proof.
move=> _ rE xE; have [verdictP _ _ _] := result_ofP rE.
case: (found r) verdictP (rE) => [[]|[]|[]|] // apN.
case: c {rE} apN => [i|i|b|i] apN; rewrite /result_of.
- by case=> rE; move: xE; rewrite -rE.
- rewrite /inequality_result; case: ifP => _; first by case=> rE; move: xE; rewrite -rE.
  by case: (gather _ _) => // ms; case: (decide ms) => // w [rE]; move: xE; rewrite -rE.
- by rewrite /bound_result (appliesE π π' MP) (negbTE apN) => -[rE]; move: xE; rewrite -rE.
case: i apN => // apN; rewrite /improvement_result ?(gain_appliesE MP πP πP' oldP); case: ifP => ap;
  try by case=> rE; move: xE; rewrite -rE.
by case/negP: apN.
Qed.

Lemma lower_bound_missing c r : List.In c a_priori_claims -> result_of bits m u c = Some r ->
  applies_truly π π' c -> lower_bound r = None -> lower_end c = -oo%E.
Proof.
move=> cP rE ap xE; case: c cP rE ap => [i|i|b|i] cP; rewrite /result_of // => rE ap.
- have := rE; rewrite /bound_result (appliesE π π' MP) ap /=.
  have widthP := width_ofE bits_ge0 MP πP πP' oldP newP.
  have [[bE _]|bE] : (b = ResolventErgodicity /\ True) \/ b <> ResolventErgodicity.
    by case: (b); [right|right|left|right..].
    by move: cP; rewrite bE => -[]; do ![by []|case].
  have -> : (if b is ResolventErgodicity
      then if inverse_spread u then within u (width_of bits m u b) else None
      else within u (width_of bits m u b)) = within u (width_of bits m u b).
    by case: (b) bE.
  have := widthP b; rewrite (appliesE π π' MP) => /(_ ap) widthb.
  have : encloses (width_of bits m u b) (bound_width b) by apply: widthb => /bE.
  case: (width_of _ _ _ _) => [w|].
    by rewrite /within; case: (decide _) => // v0 _ [rE']; move: xE; rewrite -rE'.
  by rewrite /lower_end; case: (bound_width b).
case: i cP rE ap => // cP; rewrite /improvement_result => rE ap.
  have := encloses_times (w := penalty m u) _ (largest_klE v rho v' rho' bits_ge0 MP πP πP').
  rewrite (penaltyE MP πP oldP) penalty_coefficient_ge0 => /(_ isT).
  move: rE; case: (times _ _) => [b|] rE.
    by move: rE; rewrite /at_least; case: (decide _) => // v0 [rE]; move: xE; rewrite -rE.
  by rewrite /lower_end; case: (_%:E * _)%E.
move: rE; rewrite (gain_appliesE MP πP πP' oldP) ap /at_least; case: (decide _) => // v0 [rE].
by move: xE; rewrite -rE.
Qed.

Lemma all_lowersP cs xs : (forall c, List.In c cs -> List.In c a_priori_claims) ->
  all_lowers bits m u cs = Some xs ->
  [/\ forall c, List.In c cs -> applies_truly π π' c ->
        lower_end c = -oo%E \/ exists2 x, List.In x xs & encloses x (lower_end c) &
      forall x, List.In x xs -> exists2 c, List.In c cs & applies_truly π π' c /\ encloses x (lower_end c)].
Proof.
elim: cs xs => [|c cs IH] xs csP /=; first by case=> <-.
rewrite /lowers; case rE: (result_of bits m u c) => [r|] //.
case yE: (all_lowers bits m u cs) => [ys|] // [<-].
have cP := csP c (or_introl erefl).
have [|below above] := IH ys _ yE; first by move=> d dP; apply: csP; right.
have [_ _ lowerP _] := result_ofP rE; split=> [d|x].
  case=> [<-|dP] ap; last first.
    case: (below d dP ap) => [|[x xP dx]]; first by left.
    by right; exists x => //; case: (lower_bound r) => [z|] //; right.
  move: lowerP; case xE: (lower_bound r) => [x|] /= lowerP; last by left; apply: lower_bound_missing rE ap xE.
  by right; exists x => //; left.
have tail : List.In x ys -> exists2 d, List.In d (c :: cs) & applies_truly π π' d /\ encloses x (lower_end d).
  by case/above => d dP dx; exists d => //; right.
move: lowerP; case xE: (lower_bound r) => [z|] /= lowerP //.
case=> [zx|] //; exists c; first by left.
by rewrite -zx; split=> //; apply: lower_bound_applies rE xE.
Qed.

Lemma guaranteedP w : guaranteed bits m u = Some w ->
  verdict_true w true (guaranteed_truly π π' constants).
Proof.
rewrite /guaranteed; case xsE: all_lowers => [xs|] //.
have [below above] := all_lowersP (fun c cP => cP) xsE.
have ηE := old_returnE MP πP oldP.
rewrite /guaranteed_by; case decideE: (decide _) => [w'|] //.
have [[-> nonneg]|[-> [x xP neg]]] := decide_map decideE; case=> <-; split=> //.
  case=> c [cP ap]; apply/negP; rewrite -leNgt.
  case: (below c cP ap) => [->|[x xP cx]]; first by rewrite leNye.
  have := nonneg x xP; case: x cx {xP} => [b|] cx; last first.
    by rewrite /= Q2R_le Q2R_zero Q2R_opp Q2R_one oppr_ge0 ler10.
  rewrite /= Q2R_le Q2R_zero Q2R_sub ηE subr_ge0 => upper_le.
  by move: cx; case: (lower_end c) => [z||] // /andP[_ zb]; rewrite lee_fin (le_trans zb).
have [c cP [ap cx]] := above x xP; exists c; split=> //.
case: x cx neg {xP} => [b|]; case: (lower_end c) => [z||] //; last by rewrite ltey.
case/andP=> bz _; rewrite /= Q2R_le Q2R_zero Q2R_sub ηE -ltNge subr_lt0 => lower_gt.
by rewrite lte_fin (lt_le_trans lower_gt).
Qed.

(** ** Quantities *)

Lemma quantity_ofP x : encloses (quantity_of m u x) (quantity_value π π' x).
Proof.
have hE := shareE MP; have h0 : 0 <= Q2R (share m) by rewrite hE ltW ?horizon_gt0.
case: x; rewrite /quantity_of /quantity_value; try apply: encloses_eq.
- exact: (old_returnE MP πP oldP).
- exact: (new_returnE MP πP' newP).
- exact: (surrogate_valueE MP πP πP' oldP).
- exact: (mean_gainE MP πP πP' oldP).
- exact: (largest_advantageE MP πP oldP).
- exact: (largest_meanE MP πP πP' oldP).
- exact: (penaltyE MP πP oldP).
- exact: (largest_variationE bits v rho v' rho' MP πP πP').
- by rewrite Q2R_mul hE (movedE MP πP πP' oldP).
- exact: (largest_klE v rho v' rho' bits_ge0 MP πP πP').
- by rewrite -hE; apply: encloses_times h0 (weighted_klE bits_ge0 MP πP πP' oldP).
- exact: (largest_reverseE v rho v' rho' bits_ge0 MP πP πP').
by rewrite -hE; apply: encloses_times h0 (weighted_reverseE bits_ge0 MP πP πP' oldP).
Qed.

End Results.

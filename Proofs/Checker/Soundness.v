(** * Acceptance implies truth

    If the checker accepts a certificate, there is exactly what the certificate speaks of: a model M
    and policies π, π' that the data describe; and about all such M, π, π' everything that the
    certificate states is true: V, ρ, divergences, quantities, and for each claim its verdict, its
    margin and its bounds. *)

From Coq Require Import ZArith QArith Reals.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Resolvent Evaluation Visitation Surrogate Ergodicity Mixture.
From Monotone Require Import Divergences.RealArithmetic Divergences.TotalVariation.
From Monotone Require Import Divergences.PolicyDivergence Divergences.BretagnolleHuber Bounds.MeanKl.
From Monotone Require Import Checker.Rationals Checker.Vectors Checker.Logarithms Checker.Balls.
From Monotone Require Import Checker.Instance Checker.Solution Checker.Inverse Checker.Quantities.
From Monotone Require Import Checker.Meaning Checker.Claims Checker.Verdicts Checker.Certificate.
From Monotone Require Import Checker.Truth Checker.Widths.
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
Notation ρ := visitation.
Notation constants := (map Q2R (constants m u)).
Notation result_true := (result_true π π' constants).
Notation bound_width := (bound_width π π' constants).
Notation lower_end := (lower_end π π' constants).

Let γE : Q2R (factor m) = γ. Proof. by rewrite (describes_discount MP). Qed.

(** ** Identities *)

Lemma mean_advantageE (τ τ' : policy M) x y r w r' w' (s : S) : describes_policy x τ -> describes_policy y τ' ->
  solved m (solution_of m y r' w') ->
  Q2R (mean_advantage m (solution_of m x r w) (solution_of m y r' w') s)
    = expected_advantage (M := M) τ' τ s.
Proof.
move=> xP yP ysol; rewrite Q2R_sum /expected_advantage.
rewrite -(describes_weighted τ (f := fun a => Q2R (entry (advantages (solution_of m y r' w')) s a))).
  by apply: eq_bigr => a _; rewrite Q2R_mul xP.
by move=> a; apply: (advantagesE MP yP ysol).
Qed.

Lemma mean_action_valueE' (τ τ' : policy M) x y r w r' w' (s : S) : describes_policy x τ -> describes_policy y τ' ->
  solved m (solution_of m y r' w') ->
  Q2R (mean_action_value m (solution_of m x r w) (solution_of m y r' w') s)
    = \sum_a τ s a * action_value (M := M) τ' s a.
Proof.
move=> xP yP ysol; rewrite Q2R_sum.
rewrite -(describes_weighted τ (f := fun a =>
    Q2R (entry (advantages (solution_of m y r' w')) s a) + Q2R (get r' s))).
  by apply: eq_bigr => a _; rewrite Q2R_mul Q2R_add xP.
move=> a av; rewrite (advantagesE MP yP ysol av) (valuesE MP yP ysol).
by rewrite /advantage subrK.
Qed.

Lemma bellman_errorE (τ : policy M) x r w : describes_policy x τ -> solved m (solution_of m x r w) ->
  Q2R (bellman_error m (solution_of m x r w)) = bellman_residual (M := M) τ.
Proof.
move=> xP sol; rewrite Q2R_max Q2R_abs Q2R_max Q2R_abs 2!Q2R_sub Q2R_inv.
have wE : Q2R (weighted_sum m (solution_of m x r w) (get (income (solution_of m x r w))))
    = \sum_s ρ τ s * mean_reward M τ s.
  by rewrite Q2R_sum; apply: eq_bigr => s _; rewrite Q2R_mul (visitsE MP xP sol) (incomeE MP xP).
have sE : Q2R (sum (states m) (get (visits (solution_of m x r w)))) = \sum_s ρ τ s.
  by rewrite Q2R_sum; apply: eq_bigr => s _; rewrite (visitsE MP xP sol).
have lE : Q2R (largest (states m) xpredT
      (fun s => abs (mean_advantage m (solution_of m x r w) (solution_of m x r w) s)))
    = maximum predT (fun s => `|expected_advantage τ τ s|).
  by apply: largestE => // s _; rewrite Q2R_abs (mean_advantageE _ _ _ xP xP sol).
by rewrite (return_valueE MP xP sol) wE sE lE (shareE MP).
Qed.

Lemma error_ofE i : Q2R (error_of m u i) = identity_residual π π' i.
Proof.
case: i => /=.
- by rewrite Q2R_max (bellman_errorE πP oldP) (bellman_errorE πP' newP).
- rewrite Q2R_abs Q2R_sub (gainE MP πP πP' oldP newP) Q2R_sum; congr `|_ - _|.
  apply: eq_bigr => s _; rewrite Q2R_mul (visitsE MP πP' newP).
  by rewrite (meansE MP πP πP' oldP).
- rewrite Q2R_abs Q2R_sum; congr `|_|; apply: eq_bigr => s _.
  by rewrite Q2R_mul (visitsE MP πP oldP) (mean_advantageE _ _ _ πP πP oldP).
rewrite Q2R_max Q2R_abs Q2R_sub (mean_gainE MP πP πP' oldP) Q2R_sum; congr (Num.max `|_ - _| _).
  apply: eq_bigr => s _; rewrite Q2R_mul (visitsE MP πP oldP) Q2R_sub.
  by rewrite (mean_action_valueE' _ _ _ πP' πP oldP) (mean_action_valueE' _ _ _ πP πP oldP).
apply: largestE => s; rewrite ?(liveE MP) // => _; apply: largestE => // a _.
rewrite Q2R_abs !Q2R_mul Q2R_sub (visitsE MP πP oldP) (valuesE MP πP oldP).
by rewrite (mean_action_valueE' _ _ _ πP πP oldP) πP.
Qed.

Lemma identity_resultP i r : identity_result m u i = Some r -> result_true (Identity i) r.
Proof.
case=> <-; split=> //=; last by apply: encloses_eq; rewrite Q2R_opp error_ofE.
by rewrite is_zeroE error_ofE; case: eqP.
Qed.

(** ** Inequalities in each state *)

Definition state_margin (i : inequality) (s : S) : \bar R :=
  let square := state_total_variation π π' s ^+ 2 in
  match i with
  | Pinsker => (extended_state_divergence π π' s - (2 * square)%:E)%E
  | BretagnolleHuber => (extended_state_divergence π π' s + (ln (1 - square))%:E)%E
  end.

Lemma inequality_marginE i (s : S) x :
  inequality_margin bits u i s = Some x -> encloses x (state_margin i s).
Proof.
have squareE : Q2R (mul (get (variations u) s) (get (variations u) s))
    = state_total_variation π π' s ^+ 2.
  by rewrite Q2R_mul (variationsE _ v rho v' rho' πP πP') expr2.
have := divergencesE v rho v' rho' bits_ge0 πP πP' s; rewrite -/u.
case: i => /= klP; first by case=> <-; apply: encloses_plus klP (encloses_eq _);
  rewrite Q2R_opp Q2R_mul Q2R_of_nat squareE.
case klE: (get_number _ _) klP => [b|] klP; last by case=> <-; case: (extended_state_divergence _ _ _) klP.
case: ifP => // /negbT; rewrite Q2R_le -ltNge Q2R_one => square1 [<-].
have lnP : contains (log bits (two_units bits) (sub one (mul (get (variations u) s) (get (variations u) s))))
    (ln (1 - state_total_variation π π' s ^+ 2)).
  rewrite -squareE -Q2R_one -Q2R_sub; apply: contains_log => //.
  by rewrite Q2R_sub Q2R_one subr_gt0.
exact: (@encloses_plus (Finite b) (Finite _) _ _%:E klP lnP).
Qed.

Lemma pinsker_marginE (s : S) : live M s ->
  ((state_total_variation π π' s ^+ 2)%:E <= (2^-1)%:E * extended_state_divergence π π' s)%E
    <-> (0 <= state_margin Pinsker s)%E.
Proof.
move=> _; rewrite /state_margin; have := extended_state_divergence_ge0 π π' s.
case: (extended_state_divergence π π' s) => [r||] // _.
  by rewrite -EFinM -EFinB !lee_fin ler_pdivl_mull ?ltr0n // subr_ge0.
by rewrite gt0_muley ?lte_fin ?invr_gt0 ?ltr0n // !leey.
Qed.

Lemma exp_le (x y : R) : x <= y -> exp x <= exp y.
Proof. by rewrite le_eqVlt => /predU1P[->//|/RltP xy]; apply/ltW/RltP/exp_increasing. Qed.

Lemma exp_opp_le (r y : R) : 0 < y -> (exp (- r) <= y) = (0 <= r + ln y).
Proof.
move=> /RltP y0; rewrite -ler_subl_addl sub0r; apply/idP/idP => [le|/exp_le]; last by rewrite exp_ln.
rewrite leNgt; apply/negP => /RltP/exp_increasing; rewrite exp_ln // => /RltP.
by rewrite ltNge le.
Qed.

Lemma bretagnolle_huber_marginE (s : S) :
  extended_state_divergence π π' s = +oo%E \/ state_total_variation π π' s ^+ 2 < 1 ->
  state_total_variation π π' s <= Num.sqrt (1 - exp_opposite (extended_state_divergence π π' s))
    <-> (0 <= state_margin BretagnolleHuber s)%E.
Proof.
rewrite /state_margin; set t := state_total_variation π π' s.
have t0 : 0 <= t := state_total_variation_ge0 π π' s.
have := extended_state_divergence_ge0 π π' s.
case: (extended_state_divergence π π' s) => [r||] // r0; last first.
  by rewrite /exp_opposite subr0 sqrtr1 state_total_variation_le1 leey.
case=> // square1; have y0 : 0 < 1 - t ^+ 2 by rewrite subr_gt0.
have e1 : exp (- r) <= 1.
  by have e0 : exp 0 = 1 := exp_0; rewrite -e0; apply: exp_le; rewrite oppr_le0 -lee_fin.
rewrite /exp_opposite -EFinD lee_fin -exp_opp_le //.
rewrite -[_ <= Num.sqrt _]ler_sqr ?nnegrE ?sqrtr_ge0 // sqr_sqrtr ?subr_ge0 //.
by rewrite ler_subr_addl -ler_subr_addr.
Qed.

Lemma bretagnolle_huber_defined (s : S) x : inequality_margin bits u BretagnolleHuber s = Some x ->
  extended_state_divergence π π' s = +oo%E \/ state_total_variation π π' s ^+ 2 < 1.
Proof.
rewrite /inequality_margin; have := divergencesE v rho v' rho' bits_ge0 πP πP' s; rewrite -/u.
case: (get_number _ _) => [b|]; last by case: (extended_state_divergence _ _ _) => //; left.
move=> _; case: ifP => // /negbT; rewrite Q2R_le -ltNge Q2R_one Q2R_mul => square1 _; right.
by rewrite expr2 -(variationsE bits v rho v' rho' πP πP').
Qed.

Lemma some_liveE : some (states m) (is_live m) = [exists s : S, live M s].
Proof. by rewrite someP; apply: eq_existsb => s; rewrite (liveE MP). Qed.

Lemma inequality_resultP i r : inequality_result bits m u i = Some r -> result_true (Inequality i) r.
Proof.
rewrite /inequality_result some_liveE; case: ifP => [noneP [<-]|/negbFE someP']; first by split.
case gatherE: (gather _ _) => [margins|] //; case decideE: (decide margins) => [w|] // [<-].
split=> //; move: decideE; have [-> marginP] := gather_map (exact zero) gatherE => decideE.
pose y (s : nat) := if insub s is Some s' then state_margin i s' else 0%E.
have yE (s : S) : y s = state_margin i s by rewrite /y valK.
have inP (s : nat) : List.In s [seq s <- iota 0 (states m) | is_live m s] <->
    exists2 s' : S, s = s' & live M s'.
  rewrite In_mem mem_filter mem_iota add0n; split=> [/and3P[sl _ sn]|[s' -> sl]].
    by exists (Ordinal sn) => //; rewrite (liveE MP).
  by rewrite -(liveE MP) sl ltn_ord.
have statedE : statement π π' constants (Inequality i)
    <-> forall s, live M s -> (0 <= state_margin i s)%E.
  case: (i) marginP => marginP; split=> H s sl; have := H s sl;
    try (by move/(pinsker_marginE sl)); have sP : List.In (s : nat) _ := (inP s).2 (ex_intro2 _ _ s erefl sl);
    by move/(bretagnolle_huber_marginE (bretagnolle_huber_defined (marginP s sP))).
have enclosed s : List.In s [seq s <- iota 0 (states m) | is_live m s] ->
    encloses (odflt (exact zero) (inequality_margin bits u i s)) (y s).
  move=> sr; have := marginP s sr; case/inP: sr => s' -> _ sE; rewrite yE.
  exact: inequality_marginE sE.
case: (decide_family decideE enclosed) => [[-> nonneg]|[-> [s sr neg]]]; split=> //.
  by apply/statedE => s sl; rewrite -yE; apply: nonneg; apply/inP; exists s.
by move/statedE => H; case/inP: sr neg => s' -> sl; rewrite yE ltNge H.
Qed.

(** ** Bounds *)

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

(** ** Improvements *)

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

Theorem result_ofP c r : result_of bits m u c = Some r -> result_true c r.
Proof.
case: c => [i|i|b|i]; [exact: identity_resultP | exact: inequality_resultP | exact: bound_resultP
  | exact: improvement_resultP].
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
- by rewrite /bound_result appliesE (negbTE apN) => -[rE]; move: xE; rewrite -rE.
case: i apN => // apN; rewrite /improvement_result ?gain_appliesE; case: ifP => ap;
  try by case=> rE; move: xE; rewrite -rE.
by case/negP: apN.
Qed.

Lemma lower_bound_missing c r : List.In c a_priori_claims -> result_of bits m u c = Some r ->
  applies_truly π π' c -> lower_bound r = None -> lower_end c = -oo%E.
Proof.
move=> cP rE ap xE; case: c cP rE ap => [i|i|b|i] cP; rewrite /result_of // => rE ap.
- have := rE; rewrite /bound_result appliesE ap /=.
  have widthP := width_ofE bits_ge0 MP πP πP' oldP newP.
  have [[bE _]|bE] : (b = ResolventErgodicity /\ True) \/ b <> ResolventErgodicity.
    by case: (b); [right|right|left|right..].
    by move: cP; rewrite bE => -[]; do ![by []|case].
  have -> : (if b is ResolventErgodicity
      then if inverse_spread u then within u (width_of bits m u b) else None
      else within u (width_of bits m u b)) = within u (width_of bits m u b).
    by case: (b) bE.
  have := widthP b; rewrite appliesE => /(_ ap) widthb.
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
move: rE; rewrite gain_appliesE ap /at_least; case: (decide _) => // v0 [rE].
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

(** ** From what is derived to what is stated *)

Lemma agree_true x y z : agree x y = Some true -> encloses y z -> stated_true x z.
Proof.
case: y z => [b|] [r||] //; case: x => [q'|l h|] //= agreed br.
- move: agreed => [/andP[be]]; rewrite Q2R_equal => /eqP ->.
  by rewrite (contains_exact br be).
- move: agreed; case: ifP => // _; case: (cell b) => [[low high]|] // [/and4P[_ _]].
  rewrite !Q2R_le !lee_fin => lb bh; case/andP: br => br rb.
  by rewrite (le_trans lb br) (le_trans rb bh).
Qed.

Lemma agree_option_true x y z : agree_option x y = Some true -> number_true y z -> stated_option_true x z.
Proof. by case: x y => [x|] [y|] //=; apply: agree_true. Qed.

Lemma verdict_eqb_true v w : verdict_eqb v w -> v = w.
Proof. by case: v; case: w. Qed.

Lemma both_true x y : both x y = Some true -> x = Some true /\ y = Some true.
Proof. by case: x y => [[]|] [[]|]. Qed.

Lemma agree_claim_true (S A : finType) (M : mdp [realFieldType of R] S A) (π π' : policy M) constants k x y :
  agree_claim (Some x) (Some y) = Some true -> result_true π π' constants k y ->
  stated_claim_true π π' constants k x.
Proof.
case/both_true => -[/verdict_eqb_true vE] /both_true[mE] /both_true[lE uE] [vP mP lP uP].
by split; rewrite ?vE //; [apply: agree_option_true mE mP | apply: agree_option_true lE lP
  | apply: agree_option_true uE uP].
Qed.

(** ** Acceptance *)

Lemma In_map (T U : Type) (f : T -> U) x r : List.In x r -> List.In (f x) (map f r).
Proof. by elim: r => //= y r IH [->|/IH]; [left | right]. Qed.

Lemma In_cat (T : Type) (x : T) r s : List.In x r \/ List.In x s -> List.In x (r ++ s).
Proof. by elim: r => [|y r IH] /=; [case | case=> [[->|xr]|xs]; [left | right; apply: IH; left | right; apply: IH; right]]. Qed.

Lemma In_iota n (s : 'I_n) : List.In (s : nat) (iota 0 n).
Proof. by apply/In_mem; rewrite mem_iota /= add0n. Qed.

Lemma all_quantities_In x : List.In x all_quantities.
Proof. by case: x => /=; do ?[by left | right]. Qed.

Lemma all_claims_In x : List.In x all_claims.
Proof. by case: x => -[] /=; do ?[by left | right]. Qed.

Lemma answer_of_Accept r e : answer_of r = Accept -> List.In e r -> e.2 = Some true.
Proof.
rewrite /answer_of; case: (filter is_wrong r) => //; case fE: (filter _ r) => [|x s] // _.
elim: r fE => //= y r IH; case yE: (is_right y) => //= fE [<-|]; last exact: IH.
by move: yE; rewrite /is_right; case: (y.2) => [[]|].
Qed.

Section Acceptance.
Variables (bits : Z) (m : instance) (p q : matrix) (c : certificate).
Notation S := [finType of 'I_(states m)].
Notation A := [finType of 'I_(actions m)].
Notation u := (examined_update bits m p q c).
Hypothesis accepted : check bits m p q c.

Lemma accepted_entry e :
  List.In e ((InModel, Some (Z.leb Z0 bits)) :: examine_inputs m p q ++ examine_update bits m c u) ->
  e.2 = Some true.
Proof.
move: accepted; rewrite /check /answer_with; case: (answer_of (examine_inputs _ _ _)) => [|//|x];
  by case aE: (answer_of _) => // _; apply: answer_of_Accept aE.
Qed.

Lemma accepted_bits : Z.le Z0 bits.
Proof. by have [] := accepted_entry (or_introl erefl); move/Z.leb_le. Qed.

Lemma accepted_input e : List.In e (examine_inputs m p q) -> e.2 = Some true.
Proof. by move=> eP; apply: accepted_entry; right; apply: In_cat; left. Qed.

Lemma accepted_update e : List.In e (examine_update bits m c u) -> e.2 = Some true.
Proof. by move=> eP; apply: accepted_entry; right; apply: In_cat; right. Qed.

(** There is a model that the data describe, and policies of it. *)
Theorem check_describes : exists (M : mdp [realFieldType of R] S A) (π π' : policy M),
  [/\ describes M, describes_policy p π & describes_policy q π'].
Proof.
have [mP] := accepted_input (or_introl erefl).
have [pP] := accepted_input (or_intror (or_introl erefl)).
have [qP] := accepted_input (or_intror (or_intror (or_introl erefl))).
have [M MP] := well_formed_describes mP; exists M.
have [π πP] := is_policy_describes MP pP; have [π' πP'] := is_policy_describes MP qP.
by exists π, π'.
Qed.

(** What is stated is true of every such model and its policies. *)
Theorem check_sound (M : mdp [realFieldType of R] S A) (π π' : policy M) :
  describes M -> describes_policy p π -> describes_policy q π' ->
  certificate_true π π' (map Q2R (constants m u)) c.
Proof.
move=> MP πP πP'; have b0 := accepted_bits.
have [oldP] := accepted_update (or_introl erefl).
have [newP] := accepted_update (or_intror (or_introl erefl)).
have rest e : List.In e _ -> e.2 = Some true := fun eP => accepted_update (or_intror (or_intror eP)).
split.
- exact: (valuesE MP πP oldP).
- exact: (visitsE MP πP oldP).
- exact: (valuesE MP πP' newP).
- exact: (visitsE MP πP' newP).
- move=> s; apply: agree_true (divergencesE _ _ _ _ b0 πP πP' s).
  by apply: (rest (InDivergence s, _)); apply: In_cat; left; apply: (In_map _ (In_iota s)).
- move=> s; apply: agree_true (reversesE _ _ _ _ b0 πP πP' s).
  apply: (rest (InReverse s, _)); apply: In_cat; right; apply: In_cat; left.
  exact: (In_map _ (In_iota s)).
- move=> x; have: agree_quantity m c u x = Some true.
    apply: (rest (InQuantity x, _)); do 2!(apply: In_cat; right); apply: In_cat; left.
    exact: (In_map (fun x => (InQuantity x, agree_quantity m c u x)) (all_quantities_In x)).
  rewrite /agree_quantity; case: (stated_quantity c x) => [y|] // agreed; exists y => //.
  exact: agree_true agreed (quantity_ofP b0 MP πP πP' oldP newP x).
- move=> x; have: agree_claim (stated_result c x) (result_of bits m u x) = Some true.
    apply: (rest (InClaim x, _)); do 3!(apply: In_cat; right); apply: In_cat; left.
    exact: (In_map (fun x => (InClaim x, agree_claim (stated_result c x) (result_of bits m u x)))
      (all_claims_In x)).
  case: (stated_result c x) => [y|] //; case rE: (result_of bits m u x) => [r|] // agreed.
  by exists y => //; apply: agree_claim_true agreed (result_ofP b0 MP πP πP' oldP newP rE).
- have: agree_verdict (stated_improved c) (Some (improved u)) = Some true.
    by apply: (rest (InImproved, _)); do 4!(apply: In_cat; right); left.
  by case=> /verdict_eqb_true->; apply: (improvedP MP πP πP' oldP newP).
have: agree_verdict (stated_guaranteed c) (guaranteed bits m u) = Some true.
  by apply: (rest (InGuaranteed, _)); do 4!(apply: In_cat; right); right; left.
case wE: (guaranteed bits m u) => [w|] // -[/verdict_eqb_true->].
exact: (guaranteedP b0 MP πP πP' oldP newP wE).
Qed.

End Acceptance.

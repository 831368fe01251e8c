(** * The checker's verdicts on pinsker and bretagnolle-huber

    In each live state the sign of a margin decides: KL − 2 TV² for the one, KL + ln (1 − TV²) for the
    other. *)

From Coq Require Import ZArith QArith Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Model Divergences.RealArithmetic Divergences.TotalVariation.
From Monotone Require Import Divergences.PolicyDivergence Divergences.BretagnolleHuber Checker.Logarithms.
From Monotone Require Import Checker.Rationals Checker.Vectors Checker.Balls Checker.BallFunctions Checker.Instance.
From Monotone Require Import Checker.Solution Checker.Quantities Checker.Spreads Checker.Meaning.
From Monotone Require Import Checker.Claims Checker.Verdicts Checker.Truth Checker.Widths.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section InequalityResults.
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

End InequalityResults.

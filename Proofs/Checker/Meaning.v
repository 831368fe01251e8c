(** * The quantities of the checker are those of the theory

    For data that describe a model M and policies π, π', with V and ρ that solve their equations, each
    number of [update_of] is the quantity of M, π and π' that it is called after. *)

From Coq Require Import ZArith QArith Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Resolvent Evaluation Visitation Surrogate Ergodicity Mixture.
From Monotone Require Import Divergences.TotalVariation Divergences.KullbackLeibler.
From Monotone Require Import Divergences.PolicyDivergence.
From Monotone Require Import Checker.Rationals Checker.Vectors Checker.Logarithms Checker.Balls Checker.BallFunctions.
From Monotone Require Import Checker.Instance Checker.Solution Checker.Quantities Checker.Spreads.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** Divergences *)

Section Divergence.
Variables (bits : Z) (n : nat) (f g : nat -> Q) (F G : 'I_n -> R).
Hypothesis bits_ge0 : Z.le Z0 bits.
Hypotheses (fE : forall i : 'I_n, Q2R (f i) = F i) (gE : forall i : 'I_n, Q2R (g i) = G i).
Hypotheses (F0 : forall i, 0 <= F i) (G0 : forall i, 0 <= G i).

Lemma divergence_term_encloses (i : 'I_n) r : (G i = 0 -> F i = 0) ->
  r = F i * ln (F i / G i) -> encloses (divergence_term bits (two_units bits) (f i) (g i)) r%:E.
Proof.
move=> dom ->; rewrite /divergence_term is_zeroE Q2R_equal fE gE.
have [->|Fi0] := eqVneq (F i) 0; first by rewrite mul0r; apply: encloses_zero.
have Fi_gt0 : 0 < F i by rewrite lt_def Fi0 F0.
have Gi_gt0 : 0 < G i by rewrite lt_def G0 andbT; apply: contra_neq Fi0.
rewrite orFb; have [FG|FG] := eqVneq (F i) (G i).
  by rewrite FG divff ?gt_eqF // ln_1 mulr0; apply: encloses_zero.
rewrite -fE -gE -Q2R_div EFinM; apply: encloses_times; first by rewrite fE.
by apply: contains_log => //; rewrite Q2R_div fE gE divr_gt0.
Qed.

Lemma divergence_number_encloses :
  encloses (divergence_number bits (two_units bits) n f g) (extended_divergence F G).
Proof.
rewrite /divergence_number /extended_divergence.
have -> : every n (fun i => ~~ is_zero (g i) || is_zero (f i)) = dominated F G.
  apply/everyP/forallP => dom i; have := dom i; rewrite !is_zeroE fE gE; by case: (G i == 0).
case: ifP => // /dominatedP dom; rewrite -sumEFin.
by apply: encloses_total => i; apply: divergence_term_encloses => //; apply: dom.
Qed.

End Divergence.

(** ** The update *)

Section Update.
Variables (bits : Z) (m : instance).
Notation S := [finType of 'I_(states m)].
Notation A := [finType of 'I_(actions m)].
Variables (M : mdp [realFieldType of R] S A) (p q : matrix) (π π' : policy M).
Variables v rho v' rho' : vector.
Hypothesis bits_ge0 : Z.le Z0 bits.
Hypotheses (MP : describes M) (πP : describes_policy p π) (πP' : describes_policy q π').
Let u := update_of bits m p q v rho v' rho'.
Hypotheses (oldP : solved m (old u)) (newP : solved m (new u)).

Lemma states_gt0 : (0 < states m)%N.
Proof.
rewrite lt0n; apply/eqP => n0; have := start_sum1 M; rewrite big1 => [/eqP|s _].
  by rewrite eq_sym oner_eq0.
by have := ltn_ord s; rewrite {2}n0.
Qed.

Lemma old_visits_ge0 (s : S) : 0 <= Q2R (get rho s).
Proof. by rewrite (visitsE MP πP oldP) visitation_ge0. Qed.

Lemma meansE (s : S) : Q2R (get (means u) s) = expected_advantage π π' s.
Proof.
rewrite get_tabulate Q2R_sum /expected_advantage.
rewrite -(describes_weighted π' (f := fun a => Q2R (entry (advantages (old u)) s a))).
  by apply: eq_bigr => a _; rewrite Q2R_mul πP'.
by move=> a av; apply: (advantagesE MP πP oldP).
Qed.

Lemma mean_gainE : Q2R (mean_gain u) = policy_advantage π π'.
Proof.
by rewrite Q2R_sum; apply: eq_bigr => s _; rewrite Q2R_mul meansE (visitsE MP πP oldP).
Qed.

Lemma mean_widthE : Q2R (mean_width u) = advantage_span π π'.
Proof. by apply: widthE states_gt0 _ => s; apply: meansE. Qed.

Lemma largest_meanE : Q2R (largest_mean u) = max_expected_advantage π π'.
Proof. by apply: largestE => s; rewrite ?(liveE MP) // Q2R_abs meansE. Qed.

Lemma largest_advantageE : Q2R (largest_advantage u) = max_advantage π.
Proof.
apply: largestE => s; rewrite ?(liveE MP) // => _.
apply: largestE => a; rewrite ?(describes_avail MP) // => av.
by rewrite Q2R_abs (advantagesE MP πP oldP) // (describes_avail MP).
Qed.

Lemma widest_rangeE : Q2R (widest_range u) = advantage_range π.
Proof.
apply: largestE => s; rewrite ?(liveE MP) // => _.
apply: largestE => a; rewrite ?(describes_avail MP) // => ava.
apply: largestE => b; rewrite ?(describes_avail MP) // => avb.
by rewrite Q2R_sub !(advantagesE MP πP oldP) // (describes_avail MP).
Qed.

Lemma variationsE (s : S) : Q2R (get (variations u) s) = state_total_variation π π' s.
Proof. by rewrite get_tabulate; apply: half_distanceE => a; rewrite ?πP ?πP'. Qed.

Lemma largest_variationE : Q2R (largest_variation u) = max_total_variation M π π'.
Proof. by apply: largestE => s; rewrite ?(liveE MP) // variationsE. Qed.

Lemma movedE : Q2R (moved u) = visited_total_variation π π'.
Proof.
by rewrite Q2R_sum; apply: eq_bigr => s _; rewrite Q2R_mul (visitsE MP πP oldP) variationsE.
Qed.

Lemma moved_rowsE : Q2R (moved_rows u) = visited_transition_variation π π'.
Proof.
rewrite Q2R_sum; apply: eq_bigr => s _; rewrite Q2R_mul (visitsE MP πP oldP); congr (_ * _).
by apply: half_distanceE => t; [apply: (chainE MP πP' v' rho' s t) | apply: (chainE MP πP v rho s t)].
Qed.

Lemma visit_shiftE : Q2R (visit_shift u) = 2^-1 * \sum_s `|visitation π' s - visitation π s|.
Proof. by apply: half_distanceE => s; [apply: (visitsE MP πP' newP) | apply: (visitsE MP πP oldP)]. Qed.

Lemma mixingE : Q2R (mixing u) = mixture_weight M π π'.
Proof.
apply: largestE => s; rewrite ?(liveE MP) // => _.
apply: largestE => a; first by rewrite is_zeroE -πP lt_def prob_ge0 andbT.
by rewrite Q2R_sub Q2R_div Q2R_one πP πP'.
Qed.

Lemma chain_spreadE : (states m <= most_states)%N ->
  Q2R (chain_spread u) = ergodicity (kernel M π').
Proof. by rewrite /chain_spread /= => ->; apply: spreadE => s t; apply: (chainE MP πP' v' rho' s t). Qed.

Lemma inverse_spreadE t : inverse_spread u = Some t ->
  Q2R t = ergodicity (resolvent (discount M) (kernel M π')).
Proof.
rewrite /inverse_spread /=; case: ifP => // _.
apply: resolvent_spreadE => [|s r|||s r|s].
- by rewrite (describes_discount MP).
- exact: (chainE MP πP' v' rho' s r).
- exact: discount_ge0.
- exact: discount_lt1.
- exact: policy_kernel_ge0.
- exact: policy_kernel_le1.
Qed.

Lemma get_number_map (f : nat -> number) (s : S) :
  get_number [seq f i | i <- iota 0 (states m)] s = f s.
Proof. by rewrite /get_number (nth_map 0%N) ?size_iota // nth_iota. Qed.

Lemma divergencesE (s : S) :
  encloses (get_number (divergences u) s) (extended_state_divergence π π' s).
Proof.
rewrite get_number_map; apply: divergence_number_encloses => // a;
  by rewrite -?πP -?πP' ?prob_ge0.
Qed.

Lemma reversesE (s : S) :
  encloses (get_number (reverses u) s) (extended_state_divergence π' π s).
Proof.
rewrite get_number_map; apply: divergence_number_encloses => // a;
  by rewrite -?πP -?πP' ?prob_ge0.
Qed.

Lemma weighted_klE : encloses (weighted_kl u) (weighted_divergence (visitation π) π π').
Proof.
apply: encloses_total => s; rewrite -(visitsE MP πP oldP).
by apply: encloses_times (divergencesE s); apply: old_visits_ge0.
Qed.

Lemma weighted_reverseE : encloses (weighted_reverse u) (weighted_divergence (visitation π) π' π).
Proof.
apply: encloses_total => s; rewrite -(visitsE MP πP oldP).
by apply: encloses_times (reversesE s); apply: old_visits_ge0.
Qed.

Lemma largest_klE : encloses (largest_kl u) (max_divergence π π').
Proof.
rewrite /max_divergence (eq_bigl _ _ (liveE MP)).
by apply: encloses_largest => s _; apply: divergencesE.
Qed.

Lemma largest_reverseE : encloses (largest_reverse u) (max_divergence π' π).
Proof.
rewrite /max_divergence (eq_bigl _ _ (liveE MP)).
by apply: encloses_largest => s _; apply: reversesE.
Qed.

End Update.

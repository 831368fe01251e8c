(** * The divergence of two policies

        KL(s) = KL(π(·|s) ‖ π'(·|s)),   max_s KL(s),   E_{s~d_π} KL(s),   Σ_s ρ_π(s) KL(s)

    These are extended real numbers: KL(s) is infinite where π acts and π' does not. Means and
    penalties take 0 · ∞ = 0, so unvisited states do not count in means. The maximum is over live
    states, and KL(s) = 0 in terminal ones.

    Source: Schulman et al. 2015, section 3. *)

From Coq Require Import Reals Lra.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Maxima Model Visitation Divergences.RealArithmetic.
From Monotone Require Import Divergences.KullbackLeibler.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section PolicyDivergence.
Variables (S A : finType) (M : mdp [realFieldType of R] S A).
Implicit Types π : policy M.

(** KL(s) as a real number, where it is finite, and as an extended one. *)
Definition state_divergence π π' (s : S) : R := divergence (π s) (π' s).

Definition extended_state_divergence π π' (s : S) : \bar R :=
  extended_divergence (π s) (π' s).

Definition max_divergence π π' : \bar R :=
  \big[maxe/0%E]_(s | live M s) extended_state_divergence π π' s.

(** Σ_s w(s) KL(s), for weights on states *)
Definition weighted_divergence (w : S -> R) π π' : \bar R :=
  (\sum_s (w s)%:E * extended_state_divergence π π' s)%E.

(** ** The finite cases *)

Lemma policy_mass π π' s : \sum_a π s a = \sum_a π' s a.
Proof. by rewrite !prob_sum. Qed.

Lemma state_divergence_ge0 π π' s : dominated (π s) (π' s) -> 0 <= state_divergence π π' s.
Proof.
by move=> dom; apply: divergence_ge0 (prob_ge0 π s) (prob_ge0 π' s) dom _; rewrite !prob_sum.
Qed.

Lemma state_divergence_terminal π π' s : ~~ live M s -> state_divergence π π' s = 0.
Proof. by move=> sN; apply: big1 => a _; rewrite prob_terminal ?mul0r. Qed.

Lemma dominated_terminal π π' s : ~~ live M s -> dominated (π s) (π' s).
Proof. by move=> sN; apply/dominatedP => a _; rewrite prob_terminal. Qed.

Lemma extended_state_divergence_ge0 π π' s : (0 <= extended_state_divergence π π' s)%E.
Proof.
rewrite /extended_state_divergence /extended_divergence.
by case: ifP => [/state_divergence_ge0|]; rewrite ?leey.
Qed.

Lemma max_divergence_ge0 π π' : (0 <= max_divergence π π')%E.
Proof.
by rewrite /max_divergence; elim/big_rec: _ => // s x _ x0; rewrite le_maxr x0 orbT.
Qed.

Lemma le_max_divergence π π' s : live M s ->
  (extended_state_divergence π π' s <= max_divergence π π')%E.
Proof.
move=> sl; rewrite /max_divergence; have: s \in index_enum S by rewrite mem_index_enum.
elim: (index_enum S) => // t r IH; rewrite inE big_cons => /predU1P[<-|/IH le].
  by rewrite sl le_maxr lexx.
by case: ifP => _ //; rewrite le_maxr le orbT.
Qed.

Lemma max_divergence_finite π π' : (forall s, live M s -> dominated (π s) (π' s)) ->
  max_divergence π π' = (maximum (live M) (state_divergence π π'))%:E.
Proof.
move=> dom; rewrite /max_divergence /maximum.
rewrite (big_morph (EFin (R := R)) (fun x y => esym (maxEFin x y)) (erefl 0%:E)).
by apply: eq_bigr => s /dom ds; rewrite /extended_state_divergence /extended_divergence ds.
Qed.

Lemma max_divergenceP π π' (r : R) : max_divergence π π' = r%:E ->
  (forall s, live M s -> dominated (π s) (π' s)) /\ r = maximum (live M) (state_divergence π π').
Proof.
move=> maxE; suff dom s : live M s -> dominated (π s) (π' s).
  by split=> //; move: maxE; rewrite max_divergence_finite// => -[].
move=> sl; apply/negPn/negP => sN; have : (+oo <= max_divergence π π')%E.
  apply: le_trans (le_max_divergence _ _ sl).
  by rewrite /extended_state_divergence /extended_divergence (negbTE sN).
by rewrite maxE leye_eq.
Qed.

Lemma weighted_divergence_finite (w : S -> R) π π' :
  (forall s, w s != 0 -> dominated (π s) (π' s)) ->
  weighted_divergence w π π' = (\sum_s w s * state_divergence π π' s)%:E.
Proof.
move=> dom; rewrite /weighted_divergence -sumEFin; apply: eq_bigr => s _.
have [->|/dom ds] := eqVneq (w s) 0; first by rewrite mul0e mul0r.
by rewrite /extended_state_divergence /extended_divergence ds.
Qed.

Lemma weighted_divergence_ge0 (w : S -> R) π π' :
  (forall s, 0 <= w s) -> (0 <= weighted_divergence w π π')%E.
Proof.
by move=> w0; rewrite sume_ge0// => s _; rewrite mule_ge0 ?lee_fin ?extended_state_divergence_ge0.
Qed.

Lemma weighted_divergenceP (w : S -> R) π π' (r : R) : (forall s, 0 <= w s) ->
  weighted_divergence w π π' = r%:E ->
  (forall s, w s != 0 -> dominated (π s) (π' s)) /\ r = \sum_s w s * state_divergence π π' s.
Proof.
move=> w0 sumE; suff dom s : w s != 0 -> dominated (π s) (π' s).
  by split=> //; move: sumE; rewrite weighted_divergence_finite// => -[].
move=> ws; apply/negPn/negP => sN; have : (+oo <= weighted_divergence w π π')%E.
  rewrite /weighted_divergence (bigD1 s)//= {1}/extended_state_divergence /extended_divergence.
  rewrite (negbTE sN) gt0_muley ?lte_fin ?lt_def ?ws ?w0// lee_addl// sume_ge0// => t _.
  by rewrite mule_ge0 ?lee_fin ?extended_state_divergence_ge0.
by rewrite sumE leye_eq.
Qed.

(** A bound by c times an extended number: the finite case, and the one where c is 0. *)
Lemma extended_bound (g c : R) (x : \bar R) : 0 <= c -> (0 <= x)%E -> (c = 0 -> g <= 0) ->
  (forall r : R, x = r%:E -> g <= c * r) -> (g%:E <= c%:E * x)%E.
Proof.
move=> c0; case: x => [r _ _ /(_ r erefl)//|_ zero _|//].
have [c_eq0|c_neq0] := eqVneq c 0; first by rewrite c_eq0 mul0e lee_fin zero.
by rewrite gt0_muley ?leey// lte_fin lt_def c_neq0.
Qed.

End PolicyDivergence.

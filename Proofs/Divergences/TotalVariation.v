(** * Total variation

        TV(s) = ½ Σ_a |π(a|s) − π'(a|s)|,   α = max_s TV(s)

    over live states; TV is 0 in terminal ones. The mean is weighted by ρ_π, whose mass is 1/(1−γ).

    Source: Schulman et al. 2015, section 3. *)

From mathcomp Require Import all_ssreflect all_algebra.
From Monotone Require Import Maxima Model Visitation.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section TotalVariation.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π : policy M.

Definition state_total_variation (w w' : S -> A -> R) (s : S) : R :=
  2^-1 * (\sum_a `|w s a - w' s a|).

Definition max_total_variation (w w' : S -> A -> R) : R :=
  maximum (live M) (state_total_variation w w').

(** Σ_s ρ_π(s) TV(s) *)
Definition visited_total_variation π (w : S -> A -> R) : R :=
  \sum_s visitation π s * state_total_variation π w s.

Lemma state_total_variation_ge0 w w' s : 0 <= state_total_variation w w' s.
Proof. by rewrite mulr_ge0 ?invr_ge0 ?ler0n ?sumr_ge0. Qed.

Lemma state_total_variationC w w' s : state_total_variation w w' s = state_total_variation w' w s.
Proof. by congr (_ * _); apply: eq_bigr => a _; rewrite distrC. Qed.

Lemma state_total_variation_terminal π π' s : ~~ live M s -> state_total_variation π π' s = 0.
Proof.
by move=> sN; rewrite /state_total_variation big1 ?mulr0 // => a _; rewrite !prob_terminal ?subrr ?normr0.
Qed.

Lemma state_total_variation_le1 π π' s : state_total_variation π π' s <= 1.
Proof.
rewrite /state_total_variation mulrC ler_pdivr_mulr ?ltr0n // mul1r.
apply: (@le_trans _ _ (\sum_a π s a + \sum_a π' s a)); last first.
  by rewrite !prob_sum -natrD ler_nat; case: (live M s).
rewrite -big_split; apply: ler_sum => a _ /=; apply: le_trans (ler_norm_sub _ _) _.
by rewrite !ger0_norm ?prob_ge0.
Qed.

Lemma max_total_variation_ge0 w w' : 0 <= max_total_variation w w'.
Proof. exact: maximum_ge0. Qed.

Lemma le_max_total_variation π π' s : state_total_variation π π' s <= max_total_variation π π'.
Proof.
have [sl|sN] := boolP (live M s); first exact: le_maximum.
by rewrite state_total_variation_terminal ?max_total_variation_ge0.
Qed.

Lemma max_total_variation_le1 π π' : max_total_variation π π' <= 1.
Proof. by apply: maximum_le => // s _; apply: state_total_variation_le1. Qed.

Lemma visited_total_variation_ge0 π w : 0 <= visited_total_variation π w.
Proof. by apply: sumr_ge0 => s _; rewrite mulr_ge0 ?visitation_ge0 ?state_total_variation_ge0. Qed.

(** Σ_s ρ_π(s) TV(s) ≤ α/(1−γ) *)
Lemma visited_total_variation_le π π' :
  visited_total_variation π π' <= max_total_variation π π' / (1 - discount M).
Proof.
rewrite mulrC -(visitation_sum π) mulr_suml; apply: ler_sum => s _.
by rewrite ler_wpmul2l ?visitation_ge0 ?le_max_total_variation.
Qed.

End TotalVariation.

(** * Mixtures of policies

        π' = (1−α) π + α τ

    Then Ā of π' is α times that of the target τ. Conversely π' is a mixture with weight α > 0 of π
    and some policy if and only if (1−α) π ≤ π'; the least such α is max_{s, a : π > 0} (1 − π'/π).

    Source: Kakade & Langford 2002; Schulman et al. 2015, eq. 5. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima Model Resolvent Evaluation Visitation Divergences.TotalVariation Surrogate
  SharedVisitation.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Mixture.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π τ : policy M.
Local Notation γ := (discount M).

(** π' lies on the way from π to the policy τ, at the share α. *)
Definition mixture (α : R) (π τ π' : S -> A -> R) : Prop :=
  forall s a, π' s a = (1 - α) * π s a + α * τ s a.

Lemma mix_ge0 α π τ : 0 <= α <= 1 -> forall s a, 0 <= (1 - α) * π s a + α * τ s a.
Proof. by case/andP=> α0 α1 s a; rewrite addr_ge0 ?mulr_ge0 ?prob_ge0 // subr_ge0. Qed.

Lemma mix_unavailable α π τ s a : ~~ avail M s a -> (1 - α) * π s a + α * τ s a = 0.
Proof. by move=> aN; rewrite !prob_unavailable // !mulr0 addr0. Qed.

Lemma mix_sum1 α π τ s : live M s -> \sum_a ((1 - α) * π s a + α * τ s a) = 1.
Proof. by move=> sl; rewrite big_split -!mulr_sumr !prob_sum1 //=; ring. Qed.

Definition mix α (α01 : 0 <= α <= 1) π τ : policy M :=
  Policy (mix_ge0 π τ α01) (@mix_unavailable α π τ) (@mix_sum1 α π τ).

Lemma mix_mixture α (α01 : 0 <= α <= 1) π τ : mixture α π τ (mix α01 π τ).
Proof. by []. Qed.

(** ** What a mixture changes *)

Lemma mixture_expected_advantage α π τ π' s :
  mixture α π τ π' -> expected_advantage π π' s = α * expected_advantage π τ s.
Proof.
move=> mx; rewrite -[RHS]add0r -(mulr0 (1 - α)) -(expected_advantage_self π s).
rewrite !mulr_sumr -big_split; apply: eq_bigr => a _ /=; rewrite mx; ring.
Qed.

Lemma mixture_max_expected_advantage α π τ π' : 0 <= α -> mixture α π τ π' ->
  max_expected_advantage π π' = α * max_expected_advantage π τ.
Proof.
move=> α0 mx; rewrite -maximum_scale //; apply: eq_maximum => s _.
by rewrite (mixture_expected_advantage _ mx) normrM ger0_norm.
Qed.

Lemma mixture_policy_advantage α π τ π' : mixture α π τ π' ->
  policy_advantage π π' = α * policy_advantage π τ.
Proof.
move=> mx; rewrite mulr_sumr; apply: eq_bigr => s _.
by rewrite (mixture_expected_advantage _ mx); ring.
Qed.

(** ** The least weight of a mixture *)

(** π' is a mixture of π and a policy with this weight. *)
Definition keeps (α : R) (π π' : S -> A -> R) : Prop :=
  forall s a, (1 - α) * π s a <= π' s a.

Lemma mixture_keeps α π τ π' : 0 <= α -> mixture α π τ π' -> keeps α π π'.
Proof. by move=> α0 mx s a; rewrite mx ler_addl mulr_ge0 ?prob_ge0. Qed.

Section Target.
Variables (α : R) (π π' : policy M).
Hypotheses (α0 : 0 < α) (kept : keeps α π π').

Definition target_prob s a : R := π s a + (π' s a - π s a) / α.

Lemma target_ge0 s a : 0 <= target_prob s a.
Proof.
rewrite -(pmulr_rge0 _ α0); apply: (@le_trans _ _ (π' s a - (1 - α) * π s a)).
  by rewrite subr_ge0.
by apply: eq_ge; rewrite /target_prob; field; rewrite gt_eqF.
Qed.

Lemma target_unavailable s a : ~~ avail M s a -> target_prob s a = 0.
Proof. by move=> aN; rewrite /target_prob !prob_unavailable // subrr mul0r addr0. Qed.

Lemma target_sum1 s : live M s -> \sum_a target_prob s a = 1.
Proof.
by move=> sl; rewrite big_split -mulr_suml sumrB !prob_sum1 //= subrr mul0r addr0.
Qed.

Definition target : policy M := Policy target_ge0 target_unavailable target_sum1.

Lemma target_mixture : mixture α π target π'.
Proof. by move=> s a; rewrite /= /target_prob; field; rewrite gt_eqF. Qed.
End Target.

Definition mixture_weight (π π' : S -> A -> R) : R :=
  maximum (live M) (fun s => maximum (fun a => 0 < π s a) (fun a => 1 - π' s a / π s a)).

Lemma mixture_weight_ge0 π π' : 0 <= mixture_weight π π'.
Proof. exact: maximum_ge0. Qed.

Lemma mixture_weight_le1 π π' : mixture_weight π π' <= 1.
Proof.
do 2!apply: maximum_le => // ? ?.
by rewrite ler_subl_addr ler_addl divr_ge0 ?prob_ge0.
Qed.

Lemma mixture_weight_keeps π π' : keeps (mixture_weight π π') π π'.
Proof.
move=> s a; have [π0|] := ltrP 0 (π s a); last first.
  by rewrite le_eqVlt ltNge prob_ge0 orbF => /eqP->; rewrite mulr0 prob_ge0.
have sl : live M s by apply: contraTT π0 => sN; rewrite prob_terminal ?ltxx.
rewrite -ler_pdivl_mulr // ler_subl_addr -ler_subl_addl.
apply: le_trans (le_maximum _ sl).
exact: (le_maximum (fun a => 1 - π' s a / π s a)).
Qed.

Lemma mixture_weight_least α π π' : 0 <= α -> keeps α π π' -> mixture_weight π π' <= α.
Proof.
move=> α0 kept; do 2!apply: maximum_le => // ? ?.
by rewrite ler_subl_addl -ler_subl_addr ler_pdivl_mulr.
Qed.

(** max_s TV ≤ α: a mixture moves no more than its weight. *)
Lemma keeps_total_variation α π π' : 0 <= α -> keeps α π π' -> max_total_variation M π π' <= α.
Proof.
move=> α0 kept; apply: maximum_le => // s sl.
rewrite ler_pdivr_mull ?ltr0n //.
have -> : 2 * α = \sum_a (2 * (α * π s a) - (π s a - π' s a)).
  by rewrite sumrB -mulr_sumr -mulr_sumr sumrB !prob_sum1 // subrr subr0 mulr1.
apply: ler_sum => a _; have gain : π s a - π' s a <= α * π s a.
  by rewrite ler_subl_addl -ler_subl_addr; apply: le_trans (kept s a); apply: eq_ge; ring.
have move0 : 0 <= α * π s a by rewrite mulr_ge0 ?prob_ge0.
rewrite ler_norml; apply/andP; split.
  rewrite -subr_ge0 [X in 0 <= X](_ : _ = 2 * (α * π s a)); last by ring.
  by rewrite mulr_ge0 ?ler0n.
rewrite ler_subr_addr [2 * _]mulr_natl mulr2n.
exact: ler_add.
Qed.

(** ** The shift of visitation

    The policies agree at least as often as the mixture keeps to π. *)
Lemma visitation_shift_mixture α π π' : 0 <= α <= 1 -> keeps α π π' ->
  \sum_s `|visitation π' s - visitation π s| <= 2 * (γ * α * coupling_count M α).
Proof.
case/andP=> α0 α1 kept.
apply: (@visitation_shift_weights _ _ _ _ (fun s a => (1 - α) * π s a)) => // [|s sl|s a].
- split=> [s a|s a aN]; first by rewrite mulr_ge0 ?prob_ge0 // subr_ge0.
  by rewrite prob_unavailable ?mulr0.
- by rewrite -mulr_sumr prob_sum1 ?mulr1.
by rewrite ler_pimull ?prob_ge0 // ler_subl_addr ler_addl.
Qed.

End Mixture.

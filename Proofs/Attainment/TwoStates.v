(** * Two states, one of which is never left

    From [here] (true), where every run starts, a policy leaves in each step with probability g; [there]
    (false) is never left. Then

        ρ(here) = 1/(1−γ(1−g)),   ρ(there) = 1/(1−γ) − ρ(here)

    and where π never leaves and π' leaves with probability α,

        ρ_π'(there) − ρ_π(there) = γαc,   G = γαc (Ā(there) − Ā(here)),   c = 1/((1−γ)(1−γ(1−α))) *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima Model Evaluation Visitation Surrogate Identities SharedVisitation.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section TwoStates.
Variables (R : realFieldType).

Variables (A : finType) (M : mdp R bool_finType A).
Implicit Types π : policy M.
Local Notation γ := (discount M).

Hypothesis starts_here : forall s : bool, start M s = s%:R.

(** The kernel of a policy that leaves with probability g *)
Definition leaves π (g : R) : Prop :=
  forall s s' : bool, kernel M π s s' = if s then (if s' then 1 - g else g) else (~~ s')%:R.

Definition two_state_visitation (g : R) (s : bool) : R :=
  if s then (1 - γ * (1 - g))^-1 else (1 - γ)^-1 - (1 - γ * (1 - g))^-1.

Lemma leaving_visitation π g : 0 <= g -> leaves π g ->
  forall s, visitation π s = two_state_visitation g s.
Proof.
move=> g0 Kπ s; have h0 := horizon_gt0 M; have d0 := shared_gt0 M g0.
symmetry; move: s; apply: visitation_unique => s; rewrite big_bool !Kπ starts_here.
by case: s => /=; field; rewrite !gt_eqF.
Qed.

Section Update.
Variables (π π' : policy M) (α : R).
Hypotheses (α0 : 0 <= α) (stays : leaves π 0) (left : leaves π' α).
Local Notation c := (coupling_count M α).

Lemma two_state_shift s :
  visitation π' s - visitation π s = if s then - (γ * α * c) else γ * α * c.
Proof.
have h0 := horizon_gt0 M; have d0 := shared_gt0 M α0.
rewrite (leaving_visitation α0 left) (leaving_visitation (lexx 0) stays) /coupling_count.
by case: s => /=; rewrite subr0 mulr1; field; rewrite !gt_eqF.
Qed.

Lemma two_state_shift_norm :
  \sum_s `|visitation π' s - visitation π s| = 2 * (γ * α * c).
Proof.
have x0 : 0 <= γ * α * c by rewrite !mulr_ge0 ?discount_ge0 ?coupling_count_ge0.
rewrite big_bool !two_state_shift /= normrN ger0_norm //; ring.
Qed.

Lemma two_state_gap :
  expected_return π' - surrogate π π' =
  γ * α * c * (expected_advantage π π' false - expected_advantage π π' true).
Proof. by rewrite gap_shift big_bool !two_state_shift /=; ring. Qed.

End Update.

(** Opposite values *)
Lemma two_state_span (f : bool -> R) x : 0 <= x -> f true = x -> f false = - x ->
  span f = 2 * x.
Proof.
move=> x0 ft ff; apply/eqP; rewrite eq_le; apply/andP; split.
  apply: span_le => [|[] []]; rewrite ?ft ?ff ?subrr ?mulr_ge0 ?ler0n //.
    by apply: eq_ge; ring.
  by rewrite -subr_ge0 (_ : _ - _ = 4 * x) ?mulr_ge0 ?ler0n //; ring.
by apply: le_trans (le_span f true false); rewrite ft ff; apply: eq_ge; ring.
Qed.

Lemma maximum_eq (I : finType) (P : pred I) (f : I -> R) i x :
  0 <= x -> P i -> f i = x -> (forall j, P j -> f j <= x) -> maximum P f = x.
Proof.
move=> x0 Pi fi fx; apply/eqP; rewrite eq_le maximum_le //= -fi.
exact: le_maximum.
Qed.

End TwoStates.

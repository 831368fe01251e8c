(** * Visits that two policies share: the coupling

        ½ Σ_s |ρ_π'(s) − ρ_π(s)| ≤ γ β c,   c = 1/((1−γ)(1−γ(1−β)))

    for policies that agree with probability at least 1 − β in every state: weights w lie below both
    and sum to at least 1 − β there. The visits μ = ρ₀ (I − γK_w)⁻¹ that both policies share lie below
    ρ_π and ρ_π', and their mass is at least 1/(1−γ(1−β)): what is left of either has mass at most
    1/(1−γ) − 1/(1−γ(1−β)) = γβc. For w = min(π, π') this is the coupling of TRPO with β = max_s TV.

    Source: Schulman et al. 2015, appendix A, Lemmas 2 and 3; the proof by shared visits needs no time. *)

From mathcomp Require Import all_ssreflect all_algebra ring.
From Monotone Require Import Maxima Model Resolvent Evaluation Visitation Divergences.TotalVariation.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section SharedVisitation.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).

(** c, the factor of the bounds by coupling *)
Definition coupling_count (β : R) : R := ((1 - γ) * (1 - γ * (1 - β)))^-1.

Section Weights.
Variables (w : S -> A -> R) (β : R).
Hypotheses (w_weights : weights M w) (β0 : 0 <= β).
Hypothesis w_sum : forall s, live M s -> 1 - β <= \sum_a w s a.

Let γ0 := discount_ge0 M.
Let γ1 := discount_lt1 M.

(** Discounted visits under w alone *)
Definition shared_visitation s : R := \sum_t start M t * resolvent γ (kernel M w) t s.

Section Below.
Variable π : policy M.
Hypothesis w_le : forall s a, w s a <= π s a.

Lemma kernel_below s s' : kernel M w s s' <= kernel M π s s'.
Proof.
rewrite ler_add2r; apply: ler_sum => a _.
by rewrite ler_wpmul2r ?transition_ge0.
Qed.

Lemma kernel_below_sum s : \sum_s' kernel M w s s' <= 1.
Proof. by rewrite -(policy_kernel_sum1 π s); apply: ler_sum => s' _; apply: kernel_below. Qed.

Let w_ge0 s s' : 0 <= kernel M w s s' := kernel_ge0 s s' w_weights.

Lemma shared_visitation_le s : shared_visitation s <= visitation π s.
Proof.
rewrite -subr_ge0.
rewrite (resolvent_uniquer γ0 γ1 w_ge0 kernel_below_sum
  (x := fun s => γ * (\sum_t visitation π t * (kernel M π t s - kernel M w t s)))
  (y := fun s => visitation π s - shared_visitation s)); last first.
  move=> t; rewrite {1}visitationE {1}/shared_visitation.
  rewrite (resolvent_mulr γ0 γ1 w_ge0 kernel_below_sum) opprD addrACA subrr add0r.
  rewrite -mulrBr -mulrDr -sumrB -big_split; congr (_ * _); apply: eq_bigr => u _ /=.
  by rewrite -/(shared_visitation u); ring.
apply: sumr_ge0 => t _; rewrite mulr_ge0 ?resolvent_ge0 ?mulr_ge0 //; last exact: kernel_below_sum.
by apply: sumr_ge0 => u _; rewrite mulr_ge0 ?visitation_ge0 // subr_ge0 kernel_below.
Qed.

Lemma shared_gt0 : 0 < 1 - γ * (1 - β).
Proof.
rewrite subr_gt0; apply: le_lt_trans γ1.
by rewrite ler_pimulr // ler_subl_addr ler_addl.
Qed.

Lemma kernel_shared_sum s : 1 - β <= \sum_s' kernel M w s s'.
Proof.
rewrite kernel_sum //; case: (boolP (live M s)) => [/w_sum|_]; first by rewrite addr0.
rewrite -[X in X <= _]add0r ler_add ?sumr_ge0 //; last by rewrite ler_subl_addr ler_addl.
by move=> a _; case: w_weights => ->.
Qed.

(** A row of the resolvent sums to at least 1/(1−γ(1−β)). *)
Lemma shared_resolvent_sum s :
  (1 - γ * (1 - β))^-1 <= \sum_s' resolvent γ (kernel M w) s s'.
Proof.
have d0 := shared_gt0; set b := _^-1.
pose y s := \sum_s' resolvent γ (kernel M w) s s' * 1.
have -> : \sum_s' resolvent γ (kernel M w) s s' = y s.
  by apply: eq_bigr => s' _; rewrite mulr1.
rewrite -subr_ge0; move: s.
apply: (resolvent_minimum γ0 γ1 w_ge0 kernel_below_sum (y := fun s => y s - b)) => s.
under eq_bigr do rewrite mulrBr; rewrite sumrB mulrBr -mulr_suml.
rewrite {2}/y (resolvent_mul γ0 γ1 w_ge0 kernel_below_sum (fun=> 1)) -/(y _).
rewrite -subr_ge0; set W := \sum_s' kernel M w s s'; set Y := γ * _.
have -> : 1 + Y - b - (Y - γ * (W * b)) = γ * (W - (1 - β)) * b.
  have bE : 1 = b - γ * (1 - β) * b by rewrite -{1}[b]mul1r -mulrBl mulfV ?gt_eqF.
  by rewrite {1}bE; ring.
by rewrite mulr_ge0 ?invr_ge0 ?(ltW d0) // mulr_ge0 // subr_ge0 kernel_shared_sum.
Qed.

Lemma shared_visitation_sum : (1 - γ * (1 - β))^-1 <= \sum_s shared_visitation s.
Proof.
rewrite exchange_big /= -[X in X <= _]mul1r -{1}(start_sum1 M) mulr_suml.
apply: ler_sum => s _; rewrite -mulr_sumr.
by rewrite ler_wpmul2l ?start_ge0 ?shared_resolvent_sum.
Qed.

(** γβc *)
Lemma shared_visitation_rest :
  \sum_s (visitation π s - shared_visitation s) <= γ * β * coupling_count β.
Proof.
have h0 := horizon_gt0 M; have d0 := shared_gt0.
rewrite sumrB visitation_sum; apply: (@le_trans _ _ ((1 - γ)^-1 - (1 - γ * (1 - β))^-1)).
  by rewrite ler_add2l ler_opp2 shared_visitation_sum.
by apply: eq_ge; rewrite /coupling_count; field; rewrite !gt_eqF.
Qed.

End Below.

Lemma visitation_shift_weights π π' :
  (forall s a, w s a <= π s a) -> (forall s a, w s a <= π' s a) ->
  \sum_s `|visitation π' s - visitation π s| <= 2 * (γ * β * coupling_count β).
Proof.
move=> wπ wπ'; rewrite mulr_natl mulr2n.
apply: le_trans (ler_add (shared_visitation_rest wπ') (shared_visitation_rest wπ)).
rewrite -big_split; apply: ler_sum => s _ /=.
have -> : visitation π' s - visitation π s =
    (visitation π' s - shared_visitation s) - (visitation π s - shared_visitation s) by ring.
apply: le_trans (ler_norm_sub _ _) _.
by rewrite !ger0_norm ?subr_ge0 ?shared_visitation_le.
Qed.

End Weights.

(** ** The coupling by min(π, π') *)

(** The policies agree as often as min(π, π') lets them. *)
Lemma visitation_shift_coupling π π' (α := max_total_variation M π π') :
  \sum_s `|visitation π' s - visitation π s| <= 2 * (γ * α * coupling_count α).
Proof.
apply: (@visitation_shift_weights (fun s a => Num.min (π s a) (π' s a))) => [|| s sl| s a|s a].
- split=> [s a|s a aN]; first by rewrite le_minr !prob_ge0.
  by rewrite !prob_unavailable // minxx.
- exact: max_total_variation_ge0.
- rewrite ler_subl_addr; apply: (@le_trans _ _ (\sum_a Num.min (π s a) (π' s a)
      + state_total_variation π π' s)); last by rewrite ler_add2l le_max_total_variation.
  rewrite /state_total_variation mulr_sumr -big_split -(@ler_pmul2l _ 2) ?ltr0n // mulr1.
  have {1}-> : 2 = \sum_a (π s a + π' s a) :> R by rewrite big_split /= !prob_sum1.
  rewrite mulr_sumr; apply: ler_sum => a _ /=.
  rewrite mulrDr mulVKf ?pnatr_eq0 // mulr_natl mulr2n.
  by case: (lerP (π s a) (π' s a)) => _; apply: eq_ge; ring.
- by rewrite le_minl lexx.
by rewrite le_minl lexx orbT.
Qed.

Lemma coupling_count_ge0 β : 0 <= β -> 0 <= coupling_count β.
Proof.
by move=> β0; rewrite invr_ge0 mulr_ge0 // ltW ?horizon_gt0 ?shared_gt0.
Qed.

(** c ≤ 1/(1−γ)² *)
Lemma coupling_count_le β : 0 <= β <= 1 -> coupling_count β <= ((1 - γ) ^+ 2)^-1.
Proof.
case/andP=> β0 β1; have h0 := horizon_gt0 M.
rewrite lef_pinv ?posrE ?exprn_gt0 ?mulr_gt0 ?shared_gt0 // expr2 ler_pmul2l //.
by rewrite ler_add2l ler_opp2 ler_pimulr ?discount_ge0 // ler_subl_addr ler_addl.
Qed.

End SharedVisitation.

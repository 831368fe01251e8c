(** * Ergodicity coefficients

        τ(K) = ½ max_{s,s'} Σ_t |K(s,t) − K(s',t)|
        TVP(s) = ½ Σ_s' |P_π'(s,s') − P_π(s,s')|

    τ(K) is how much of a difference between two starts survives K: Σ_t |(μK)(t)| ≤ τ(K) Σ_s |μ(s)|
    for every μ of mass 0. Over all states; a terminal one counts.

    Source: Dobrushin 1956; Seneta, Non-negative Matrices and Markov Chains, section 4.3. *)

From mathcomp Require Import all_ssreflect all_algebra.
From Monotone Require Import Maxima MassZero Model Resolvent Evaluation Visitation Divergences.TotalVariation Identities.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Ergodicity.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π : policy M.
Local Notation γ := (discount M).

Definition ergodicity (K : S -> S -> R) : R :=
  maximum predT (fun s => maximum predT (fun s' => 2^-1 * (\sum_t `|K s t - K s' t|))).

Lemma ergodicity_ge0 K : 0 <= ergodicity K.
Proof. exact: maximum_ge0. Qed.

Lemma le_ergodicity K s s' : \sum_t `|K s t - K s' t| <= 2 * ergodicity K.
Proof.
rewrite -ler_pdivr_mull ?ltr0n //.
apply: le_trans (le_maximum _ (erefl : predT s)).
exact: (le_maximum (fun s' => 2^-1 * (\sum_t `|K s t - K s' t|))).
Qed.

Lemma ergodicity_le K b : 0 <= b ->
  (forall s s', \sum_t `|K s t - K s' t| <= 2 * b) -> ergodicity K <= b.
Proof.
move=> b0 Kb; do 2!apply: maximum_le => // ? _.
by rewrite ler_pdivr_mull ?ltr0n.
Qed.

(** What survives of a difference of distributions *)
Lemma ergodicity_contract K (μ : S -> R) :
  \sum_s μ s = 0 -> \sum_t `|\sum_s μ s * K s t| <= ergodicity K * (\sum_s `|μ s|).
Proof.
move=> μ0; pose f s := \sum_t Num.sg (\sum_u μ u * K u t) * K s t.
have -> : \sum_t `|\sum_s μ s * K s t| = \sum_s μ s * f s.
  under [RHS]eq_bigr do rewrite mulr_sumr; rewrite exchange_big /=.
  apply: eq_bigr => t _; rewrite normrEsg mulr_sumr.
  by apply: eq_bigr => s _; rewrite mulrCA.
apply: le_trans (ler_norm _) _; apply: le_trans (mass_zero_span f μ0) _.
rewrite [X in _ <= X]mulrC -mulrA mulrCA; apply: ler_wpmul2l; first exact: sumr_ge0.
rewrite ler_pdivr_mull ?ltr0n //.
apply: span_le => [|s s']; first by rewrite mulr_ge0 ?ler0n ?ergodicity_ge0.
apply: le_trans (le_ergodicity K s s').
rewrite -sumrB; apply: ler_sum => t _; rewrite -mulrBr; apply: le_trans (ler_norm _) _.
rewrite normrM normr_sg; case: eqP => _ /=; by rewrite ?mul0r ?mul1r.
Qed.

(** ** Stochastic kernels *)

Lemma ergodicity_le1 π : ergodicity (kernel M π) <= 1.
Proof.
apply: ergodicity_le => // s s'; rewrite mulr1.
have -> : 2 = \sum_t (kernel M π s t + kernel M π s' t) :> R.
  by rewrite big_split /= !policy_kernel_sum1.
apply: ler_sum => t _; apply: le_trans (ler_norm_sub _ _) _.
by rewrite !ger0_norm ?policy_kernel_ge0.
Qed.

Lemma dobrushin_gt0 π : 0 < 1 - γ * ergodicity (kernel M π).
Proof.
rewrite subr_gt0; apply: le_lt_trans (discount_lt1 M).
by rewrite ler_pimulr ?discount_ge0 ?ergodicity_le1.
Qed.

(** τ((I − γP)⁻¹) ≤ 1/(1 − γτ(P)) *)
Lemma ergodicity_resolvent π :
  ergodicity (resolvent γ (kernel M π)) <= (1 - γ * ergodicity (kernel M π))^-1.
Proof.
set N := resolvent _ _; set τ := ergodicity (kernel M π).
have d0 : 0 < 1 - γ * τ := dobrushin_gt0 π.
apply: ergodicity_le => [|s s']; first by rewrite invr_ge0 ltW.
pose ν t := N s t - N s' t; rewrite -[X in X <= _]/(\sum_t `|ν t|).
have K0 := policy_kernel_ge0 π; have K1 := policy_kernel_le1 π.
have γ0 := discount_ge0 M; have γ1 := discount_lt1 M.
have νE t : ν t = ((s == t)%:R - (s' == t)%:R) + γ * (\sum_u ν u * kernel M π u t).
  rewrite /ν {1}/N resolventEr // {1}/N resolventEr // opprD addrACA -mulrBr -sumrB.
  by congr (_ + _ * _); apply: eq_bigr => u _; rewrite mulrBl.
have ν0 : \sum_t ν t = 0.
  by rewrite sumrB !resolvent_sum ?subrr //; apply: policy_kernel_sum1.
rewrite ler_pdivl_mulr // mulrBr mulr1 ler_subl_addr.
apply: (@le_trans _ _ (\sum_t (((s == t)%:R + (s' == t)%:R)
    + γ * `|\sum_u ν u * kernel M π u t|))).
  apply: ler_sum => t _; rewrite {1}νE; apply: le_trans (ler_norm_add _ _) _.
  rewrite normrM (ger0_norm γ0) ler_add2r; apply: le_trans (ler_norm_sub _ _) _.
  by rewrite !normr_nat.
rewrite big_split /= -mulr_sumr ler_add //.
  rewrite big_split /=; under eq_bigr do rewrite -[_%:R]mulr1.
  by rewrite sum_delta; under eq_bigr do rewrite -[_%:R]mulr1; rewrite sum_delta.
by rewrite mulrCA ler_wpmul2l // mulrC ergodicity_contract.
Qed.

Lemma ergodicity_resolvent_horizon π :
  ergodicity (resolvent γ (kernel M π)) <= (1 - γ)^-1.
Proof.
apply: le_trans (ergodicity_resolvent π) _.
rewrite lef_pinv ?posrE ?horizon_gt0 ?dobrushin_gt0 // ler_add2l ler_opp2.
by rewrite ler_pimulr ?discount_ge0 ?ergodicity_le1.
Qed.

(** ** How much an update changes transitions *)

Definition transition_variation π π' s : R :=
  2^-1 * (\sum_s' `|kernel M π' s s' - kernel M π s s'|).

(** Σ_s ρ_π(s) TVP(s) *)
Definition visited_transition_variation π π' : R :=
  \sum_s visitation π s * transition_variation π π' s.

Lemma transition_variation_ge0 π π' s : 0 <= transition_variation π π' s.
Proof. by rewrite mulr_ge0 ?invr_ge0 ?ler0n ?sumr_ge0. Qed.

Lemma transition_variation_le π π' s :
  transition_variation π π' s <= state_total_variation π π' s.
Proof.
rewrite ler_wpmul2l ?invr_ge0 ?ler0n //.
apply: (@le_trans _ _ (\sum_s' \sum_a `|π' s a - π s a| * transition M s a s')).
  apply: ler_sum => s' _; rewrite kernel_sub; apply: le_trans (ler_norm_sum _ _ _) _.
  by apply: ler_sum => a _; rewrite normrM (ger0_norm (transition_ge0 M _ _ _)).
rewrite exchange_big; apply: ler_sum => a _ /=; rewrite -mulr_sumr.
have [av|aN] := boolP (avail M s a); first by rewrite transition_sum1 // mulr1 distrC.
by rewrite !prob_unavailable // subrr normr0 mul0r.
Qed.

Lemma visited_transition_variation_ge0 π π' : 0 <= visited_transition_variation π π'.
Proof. by apply: sumr_ge0 => s _; rewrite mulr_ge0 ?visitation_ge0 ?transition_variation_ge0. Qed.

Lemma visited_transition_variation_le π π' :
  visited_transition_variation π π' <= visited_total_variation π π'.
Proof.
by apply: ler_sum => s _; rewrite ler_wpmul2l ?visitation_ge0 ?transition_variation_le.
Qed.

Lemma step_shift_norm π π' :
  \sum_s `|step_shift π π' s| <= 2 * visited_transition_variation π π'.
Proof.
apply: (@le_trans _ _ (\sum_s \sum_t visitation π t * `|kernel M π' t s - kernel M π t s|)).
  apply: ler_sum => s _; apply: le_trans (ler_norm_sum _ _ _) _.
  by apply: ler_sum => t _; rewrite normrM ger0_norm ?visitation_ge0.
rewrite exchange_big mulr_sumr; apply: ler_sum => t _ /=.
by rewrite -mulr_sumr mulrCA mulVKf ?pnatr_eq0.
Qed.

(** ½ Σ_s |ρ_π'(s) − ρ_π(s)| ≤ γ τ(N') Σ_s ρ_π(s) TVP(s) *)
Lemma visitation_shift_ergodicity π π' :
  2^-1 * (\sum_s `|visitation π' s - visitation π s|) <=
  γ * ergodicity (resolvent γ (kernel M π')) * visited_transition_variation π π'.
Proof.
rewrite ler_pdivr_mull ?ltr0n // mulrA; under eq_bigr do rewrite visitation_shiftE.
have shift0 : \sum_s γ * step_shift π π' s = 0 by rewrite -mulr_sumr step_shift_sum mulr0.
apply: le_trans (ergodicity_contract _ shift0) _.
under eq_bigr do rewrite normrM (ger0_norm (discount_ge0 M)).
rewrite -mulr_sumr mulrCA !mulrA [2 * _]mulrC -!mulrA ler_wpmul2l ?discount_ge0 //.
by rewrite mulrCA ler_wpmul2l ?ergodicity_ge0 ?step_shift_norm.
Qed.

End Ergodicity.

(** * The divergence of visitations

        KL(ρ_π‖ρ_π') ≤ γ/(1−γ) Σ_s ρ_π(s) KL(s)

    *Proof.* Both solve ρ = ρ₀ + γρP, and the transitions are shared. The log-sum inequality bounds
    ρ_π(s) ln (ρ_π(s)/ρ_π'(s)) by γ times the sum over all ways (t, a) into s, whose total over s is
    γ (KL(ρ_π‖ρ_π') + Σ_t ρ_π(t) KL(t)). Hence (1−γ) KL(ρ_π‖ρ_π') ≤ γ Σ_t ρ_π(t) KL(t).

    No time index is needed. It is the chain rule and the data processing inequality for the state
    that a run is in when it is stopped with chance 1 − γ after each step. *)

From Coq Require Import Reals Lra.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct.
From Monotone Require Import Model Evaluation Visitation Divergences.RealArithmetic.
From Monotone Require Import Divergences.KullbackLeibler Divergences.PolicyDivergence.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section VisitationDivergence.
Variables (S A : finType) (M : mdp [realFieldType of R] S A).
Variables π π' : policy M.
Local Notation γ := (discount M).
Local Notation ρ := (visitation π).
Local Notation ρ' := (visitation π').

Hypothesis γ_neq0 : γ != 0.
Hypothesis dom : forall s, ρ s != 0 -> dominated (π s) (π' s).

Lemma sum_eq0 (I : finType) (f : I -> R) :
  (forall i, 0 <= f i) -> \sum_i f i = 0 -> forall i, f i = 0.
Proof. by move=> f0 /(psumr_eq0P (fun i _ => f0 i)) z i; apply: z. Qed.

Lemma kernel_dominated s s' : ρ s != 0 -> kernel M π' s s' = 0 -> kernel M π s s' = 0.
Proof.
move=> /dom ds /eqP; rewrite paddr_eq0 ?ler0n ?sumr_ge0// => [/andP[/eqP sum0 /eqP stay0]|a _].
  rewrite /kernel stay0 addr0 big1// => a _.
  have /eqP := sum_eq0 (fun a => mulr_ge0 (prob_ge0 π' s a) (transition_ge0 M s a s')) sum0 a.
  by rewrite mulf_eq0 => /orP[/eqP/(dominated_eq0 ds)->|/eqP->]; rewrite ?mul0r ?mulr0.
by rewrite mulr_ge0 ?prob_ge0 ?transition_ge0.
Qed.

(** The new policy visits every state that the old one visits. *)
Lemma visitation_dominated : dominated ρ ρ'.
Proof.
apply/dominatedP; pose Z := [pred s | ρ' s == 0].
have into s : Z s -> start M s = 0 /\ forall t, ~~ Z t -> ρ t * kernel M π t s = 0.
  move=> /eqP; rewrite visitationE => /eqP.
  have flow_ge0 t : 0 <= ρ' t * kernel M π' t s by rewrite mulr_ge0 ?visitation_ge0 ?policy_kernel_ge0.
  rewrite paddr_eq0 ?start_ge0 ?mulr_ge0 ?discount_ge0 ?sumr_ge0//.
  rewrite mulf_eq0 (negbTE γ_neq0) => /andP[/eqP-> /eqP flow0]; split=> // t; rewrite inE => t0.
  have /eqP := sum_eq0 flow_ge0 flow0 t; rewrite mulf_eq0 (negbTE t0) /= => /eqP k0.
  by have [->|/kernel_dominated->//] := eqVneq (ρ t) 0; rewrite ?mul0r ?mulr0.
suff : \sum_(s | Z s) ρ s <= 0.
  move=> le0; have /psumr_eq0P Z0 : \sum_(s | Z s) ρ s = 0.
    by apply/eqP; rewrite eq_le le0 sumr_ge0// => s _; apply: visitation_ge0.
  by move=> s /eqP Zs; apply: Z0 => // t _; apply: visitation_ge0.
rewrite -(pmulr_rle0 _ (horizon_gt0 M)) mulrBl mul1r subr_le0.
have {1}-> : \sum_(s | Z s) ρ s = γ * \sum_(s | Z s) \sum_(t | Z t) ρ t * kernel M π t s.
  rewrite mulr_sumr; apply: eq_bigr => s /into[start0 flow0]; rewrite visitationE start0 add0r.
  by rewrite (bigID Z) /= [X in _ + X]big1 ?addr0.
rewrite ler_wpmul2l ?discount_ge0// exchange_big /=; apply: ler_sum => t _.
rewrite -mulr_sumr ler_pimulr ?visitation_ge0// -(policy_kernel_sum1 π t).
by rewrite [leRHS](bigID Z) /= ler_addl sumr_ge0// => s _; apply: policy_kernel_ge0.
Qed.

Local Notation K := (kernel M π).
Local Notation K' := (kernel M π').
Local Hint Extern 0 (is_true (0 <= _)) =>
  first [exact: policy_kernel_ge0 | exact: visitation_ge0 | exact: discount_ge0
        | exact: prob_ge0 | exact: transition_ge0] : core.

(** Σ_s' P(s'|s) ln (P(s'|s)/P'(s'|s)) ≤ KL(s): forgetting the action loses information. *)
Lemma kernel_divergence s : ρ s != 0 -> divergence (K s) (K' s) <= state_divergence π π' s.
Proof.
move=> ρs; have [sl|sN] := boolP (live M s); last first.
  rewrite (_ : divergence _ _ = 0) ?state_divergence_terminal//.
  rewrite -[RHS](divergence_refl (K s)); apply: eq_bigr => t _; congr (_ * ln (_ / _)).
  by congr (_ + _); apply: eq_bigr => a _; rewrite !prob_terminal.
have KE (w : policy M) t : kernel M w s t = \sum_a w s a * transition M s a t.
  by rewrite /kernel sl addr0.
have -> : state_divergence π π' s =
    \sum_t \sum_a (π s a * transition M s a t) *
      ln ((π s a * transition M s a t) / (π' s a * transition M s a t)).
  rewrite exchange_big; apply: eq_bigr => a _ /=.
  have [av|aN] := boolP (avail M s a); last first.
    by rewrite !prob_unavailable// mul0r big1// => t _; rewrite !mul0r.
  rewrite -[LHS]mul1r -(transition_sum1 av) mulr_suml; apply: eq_bigr => t _.
  rewrite (product_term (fun b0 => dominated_eq0 (dom ρs) b0))//.
  have [->|p_neq0] := eqVneq (transition M s a t) 0; first by rewrite !mul0r mulr0 addr0.
  by rewrite divff// ln1 !mulr0 addr0.
rewrite /divergence; apply: ler_sum => t _; rewrite !KE; apply: log_sum => a _; rewrite ?mulr_ge0//.
move/eqP; rewrite mulf_eq0 => /orP[/eqP/(dominated_eq0 (dom ρs))->|/eqP->].
  by rewrite mul0r.
by rewrite mulr0.
Qed.

Lemma visitation_divergence_step : divergence ρ ρ' <=
  γ * (divergence ρ ρ' + \sum_s ρ s * divergence (K s) (K' s)).
Proof.
have domρ t : ρ' t = 0 -> ρ t = 0 by apply: dominated_eq0 visitation_dominated.
have domK s t : ρ s != 0 -> K' s t = 0 -> K s t = 0 by apply: kernel_dominated.
have -> : divergence ρ ρ' + \sum_s ρ s * divergence (K s) (K' s) =
    \sum_s \sum_t (ρ t * K t s) * ln ((ρ t * K t s) / (ρ' t * K' t s)).
  rewrite exchange_big -big_split; apply: eq_bigr => t _ /=.
  have [->|ρt] := eqVneq (ρ t) 0; first by rewrite !mul0r addr0 big1// => s _; rewrite !mul0r.
  under [in RHS]eq_bigr => s _ do rewrite (product_term (@domρ t) (@domK t s ρt))//.
  by rewrite big_split /= -mulr_suml policy_kernel_sum1 mul1r -mulr_sumr.
rewrite /divergence mulr_sumr; apply: ler_sum => s _; rewrite {1 2}visitationE (visitationE π').
have flow_ge0 (w : policy M) : 0 <= \sum_t visitation w t * kernel M w t s.
  by apply: sumr_ge0 => t _; rewrite mulr_ge0.
have flow_dom : \sum_t ρ' t * K' t s = 0 -> \sum_t ρ t * K t s = 0.
  move/sum_eq0 => flow0; apply: big1 => t _.
  have /eqP := flow0 (fun t => mulr_ge0 (visitation_ge0 π' t) (policy_kernel_ge0 π' t s)) t.
  rewrite mulf_eq0 => /orP[/eqP/domρ->|/eqP k0]; first by rewrite mul0r.
  by have [->|ρt] := eqVneq (ρ t) 0; rewrite ?mul0r// (domK t s ρt k0) mulr0.
apply: le_trans (log_sum_shift _ _ _ _) _; rewrite ?mulr_ge0 ?start_ge0//.
  by move/eqP; rewrite mulf_eq0 (negbTE γ_neq0) => /eqP/flow_dom->; rewrite mulr0.
rewrite -mulf_div divff// mul1r -mulrA ler_wpmul2l//.
apply: log_sum => t _; rewrite ?mulr_ge0//.
move/eqP; rewrite mulf_eq0 => /orP[/eqP/domρ->|/eqP k0]; first by rewrite mul0r.
by have [->|ρt] := eqVneq (ρ t) 0; rewrite ?mul0r// (domK t s ρt k0) mulr0.
Qed.

Theorem visitation_divergence :
  (1 - γ) * divergence ρ ρ' <= γ * \sum_s ρ s * state_divergence π π' s.
Proof.
rewrite mulrBl mul1r ler_subl_addl -mulrDr; apply: le_trans visitation_divergence_step _.
rewrite ler_wpmul2l// ler_add2l; apply: ler_sum => s _.
have [->|ρs] := eqVneq (ρ s) 0; first by rewrite !mul0r.
by rewrite ler_wpmul2l// kernel_divergence.
Qed.

End VisitationDivergence.

(** * The model: a finite Markov decision process and its policies

    States S, actions A, transition probabilities P(s'|s,a), rewards r(s,a), a start distribution
    ρ₀ and a discount γ in [0, 1). An action may be unavailable in a state. A state without an
    available action is terminal: it absorbs with reward 0.

    Source: Schulman et al. 2015, section 2. *)

From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** Only available actions need a distribution: no policy takes another one. *)
Record mdp (R : realFieldType) (S A : finType) := Mdp {
  avail : S -> pred A;
  reward : S -> A -> R;
  transition : S -> A -> S -> R;
  start : S -> R;
  discount : R;
  transition_ge0 : forall s a s', 0 <= transition s a s';
  transition_sum1 : forall s a, avail s a -> \sum_s' transition s a s' = 1;
  start_ge0 : forall s, 0 <= start s;
  start_sum1 : \sum_s start s = 1;
  discount_ge0 : 0 <= discount;
  discount_lt1 : discount < 1
}.

Section Model.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Local Notation γ := (discount M).

Definition live (s : S) : bool := [exists a, avail M s a].

Lemma avail_live s a : avail M s a -> live s.
Proof. by move=> av; apply/existsP; exists a. Qed.

Lemma horizon_gt0 : 0 < 1 - γ.
Proof. by rewrite subr_gt0 discount_lt1. Qed.

(** A policy is a distribution over the available actions of each live state. It says nothing
    in a terminal state: all its entries are 0 there. *)
Record policy := Policy {
  prob :> S -> A -> R;
  prob_ge0 : forall s a, 0 <= prob s a;
  prob_unavailable : forall s a, ~~ avail M s a -> prob s a = 0;
  prob_sum1 : forall s, live s -> \sum_a prob s a = 1
}.

Lemma prob_terminal (π : policy) s a : ~~ live s -> π s a = 0.
Proof. by move=> sN; apply: prob_unavailable; apply: contra sN; apply: avail_live. Qed.

Lemma prob_sum (π : policy) s : \sum_a π s a = (live s)%:R.
Proof.
case: (boolP (live s)) => [/prob_sum1-> // | sN].
by rewrite big1 // => a _; apply: prob_terminal.
Qed.

Lemma prob_le1 (π : policy) s a : π s a <= 1.
Proof.
have: \sum_a π s a <= 1 by rewrite prob_sum; case: (live s); rewrite ?ler01.
apply: le_trans; rewrite (bigD1 a) //= ler_addl sumr_ge0 // => b _; exact: prob_ge0.
Qed.

(** ** Kernels of weights

    Weights w(s,a) on actions give a kernel on states; terminal states stay where they are.
    For a policy this is P_π. Weights that are not a policy occur, too: the smaller of two
    policies, in the proofs by coupling. *)

Definition kernel (w : S -> A -> R) (s s' : S) : R :=
  \sum_a w s a * transition M s a s' + (~~ live s && (s == s'))%:R.

(** r_w(s) = Σ_a w(s,a) r(s,a) *)
Definition mean_reward (w : S -> A -> R) (s : S) : R := \sum_a w s a * reward M s a.

(** Weights that a policy could have, were it not for their sums. *)
Definition weights (w : S -> A -> R) : Prop :=
  (forall s a, 0 <= w s a) /\ (forall s a, ~~ avail M s a -> w s a = 0).

Lemma policy_weights (π : policy) : weights π.
Proof. by split; [apply: prob_ge0 | apply: prob_unavailable]. Qed.

Lemma kernel_ge0 w s s' : weights w -> 0 <= kernel w s s'.
Proof.
case=> w0 _; rewrite addr_ge0 ?ler0n // sumr_ge0 // => a _.
by rewrite mulr_ge0 ?transition_ge0.
Qed.

Lemma kernel_sum w s : weights w ->
  \sum_s' kernel w s s' = \sum_a w s a + (~~ live s)%:R.
Proof.
case=> _ wN; rewrite big_split exchange_big /=; congr (_ + _).
  apply: eq_bigr => a _; rewrite -mulr_sumr.
  by have [av|/wN->] := boolP (avail M s a); rewrite ?mul0r ?transition_sum1 ?mulr1.
rewrite (bigD1 s) //= eqxx andbT big1 ?addr0 // => s' s's.
by rewrite eq_sym (negbTE s's) andbF.
Qed.

Lemma policy_kernel_ge0 (π : policy) s s' : 0 <= kernel π s s'.
Proof. exact: kernel_ge0 (policy_weights π). Qed.

Lemma policy_kernel_sum1 (π : policy) s : \sum_s' kernel π s s' = 1.
Proof.
rewrite kernel_sum ?prob_sum; last exact: policy_weights.
by case: (live s); rewrite ?addr0 ?add0r.
Qed.

(** Policies differ on actions only, so terminal states cancel in differences. *)
Lemma kernel_sub w w' s s' :
  kernel w s s' - kernel w' s s' = \sum_a (w s a - w' s a) * transition M s a s'.
Proof.
rewrite /kernel opprD addrACA subrr addr0 -sumrB.
by apply: eq_bigr => a _; rewrite mulrBl.
Qed.

End Model.

Arguments prob {R S A M}.

(** * Policies whose paths end

    With the discount 1 a policy has values if each of its paths ends: from every state, some path leads
    to a terminal state. On live states, I − P_π then has an inverse N without negative entries.

        V_π = N r_π,   ρ_π = ρ₀ N,   T_π = N 1     (T is the expected number of steps)

    *Proof.* Over live states P_π loses mass on a path from every state (LeakingKernels). Conversely let
    T ≥ 1 + P_π T, and let no path from s end. For the state m with the least T among those that s
    reaches, T(m) ≥ 1 + T(m).

    The discount that belongs to M plays no part in this folder. *)

From mathcomp Require Import all_ssreflect all_algebra.
From Monotone Require Import Model Resolvent Undiscounted.LeakingKernels.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Endings.
Variables (R : realFieldType) (S A : finType) (M : mdp R S A).
Implicit Types π : policy M.

(** From every state, some path leads to a terminal state. *)
Definition ends π : bool :=
  [forall s, [exists t, ~~ live M t && connect (fun s t => 0 < kernel M π s t) s t]].

(** P_π between live states *)
Definition live_kernel (w : S -> A -> R) (s t : S) : R :=
  (live M t)%:R * \sum_a w s a * transition M s a t.

Lemma live_kernelE π s t : live_kernel π s t = (live M t)%:R * kernel M π s t.
Proof.
rewrite /live_kernel /kernel; case: (boolP (live M t)) => [tl|_]; rewrite ?mul0r // !mul1r.
by case: eqP => [->|_]; rewrite ?tl ?andbF addr0.
Qed.

Lemma live_kernel_ge0 π s t : 0 <= live_kernel π s t.
Proof. by rewrite live_kernelE mulr_ge0 ?ler0n ?policy_kernel_ge0. Qed.

Lemma live_kernel_le π s t : live_kernel π s t <= kernel M π s t.
Proof. by rewrite live_kernelE ler_pimull ?policy_kernel_ge0 ?lern1 ?leq_b1. Qed.

Lemma live_kernel_le1 π s : \sum_t live_kernel π s t <= 1.
Proof. by rewrite -(policy_kernel_sum1 π s); apply: ler_sum => t _; apply: live_kernel_le. Qed.

Lemma live_kernel_from π s t : ~~ live M s -> live_kernel π s t = 0.
Proof. by move=> sN; rewrite /live_kernel big1 ?mulr0 // => a _; rewrite prob_terminal ?mul0r. Qed.

Lemma live_kernel_to w s t : ~~ live M t -> live_kernel w s t = 0.
Proof. by move/negbTE=> tN; rewrite /live_kernel tN mul0r. Qed.

(** Sums of what is 0 in terminal states *)
Lemma live_sum π (y : S -> R) s : (forall t, ~~ live M t -> y t = 0) ->
  \sum_t kernel M π s t * y t = \sum_t live_kernel π s t * y t.
Proof.
move=> y0; apply: eq_bigr => t _; rewrite live_kernelE.
by case: (boolP (live M t)) => [_|/y0->]; rewrite ?mul1r ?mulr0.
Qed.

Lemma ends_leaks π : ends π ->
  forall s, exists2 t, connect (fun s t => 0 < live_kernel π s t) s t & \sum_u live_kernel π t u < 1.
Proof.
move=> /forallP endsP s; have /existsP[t /andP[tN /connectP[p + tE]]] := endsP s.
elim: p s tE => [|u p IH] /= s tE.
  move=> _; exists s; first exact: connect0.
  by rewrite big1 ?ltr01 // => v _; rewrite live_kernel_from // -tE.
case/andP => su up; have [ul|uN] := boolP (live M u).
  have [v uv vlost] := IH u tE up; exists v => //; apply: connect_trans uv.
  by apply: connect1; rewrite live_kernelE ul mul1r.
exists s; first exact: connect0.
rewrite -(policy_kernel_sum1 π s) (bigD1 u) //= [X in _ < X](bigD1 u) //=.
by rewrite live_kernel_to // ltr_le_add // ler_sum // => v _; apply: live_kernel_le.
Qed.

Lemma ending_minimum π (y : S -> R) : ends π ->
  (forall s, \sum_t live_kernel π s t * y t <= y s) -> forall s, 0 <= y s.
Proof.
move/ends_leaks => leaks; exact: (leaking_minimum (live_kernel_ge0 π) (live_kernel_le1 π) leaks).
Qed.

(** N = (I − P_π)⁻¹, between live states *)
Definition ending_inverse π : S -> S -> R := resolvent 1 (live_kernel π).
Local Notation N := ending_inverse.

(** ** The equations y = x + P_π y and y = x + y P_π *)

Section Solutions.
Variable π : policy M.
Hypothesis πE : ends π.

Lemma ending_principle (y : S -> R) :
  (forall s, 1 * (\sum_t live_kernel π s t * y t) <= y s) -> forall s, 0 <= y s.
Proof. by move=> yK; apply: (ending_minimum πE) => s; rewrite -[X in X <= _]mul1r. Qed.

Lemma ending_inverse_ge0 s t : 0 <= N π s t.
Proof. exact: inverse_ge0 ending_principle s t. Qed.

Lemma ending_mul (x : S -> R) s :
  let y t := \sum_s' N π t s' * x s' in y s = x s + \sum_t live_kernel π s t * y t.
Proof. by rewrite /= (inverse_mul ending_principle) mul1r. Qed.

Lemma ending_mulr (x : S -> R) s :
  let y t := \sum_s' x s' * N π s' t in y s = x s + \sum_t y t * live_kernel π t s.
Proof. by rewrite /= (inverse_mulr ending_principle) mul1r. Qed.

Lemma ending_unique (x y z : S -> R) :
  (forall s, y s = x s + \sum_t live_kernel π s t * y t) ->
  (forall s, z s = x s + \sum_t live_kernel π s t * z t) -> y =1 z.
Proof.
move=> yE zE; apply: (solution_unique ending_principle (x := x)) => s; rewrite mul1r; [exact: yE | exact: zE].
Qed.

Lemma ending_uniquer (x y : S -> R) :
  (forall s, y s = x s + \sum_t y t * live_kernel π t s) -> forall s, y s = \sum_s' x s' * N π s' s.
Proof. by move=> yE; apply: (solution_uniquer ending_principle) => s; rewrite mul1r. Qed.

End Solutions.

(** ** The expected number of steps *)

Definition steps π (s : S) : R := \sum_t N π s t * (live M t)%:R.

Lemma stepsE π s : ends π -> steps π s = (live M s)%:R + \sum_t live_kernel π s t * steps π t.
Proof. by move=> πE; apply: ending_mul. Qed.

Lemma steps_ge0 π s : ends π -> 0 <= steps π s.
Proof. by move=> πE; apply: sumr_ge0 => t _; rewrite mulr_ge0 ?ler0n ?ending_inverse_ge0. Qed.

Lemma steps_terminal π s : ends π -> ~~ live M s -> steps π s = 0.
Proof.
move=> πE sN; rewrite stepsE // (negbTE sN) add0r big1 // => t _.
by rewrite live_kernel_from ?mul0r.
Qed.

(** Every path ends where some T exceeds what it is after a step by 1 in each live state. *)
Lemma ends_bounded π (T : S -> R) :
  (forall s, live M s -> 1 + \sum_t kernel M π s t * T t <= T s) -> ends π.
Proof.
move=> TE; apply/forallP => s; apply: contraT; rewrite negb_exists => /forallP endless.
pose reached := connect (fun s t => 0 < kernel M π s t) s.
have liveP t : reached t -> live M t by have := endless t; rewrite /reached; case: (live M t); case: connect.
pose m := [arg min_(t < s | reached t) T t]%O.
have [sm least] : reached m /\ forall t, reached t -> T m <= T t.
  by rewrite /m; case: arg_minP => [|t]; first exact: connect0.
have := TE m (liveP m sm); rewrite leNgt; case/negP.
apply: (@lt_le_trans _ _ (1 + T m)); first by rewrite ltr_addr ltr01.
rewrite ler_add2l -[X in X <= _]mul1r -(policy_kernel_sum1 π m) mulr_suml; apply: ler_sum => t _.
have := policy_kernel_ge0 π m t; rewrite le_eqVlt => /predU1P[<-|mt]; first by rewrite !mul0r.
rewrite ler_wpmul2l ?(ltW mt) //; apply: least.
exact: connect_trans sm (connect1 mt).
Qed.

(** Just then there is an expected number of steps. *)
Theorem ends_steps π : reflect
  (exists2 T : S -> R, forall s, ~~ live M s -> T s = 0 &
     forall s, live M s -> T s = 1 + \sum_t kernel M π s t * T t)
  (ends π).
Proof.
apply: (iffP idP) => [πE | [T _ TE]]; last by apply: (@ends_bounded _ T) => s /TE <-.
exists (steps π) => s; first exact: steps_terminal.
by move=> sl; rewrite live_sum => [|t]; [rewrite stepsE // sl | apply: steps_terminal].
Qed.

End Endings.

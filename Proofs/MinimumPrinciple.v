(** * The inverse of I − γK, from the minimum principle

        N = (I − γK)⁻¹

    exists and has no negative entry if y ≥ γKy implies y ≥ 0. For then y = γKy has only the solution
    0, so that I − γK is a unit; and Nx ≥ 0 for x ≥ 0, because y = Nx solves y = x + γKy. *)

From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** Σ_t 1[s = t] f(t) = f(s) *)
Lemma sum_delta (R : ringType) (S : finType) (f : S -> R) s :
  \sum_t (s == t)%:R * f t = f s.
Proof.
rewrite (bigD1 s) //= eqxx mul1r big1 ?addr0 // => t.
by rewrite eq_sym => /negbTE->; rewrite mul0r.
Qed.

Lemma sum_deltar (R : ringType) (S : finType) (f : S -> R) s :
  \sum_t f t * (t == s)%:R = f s.
Proof.
rewrite (bigD1 s) //= eqxx mulr1 big1 ?addr0 // => t.
by move=> /negbTE->; rewrite mulr0.
Qed.

Section Inverse.
Variables (R : realFieldType) (S : finType).
Variables (γ : R) (K : S -> S -> R).

(** The matrix I − γK over the numbers of the states, and its inverse over states. *)
Definition resolvent_matrix : 'M[R]_#|S| :=
  \matrix_(i, j) ((enum_val i == enum_val j)%:R - γ * K (enum_val i) (enum_val j)).

Definition resolvent (s s' : S) : R :=
  invmx resolvent_matrix (enum_rank s) (enum_rank s').

Hypothesis minimum : forall y : S -> R,
  (forall s, γ * (\sum_s' K s s' * y s') <= y s) -> forall s, 0 <= y s.

(** The equation y = x + γKy has at most one solution. *)
Lemma solution_unique (x y z : S -> R) :
  (forall s, y s = x s + γ * (\sum_s' K s s' * y s')) ->
  (forall s, z s = x s + γ * (\sum_s' K s s' * z s')) -> y =1 z.
Proof.
suff half u v : (forall s, u s = x s + γ * (\sum_s' K s s' * u s')) ->
    (forall s, v s = x s + γ * (\sum_s' K s s' * v s')) -> forall s, 0 <= u s - v s.
  by move=> yE zE s; apply/eqP; rewrite eq_le -subr_ge0 half // -subr_ge0 half.
move=> uE vE; apply: minimum => s.
rewrite [in X in _ <= X]uE [in X in _ <= X]vE opprD addrACA subrr add0r -mulrBr -sumrB.
by under eq_bigr do rewrite mulrBr.
Qed.

(** ** The inverse *)

Lemma sum_enum_rank (f : 'I_#|S| -> R) : \sum_i f i = \sum_s f (enum_rank s).
Proof. by rewrite (reindex (@enum_rank S)) //; apply: onW_bij; apply: enum_rank_bij. Qed.

Lemma inverse_unit : resolvent_matrix \in unitmx.
Proof.
rewrite -unitmx_tr unitmxE unitfE; apply/negP => /det0P[v /negP v0 vB].
apply/v0/eqP/rowP => i; rewrite mxE.
pose y (s : S) := v 0 (enum_rank s).
suff /(_ (enum_val i)): y =1 fun=> 0 by rewrite /y enum_valK.
apply: (solution_unique (x := fun=> 0)) => s; rewrite add0r; last first.
  by rewrite big1 ?mulr0 // => *; rewrite mulr0.
have /rowP/(_ (enum_rank s)) := vB; rewrite !mxE sum_enum_rank.
under eq_bigr do rewrite !mxE !enum_rankK mulrC mulrBl.
rewrite sumrB sum_delta => /eqP; rewrite subr_eq0 => /eqP vs.
by rewrite {1}/y vs mulr_sumr; under eq_bigr do rewrite -mulrA.
Qed.

(** N = I + γKN *)
Lemma inverseE s s' :
  resolvent s s' = (s == s')%:R + γ * (\sum_t K s t * resolvent t s').
Proof.
have /matrixP/(_ (enum_rank s) (enum_rank s')) := mulmxV inverse_unit.
rewrite !mxE (inj_eq enum_rank_inj) sum_enum_rank => <-.
under eq_bigr do rewrite !mxE !enum_rankK mulrBl.
rewrite sumrB sum_delta mulr_sumr addrAC -addrA -sumrB big1 ?addr0 // => t _.
by rewrite mulrA subrr.
Qed.

(** N = I + γNK *)
Lemma inverseEr s s' :
  resolvent s s' = (s == s')%:R + γ * (\sum_t resolvent s t * K t s').
Proof.
have /matrixP/(_ (enum_rank s) (enum_rank s')) := mulVmx inverse_unit.
rewrite !mxE (inj_eq enum_rank_inj) sum_enum_rank => <-.
under eq_bigr do rewrite !mxE !enum_rankK mulrBr.
rewrite sumrB sum_deltar mulr_sumr addrAC -addrA -sumrB big1 ?addr0 // => t _.
by rewrite mulrCA subrr.
Qed.

Lemma inverse_ge0 s s' : 0 <= resolvent s s'.
Proof.
apply: (minimum (y := resolvent^~ s')) => t.
by rewrite [in X in _ <= X]inverseE ler_addr ler0n.
Qed.

(** y = Nx is the solution of y = x + γKy. *)
Lemma inverse_mul (x : S -> R) s :
  let y t := \sum_s' resolvent t s' * x s' in
  y s = x s + γ * (\sum_t K s t * y t).
Proof.
rewrite /=; under eq_bigr do rewrite inverseE mulrDl.
rewrite big_split /= sum_delta; congr (_ + _).
under eq_bigr do rewrite -mulrA mulr_suml.
rewrite -mulr_sumr exchange_big /=; congr (_ * _); apply: eq_bigr => t _.
by rewrite mulr_sumr; apply: eq_bigr => s' _; rewrite mulrA.
Qed.

(** y = xN is the solution of y = x + γyK. *)
Lemma inverse_mulr (x : S -> R) s :
  let y t := \sum_s' x s' * resolvent s' t in
  y s = x s + γ * (\sum_t y t * K t s).
Proof.
rewrite /=; under eq_bigr do rewrite inverseEr mulrDr.
rewrite big_split /= sum_deltar; congr (_ + _).
under eq_bigr do rewrite mulrCA mulr_sumr.
rewrite -mulr_sumr exchange_big /=; congr (_ * _); apply: eq_bigr => t _.
by rewrite mulr_suml; apply: eq_bigr => s' _; rewrite mulrA.
Qed.

(** The equation y = x + γyK has no other solution. *)
Lemma solution_uniquer (x y : S -> R) :
  (forall s, y s = x s + γ * (\sum_t y t * K t s)) ->
  forall s, y s = \sum_s' x s' * resolvent s' s.
Proof.
move=> yE s; rewrite -[LHS](sum_deltar y).
under eq_bigr => t _.
  have -> : (t == s)%:R = resolvent t s - γ * (\sum_u K t u * resolvent u s).
    by rewrite [X in X - _]inverseE addrK.
  rewrite mulrBr mulrCA mulr_sumr; over.
rewrite sumrB -mulr_sumr exchange_big /=.
apply/eqP; rewrite subr_eq mulr_sumr -big_split /=; apply/eqP/eq_bigr => t _.
rewrite {1}yE mulrDl; congr (_ + _); rewrite -mulrA mulr_suml; congr (_ * _).
by apply: eq_bigr => u _; rewrite mulrA.
Qed.

End Inverse.

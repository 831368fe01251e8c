(** * Maxima

    The largest value of a function over a finite set, never below 0:

        maximum P f = max(0, max_{i : P i} f(i))

    Everything that is maximised here (divergences, absolute advantages, spans) is non-negative, so
    the 0 only says what the maximum over an empty set is. *)

From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma eq_ge (R : realFieldType) (x y : R) : x = y -> x <= y.
Proof. by move->. Qed.

Section Maximum.
Variables (R : realFieldType) (I : finType).
Implicit Types (P : pred I) (f g : I -> R) (b : R).

Definition maximum P f : R := \big[Num.max/0]_(i | P i) f i.

Lemma maximum_ge0 P f : 0 <= maximum P f.
Proof.
by rewrite /maximum; elim/big_rec: _ => // i x _ x0; rewrite le_maxr x0 orbT.
Qed.

Lemma le_maximum P f i : P i -> f i <= maximum P f.
Proof.
move=> Pi; rewrite /maximum; have: i \in index_enum I by rewrite mem_index_enum.
elim: (index_enum I) => // j r IH; rewrite inE big_cons => /predU1P[<-|ir].
  by rewrite Pi le_maxr lexx.
by case: ifP => _; rewrite ?le_maxr ?IH ?orbT.
Qed.

Lemma maximum_le P f b : 0 <= b -> (forall i, P i -> f i <= b) -> maximum P f <= b.
Proof.
by move=> b0 fb; rewrite /maximum; elim/big_ind: _ => // x y xb yb; rewrite le_maxl xb.
Qed.

Lemma maximum_mono P f g :
  (forall i, P i -> f i <= g i) -> maximum P f <= maximum P g.
Proof.
move=> fg; apply: maximum_le (maximum_ge0 _ _) _ => i Pi.
exact: le_trans (fg i Pi) (le_maximum _ Pi).
Qed.

Lemma maximumP P f :
  maximum P f = 0 \/ exists2 i, P i & maximum P f = f i.
Proof.
rewrite /maximum; elim/big_rec: _ => [|i x Pi [->|[j Pj ->]]]; first by left.
  by case: leP => _; [left | right; exists i].
by case: leP => _; right; [exists j | exists i].
Qed.

Lemma maximum_scale P f b :
  0 <= b -> maximum P (fun i => b * f i) = b * maximum P f.
Proof.
move=> b0; rewrite /maximum; elim/big_rec2: _ => [|i x y _ ->]; first by rewrite mulr0.
by rewrite maxr_pmulr.
Qed.

Lemma eq_maximum P f g : (forall i, P i -> f i = g i) -> maximum P f = maximum P g.
Proof. exact: eq_bigr. Qed.

End Maximum.

(** ** The span of a function: its largest value less its least. *)

Section Span.
Variables (R : realFieldType) (I : finType).
Implicit Types f : I -> R.

Definition span f : R := maximum predT (fun i => maximum predT (fun j => f i - f j)).

Lemma span_ge0 f : 0 <= span f.
Proof. exact: maximum_ge0. Qed.

Lemma le_span f i j : f i - f j <= span f.
Proof.
apply: le_trans (le_maximum _ (erefl : predT i)) => /=.
exact: (le_maximum (fun j => f i - f j) (erefl : predT j)).
Qed.

Lemma span_le f b : 0 <= b -> (forall i j, f i - f j <= b) -> span f <= b.
Proof. by move=> b0 fb; do 2![apply: maximum_le => // ? _]; apply: fb. Qed.

End Span.

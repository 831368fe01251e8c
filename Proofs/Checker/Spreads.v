(** * Maxima, spans and distances of the checker are those of the theory *)

From Coq Require Import ZArith QArith Reals.
From mathcomp Require Import all_ssreflect all_algebra ring.
From mathcomp.analysis Require Import Rstruct.
From Monotone Require Import Maxima Resolvent Ergodicity.
From Monotone Require Import Checker.Rationals Checker.Vectors Checker.Inverse Checker.Quantities.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** Maxima, spans and distances *)

Lemma largestE n (P : pred nat) (f : nat -> Q) (P' : pred 'I_n) (F : 'I_n -> R) :
  (forall i : 'I_n, P i = P' i) -> (forall i : 'I_n, P' i -> Q2R (f i) = F i) ->
  Q2R (largest n P f) = maximum P' F.
Proof. by move=> PE fE; rewrite Q2R_largest /maximum (eq_bigl _ _ PE); apply: eq_bigr. Qed.

Lemma span_from (I : finType) (F : I -> R) i0 :
  span F = maximum predT (fun i => F i - F i0) + maximum predT (fun i => F i0 - F i).
Proof.
apply/eqP; rewrite eq_le; apply/andP; split.
  apply: span_le => [|i j]; first by rewrite addr_ge0 ?maximum_ge0.
  rewrite -(subrKA (F i0)); apply: ler_add.
    exact: (le_maximum (fun i => F i - F i0)).
  exact: (le_maximum (fun i => F i0 - F i)).
have attained (f : I -> R) : f i0 = 0 -> exists i, maximum predT f = f i.
  by move=> f0; case: (maximumP predT f) => [->|[i _ ->]]; [exists i0 | exists i].
have [i ->] := attained (fun i => F i - F i0) (subrr _).
have [j ->] := attained (fun i => F i0 - F i) (subrr _).
by rewrite subrKA le_span.
Qed.

Lemma widthE n (f : nat -> Q) (F : 'I_n -> R) :
  (0 < n)%N -> (forall i : 'I_n, Q2R (f i) = F i) -> Q2R (width n f) = span F.
Proof.
case: n F => // n F _ fE; rewrite (span_from F ord0) Q2R_add.
by congr (_ + _); apply: largestE => // i _; rewrite Q2R_sub !(fE _, fE ord0).
Qed.

Lemma half_distanceE n (f g : nat -> Q) (F G : 'I_n -> R) :
  (forall i : 'I_n, Q2R (f i) = F i) -> (forall i : 'I_n, Q2R (g i) = G i) ->
  Q2R (half_distance n f g) = 2^-1 * \sum_i `|F i - G i|.
Proof.
move=> fE gE; rewrite Q2R_div Q2R_sum Q2R_of_nat mulrC; congr (_ * _).
by apply: eq_bigr => i _; rewrite Q2R_abs Q2R_sub fE gE.
Qed.

(** ** The spread of a matrix, and of an inverse *)

Lemma spreadE n (k : matrix) (K : 'I_n -> 'I_n -> R) :
  (forall s t : 'I_n, Q2R (entry k s t) = K s t) -> Q2R (spread n k) = ergodicity K.
Proof.
move=> kE; apply: largestE => // s _; apply: largestE => // t _.
by apply: half_distanceE.
Qed.

Lemma ergodicity_scale (S : finType) (x : R) (K : S -> S -> R) :
  0 <= x -> ergodicity (fun s t => x * K s t) = x * ergodicity K.
Proof.
move=> x0; rewrite /ergodicity -maximum_scale //; apply: eq_maximum => s _.
rewrite -maximum_scale //; apply: eq_maximum => t _.
rewrite mulrCA; congr (_ * _); rewrite mulr_sumr; apply: eq_bigr => u _.
by rewrite -mulrBr normrM ger0_norm.
Qed.

Section Inverse.
Variables (n : nat) (g : Q) (p : matrix) (γ : R) (P : 'I_n -> 'I_n -> R).
Hypotheses (gE : Q2R g = γ) (pE : forall s t : 'I_n, Q2R (entry p s t) = P s t).
Hypotheses (γ0 : 0 <= γ) (γ1 : γ < 1) (P0 : forall s t, 0 <= P s t) (P1 : forall s, \sum_t P s t <= 1).

Lemma complementE (s t : 'I_n) : Q2R (entry (complement n g p) s t) = (s == t)%:R - γ * P s t.
Proof.
rewrite entry_tabulate2 Q2R_sub Q2R_mul gE pE; congr (_ - _).
by rewrite -val_eqE; case: (_ == _); rewrite ?Q2R_zero ?Q2R_one.
Qed.

Lemma is_inverseE d (inverse : matrix) (s t : 'I_n) : is_inverse n g p d inverse ->
  Q2R (entry inverse s t) = Q2R d * resolvent γ P s t.
Proof.
case/andP; rewrite Q2R_le Q2R_zero -ltNge => d0 /everyP rowP.
have d_neq0 : Q2R d != 0 by rewrite gt_eqF.
suff -> : resolvent γ P s t = (Q2R d)^-1 * Q2R (entry inverse s t) by rewrite mulVKf.
apply/esym; move: s.
apply: (@resolvent_unique _ _ γ P γ0 γ1 P0 P1 (fun s => (s == t)%:R)) => s; last exact: resolventE.
have /andP[D0 /everyP/(_ t)] := rowP s; rewrite is_zeroE in D0.
set D := get _ _ in D0 *; rewrite Q2R_equal Q2R_sum => /eqP rowE.
have: Q2R D * (\sum_u ((s == u)%:R - γ * P s u) * Q2R (entry inverse u t))
    = Q2R D * (Q2R d * (s == t)%:R).
  transitivity (Q2R (if (s : nat) == t then mul d D else zero)).
    rewrite -rowE mulr_sumr; apply: eq_bigr => u _.
    by rewrite Q2R_mul entry_tabulate2 Q2R_mul complementE mulrA.
  rewrite -val_eqE; case: (_ == _); rewrite ?Q2R_zero ?Q2R_mul ?mulr1 ?mulr0 //.
  by rewrite mulrC.
move/(mulfI D0); under eq_bigr do rewrite mulrBl.
rewrite sumrB sum_delta => /eqP; rewrite subr_eq => /eqP ->.
rewrite mulrDr mulKf //; congr (_ + _).
by rewrite !mulr_sumr; apply: eq_bigr => u _; ring.
Qed.

Lemma resolvent_spreadE t : resolvent_spread n g p = Some t -> Q2R t = ergodicity (resolvent γ P).
Proof.
rewrite /resolvent_spread; case: candidate_inverse => d inverse; case: ifP => // inverseP [<-].
have d0 : 0 < Q2R d by case/andP: inverseP; rewrite Q2R_le Q2R_zero -ltNge.
rewrite Q2R_div (spreadE (K := fun s t => Q2R d * resolvent γ P s t)); last first.
  by move=> s u; apply: is_inverseE.
by rewrite ergodicity_scale ?ltW // mulrC mulKf // gt_eqF.
Qed.

End Inverse.

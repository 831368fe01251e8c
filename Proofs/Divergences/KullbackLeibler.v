(** * The Kullback–Leibler divergence

        KL(p‖q) = Σ_i p_i ln (p_i / q_i)

    with 0 ln 0 = 0, and infinite where some q_i = 0 < p_i. As a real number it has a meaning only
    where q dominates p: q_i = 0 implies p_i = 0. Its extended value is [extended_divergence].

    Source: Cover & Thomas, Elements of Information Theory, sections 2.3, 2.5, 2.7 and 2.8. *)

From Coq Require Import Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Divergences.RealArithmetic Divergences.Logarithm.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** The logarithm in the notation of fields *)

Lemma ln_le (x : R) : 0 < x -> ln x <= x - 1.
Proof. by move=> /RltP x_gt0; apply/RleP/ln_le_sub1. Qed.

Lemma lnM (x y : R) : 0 < x -> 0 < y -> ln (x * y) = ln x + ln y.
Proof. by move=> /RltP x0 /RltP y0; apply: ln_mult. Qed.

Lemma lnV (x : R) : 0 < x -> ln (x^-1) = - ln x.
Proof. by move=> x0; rewrite -RinvE ?gt_eqF//; apply: ln_Rinv; apply/RltP. Qed.

Lemma ln_div (x y : R) : 0 < x -> 0 < y -> ln (x / y) = ln x - ln y.
Proof. by move=> x0 y0; rewrite lnM ?invr_gt0// lnV. Qed.

Lemma ln1 : ln (1 : R) = 0.
Proof. exact: ln_1. Qed.

Section Divergence.
Variable I : finType.
Implicit Types p q : I -> R.

Definition dominated p q := [forall i, (q i == 0) ==> (p i == 0)].

Definition divergence p q : R := \sum_i p i * ln (p i / q i).

Definition extended_divergence p q : \bar R := if dominated p q then (divergence p q)%:E else +oo%E.

Lemma dominatedP p q : reflect (forall i, q i = 0 -> p i = 0) (dominated p q).
Proof.
apply: (iffP forallP) => [dom i /eqP qi0|dom i]; last by apply/implyP => /eqP/dom ->.
by have /implyP/(_ qi0)/eqP := dom i.
Qed.

Lemma dominated_eq0 p q i : dominated p q -> q i = 0 -> p i = 0.
Proof. by move/dominatedP; apply. Qed.

Lemma dominated_refl p : dominated p p.
Proof. exact/dominatedP. Qed.

Lemma divergence_refl p : divergence p p = 0.
Proof.
apply: big1 => i _; have [->|pi0] := eqVneq (p i) 0; first by rewrite mul0r.
by rewrite divff// ln1 mulr0.
Qed.

(** ** The log-sum inequality *)

(** A term lies above each of its tangents: p ln (p/q) ≥ p ln c + p − cq, with equality at p = cq. *)
Lemma divergence_term (x y c : R) : 0 <= x -> 0 <= y -> 0 < c -> (y = 0 -> x = 0) ->
  x * ln c + x - c * y <= x * ln (x / y).
Proof.
move=> x_ge0 y_ge0 c_gt0 dom.
have [->|x_neq0] := eqVneq x 0; first by rewrite !mul0r !add0r oppr_le0 mulr_ge0// ltW.
have x_gt0 : 0 < x by rewrite lt_def x_neq0.
have y_gt0 : 0 < y by rewrite lt_def y_ge0 andbT; apply: contra_neq x_neq0.
have cy_gt0 := mulr_gt0 c_gt0 y_gt0.
have xE : x * (c * y / x) = c * y by rewrite mulrC divfK.
have := ler_wpmul2l x_ge0 (ln_le (divr_gt0 cy_gt0 x_gt0)).
rewrite (ln_div cy_gt0 x_gt0) (ln_div x_gt0 y_gt0) (lnM c_gt0 y_gt0) => ?; real_lra.
Qed.

Lemma divergence_term_ge0 (x y : R) : 0 <= x -> 0 <= y -> (y = 0 -> x = 0) ->
  0 <= x * ln (x / y) - x + y.
Proof.
by move=> x0 y0 dom; have := divergence_term x0 y0 ltr01 dom; rewrite ln1 => ?; real_lra.
Qed.

Lemma log_sum (P : pred I) p q :
  (forall i, P i -> 0 <= p i) -> (forall i, P i -> 0 <= q i) ->
  (forall i, P i -> q i = 0 -> p i = 0) ->
  (\sum_(i | P i) p i) * ln ((\sum_(i | P i) p i) / \sum_(i | P i) q i) <=
  \sum_(i | P i) p i * ln (p i / q i).
Proof.
move=> p0 q0 dom; set x := \sum_(i | P i) p i; set y := \sum_(i | P i) q i.
have x_ge0 : 0 <= x by apply: sumr_ge0.
have y_ge0 : 0 <= y by apply: sumr_ge0.
have [x_eq0|x_neq0] := eqVneq x 0.
  rewrite x_eq0 mul0r big1// => i Pi.
  by rewrite [p i](_ : _ = 0) ?mul0r//; apply: (psumr_eq0P p0).
have y_neq0 : y != 0.
  apply: contra_neq x_neq0 => /(psumr_eq0P q0) q_eq0.
  by apply: big1 => i Pi; apply/dom/q_eq0.
have c_gt0 : 0 < x / y by rewrite divr_gt0// lt_def ?x_neq0 ?y_neq0.
apply: le_trans (ler_sum _ (fun i Pi => divergence_term (p0 i Pi) (q0 i Pi) c_gt0 (dom i Pi))).
by rewrite sumrB big_split -mulr_suml -mulr_sumr /= -/x -/y divfK// addrK.
Qed.

(** Gibbs' inequality. *)
Lemma divergence_ge0 p q : (forall i, 0 <= p i) -> (forall i, 0 <= q i) -> dominated p q ->
  \sum_i q i <= \sum_i p i -> 0 <= divergence p q.
Proof.
move=> p0 q0 /dominatedP dom qp.
apply: le_trans (ler_sum _ (fun i _ => divergence_term (p0 i) (q0 i) ltr01 (@dom i))).
rewrite sumrB big_split /=; under eq_bigr do rewrite ln1 mulr0.
by rewrite big1// add0r; under [X in _ - X]eq_bigr do rewrite mul1r; rewrite subr_ge0.
Qed.

(** ** The Hellinger affinity Σ √(pq) *)

Definition affinity p q : R := \sum_i Num.sqrt (p i * q i).

(** p ln (p/q) ≥ 2p ln c + 2p − 2c √(pq), with equality at √p = c√q. *)
Lemma divergence_root_term (x y c : R) : 0 <= x -> 0 <= y -> 0 < c -> (y = 0 -> x = 0) ->
  2%:R * (x * ln c + x - c * Num.sqrt (x * y)) <= x * ln (x / y).
Proof.
move=> x_ge0 y_ge0 c_gt0 dom.
have [->|x_neq0] := eqVneq x 0; first by rewrite !mul0r !sqrtr0 mulr0 subr0 addr0 mulr0.
have x_gt0 : 0 < x by rewrite lt_def x_neq0.
have y_gt0 : 0 < y by rewrite lt_def y_ge0 andbT; apply: contra_neq x_neq0.
have root_gt0 : 0 < Num.sqrt (x * y) by rewrite sqrtr_gt0 mulr_gt0.
have ln_root : ln x + ln y = 2%:R * ln (Num.sqrt (x * y)).
  by rewrite mulr_natl mulr2n -!lnM// -expr2 sqr_sqrtr// mulr_ge0.
have := divergence_term x_ge0 (ltW root_gt0) c_gt0.
rewrite (ln_div x_gt0 root_gt0) (ln_div x_gt0 y_gt0) => tangent.
have {}tangent := tangent (fun root0 => False_ind _ (elimN eqP (lt0r_neq0 root_gt0) root0)).
have := congr1 (fun u => x * u) ln_root => /= ?; real_lra.
Qed.

(** KL(p‖q) ≥ 2 Σp (1 + ln c) − 2c Σ √(pq) for every c > 0 *)
Lemma divergence_affinity p q (c : R) : (forall i, 0 <= p i) -> (forall i, 0 <= q i) ->
  dominated p q -> 0 < c ->
  2 * ((\sum_i p i) * ln c + \sum_i p i - c * affinity p q) <= divergence p q.
Proof.
move=> p0 q0 dom c_gt0; rewrite mulr_suml mulr_sumr -big_split -sumrB mulr_sumr /=.
by apply: ler_sum => i _; apply: divergence_root_term => // /(dominated_eq0 dom).
Qed.

End Divergence.

(** A summand that both sides share does not raise a term. *)
Lemma log_sum_shift (c x y : R) : 0 <= c -> 0 <= x -> 0 <= y -> (y = 0 -> x = 0) ->
  (c + x) * ln ((c + x) / (c + y)) <= x * ln (x / y).
Proof.
move=> c0 x0 y0 dom; pose u b : R := if b then c else x; pose v b : R := if b then c else y.
have := @log_sum _ predT u v; rewrite !big_bool /=.
have -> : c * ln (c / c) = 0.
  by have [->|c_neq0] := eqVneq c 0; rewrite ?mul0r// divff// ln1 mulr0.
by rewrite add0r; apply=> -[].
Qed.

(** The term x ln (x/y) of products, in which a factor of 0 counts nothing. *)
Lemma product_term (a b x y : R) : (b = 0 -> a = 0) -> (y = 0 -> x = 0) ->
  0 <= a -> 0 <= b -> 0 <= x -> 0 <= y ->
  (a * x) * ln ((a * x) / (b * y)) = x * (a * ln (a / b)) + a * (x * ln (x / y)).
Proof.
move=> ab xy a0 b0 x0 y0.
have [->|a_neq0] := eqVneq a 0; first by rewrite !mul0r mulr0 addr0.
have [->|x_neq0] := eqVneq x 0; first by rewrite !(mul0r, mulr0) addr0.
have pos (u v : R) : (v = 0 -> u = 0) -> 0 <= v -> u != 0 -> 0 < v.
  by move=> uv v0 u_neq0; rewrite lt_def v0 andbT; apply: contra_neq u_neq0.
have [b_gt0 y_gt0] := (pos _ _ ab b0 a_neq0, pos _ _ xy y0 x_neq0).
have a_gt0 : 0 < a by rewrite lt_def a_neq0.
have x_gt0 : 0 < x by rewrite lt_def x_neq0.
rewrite (ln_div (mulr_gt0 a_gt0 x_gt0) (mulr_gt0 b_gt0 y_gt0)) (lnM a_gt0 x_gt0) (lnM b_gt0 y_gt0).
by rewrite (ln_div a_gt0 b_gt0) (ln_div x_gt0 y_gt0); real_lra.
Qed.

(** * The widths B of the bounds |η(π') − L| <= B, computed *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect.
From Monotone Require Import Checker.Rationals Checker.Vectors Checker.Balls Checker.BallFunctions Checker.Instance.
From Monotone Require Import Checker.Solution Checker.Doubles Checker.Quantities Checker.Catalogue.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section BoundWidths.
Variables (bits : Z) (m : instance) (u : update).
Notation n := (states m).
Notation γ := (factor m).
Notation two := (of_nat 2).
Notation α := (largest_variation u).

Definition applies (b : bound) : bool :=
  match b with
  | ResolventErgodicity | Dobrushin => (n <= most_states)%N
  | MeanKLPenalty => le two (mul (of_nat 3) γ)
  | _ => true
  end.

Definition weighted_sum (x : solution) (f : nat -> Q) : Q := sum n (fun s => mul (get (visits x) s) (f s)).

(** 2 γ ε_exp β = 2 γ ε'' β², with ε'' = ε_exp/β of the target π''. *)
Definition mixture_loss : Q := mul (mul (mul two γ) (largest_mean u)) (mixing u).

Definition square_share : Q := mul (share m) (share m).

(** 2 √(W F) + W M, for W = γ K/(1 − γ), F = Σ ρ (Ā − b)², M = max |Ā − b|; where Ā is constant,
    W counts as 0. *)
Definition mean_kl_weight : number :=
  times (if is_zero (mean_width u) then zero else div γ (share m)) (weighted_kl u).

Definition mean_kl_width (b : Q) : number :=
  let distance s := sub (get (means u) s) b in
  let square := weighted_sum (old u) (fun s => mul (distance s) (distance s)) in
  plus (times two (root bits (times square mean_kl_weight)))
       (times (largest n xpredT (fun s => abs (distance s))) mean_kl_weight).

Definition constants : seq Q :=
  let f := get (means u) in
  trial_constants (mean_gain u)
    (add (f 0%N) (largest n xpredT (fun s => sub (f s) (f 0%N))))
    (sub (f 0%N) (largest n xpredT (fun s => sub (f 0%N) (f s)))) γ.

Definition width_of (b : bound) : number :=
  match b with
  | VisitationShiftSpan => exact (mul (visit_shift u) (mean_width u))
  | VisitationShift => exact (mul (mul two (visit_shift u)) (largest_mean u))
  | ResolventErgodicity =>
      if inverse_spread u is Some t then
        exact (mul (mul (mul γ (mean_width u)) t) (moved_rows u))
      else Infinite
  | Dobrushin =>
      exact (mul (div (mul γ (mean_width u)) (sub one (mul γ (chain_spread u)))) (moved_rows u))
  | MeanTotalVariationSpan => exact (mul (div (mul γ (mean_width u)) (share m)) (moved u))
  | MeanTotalVariation =>
      exact (mul (div (mul (mul two γ) (largest_mean u)) (share m)) (moved u))
  | MaxTotalVariationSpan => exact (div (mul (mul γ (mean_width u)) α) square_share)
  | CouplingSpan => exact (div (mul (mul γ (mean_width u)) α) (coupling_divisor m α))
  | Coupling =>
      exact (div (mul (mul (mul (of_nat 4) γ) (largest_advantage u)) (mul α α)) (coupling_divisor m α))
  | CouplingRange =>
      exact (div (mul (mul (mul two γ) (widest_range u)) (mul α α)) (coupling_divisor m α))
  | TotalVariation => exact (mul (penalty m u) (mul α α))
  | KL => times (penalty m u) (largest_kl u)
  | KLPinsker => times (div (penalty m u) two) (smaller (largest_kl u) (largest_reverse u))
  | MeanKLRoot =>
      times (div (mul γ (largest_mean u)) square_share)
        (root bits (times (mul two (share m)) (smaller (weighted_kl u) (weighted_reverse u))))
  | MeanKL => foldr (fun b => smaller (mean_kl_width b)) Infinite constants
  | MeanKLPenalty => times (mul (penalty m u) (share m)) (weighted_kl u)
  | ConservativeMixture => exact (div mixture_loss square_share)
  | ConservativeMixture2002 => exact (div mixture_loss (coupling_divisor m (mixing u)))
  end.

End BoundWidths.

(** * The checker

    A certificate states numbers and verdicts about an update. The checker takes V and ρ from it, once
    they solve their equations, derives everything else anew, and accepts if what is stated is just
    that. *)

From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect.
From Monotone Require Import Checker.Rationals Checker.Vectors Checker.Balls.
From Monotone Require Import Checker.Instance Checker.Solution Checker.Quantities Checker.Claims.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(** A number as a certificate states it: rational, in an interval, or infinite. *)
Inductive stated := Exactly of Q | Between of Q & Q | Infinity.

Record stated_claim := StatedClaim {
  stated_verdict : verdict;
  stated_margin : option stated;
  stated_bound : option stated;
  stated_upper : option stated
}.

Inductive quantity :=
  | ReturnCurrent | ReturnCandidate | Surrogate | PolicyAdvantage | LargestAdvantage
  | LargestExpectedAdvantage | PenaltyCoefficient | LargestTotalVariation | AverageTotalVariation
  | LargestKL | AverageKL | LargestReverseKL | AverageReverseKL.

Definition all_quantities : seq quantity :=
  [:: ReturnCurrent; ReturnCandidate; Surrogate; PolicyAdvantage; LargestAdvantage;
      LargestExpectedAdvantage; PenaltyCoefficient; LargestTotalVariation; AverageTotalVariation;
      LargestKL; AverageKL; LargestReverseKL; AverageReverseKL].

Record certificate := Certificate {
  current_values : vector;
  current_visits : vector;
  candidate_values : vector;
  candidate_visits : vector;
  stated_kl : seq stated;
  stated_reverse : seq stated;
  stated_quantity : quantity -> option stated;
  stated_result : claim -> option stated_claim;
  stated_improved : verdict;
  stated_guaranteed : verdict
}.

(** ** How a certificate states a number that is not rational

    As the one interval that it lies in of those from j to j + 1 in units of a power of two, with
    2^59 < max(|j|, |j + 1|) <= 2^60. *)

Section Cells.
Local Open Scope Z_scope.

Definition power_of_two (e : Z) : Q :=
  if 0 <=? e then Z.shiftl 1 e # 1 else 1 # Z.to_pos (Z.shiftl 1 (- e)).

(** floor(x / 2^e) *)
Definition floor_units (x : Q) (e : Z) : Z :=
  Z.shiftl (Qnum x) (Z.max 0 (- e)) / Z.shiftl (Zpos (Qden x)) (Z.max 0 e).

Definition cell (b : ball) : option (Q * Q) :=
  let size := Rationals.max (opp (lower b)) (upper b) in
  let e := Z.log2 (Qnum size) - Z.log2 (Zpos (Qden size)) - 60 in
  let e := if le size (mul (Z.shiftl 1 60 # 1) (power_of_two e)) then e else e + 1 in
  let j := floor_units (lower b) e in
  let low := mul (j # 1) (power_of_two e) in
  let high := mul (j + 1 # 1) (power_of_two e) in
  if le low (lower b) && le (upper b) high then Some (low, high) else None.

End Cells.

(** ** Whether what is stated is what was derived; [None] if more bits are needed to tell *)

Definition agree (x : stated) (y : number) : option bool :=
  match y, x with
  | Infinite, Infinity => Some true
  | Finite b, Exactly q => Some (is_exact b && equal q (lower b))
  | Finite b, Between l h =>
      if is_exact b then Some false
      else if cell b is Some (low, high) then
        Some [&& equal l low, equal h high, le l (lower b) & le (upper b) h]
      else None
  | _, _ => Some false
  end.

Definition agree_option (x : option stated) (y : option number) : option bool :=
  match x, y with
  | None, None => Some true
  | Some x, Some y => agree x y
  | _, _ => Some false
  end.

Definition verdict_eqb (v w : verdict) : bool :=
  match v, w with
  | Holds, Holds | Violated, Violated | Undecided, Undecided | NotApplicable, NotApplicable => true
  | _, _ => false
  end.

Definition both (x y : option bool) : option bool :=
  match x, y with
  | Some false, _ | _, Some false => Some false
  | Some true, Some true => Some true
  | _, _ => None
  end.

Definition agree_claim (x : option stated_claim) (y : option result) : option bool :=
  match x, y with
  | Some x, Some y =>
      both (Some (verdict_eqb (stated_verdict x) (found y)))
        (both (agree_option (stated_margin x) (margin y))
          (both (agree_option (stated_bound x) (lower_bound y))
            (agree_option (stated_upper x) (upper_bound y))))
  | Some _, None => None
  | None, _ => Some false
  end.

(** ** The examination of a certificate *)

Inductive place :=
  | InModel | InCurrent | InCandidate | InCurrentSolution | InCandidateSolution
  | InDivergence of nat | InReverse of nat | InQuantity of quantity | InClaim of claim
  | InImproved | InGuaranteed.

Section Examination.
Variables (bits : Z) (m : instance) (p q : matrix) (c : certificate).
Notation n := (states m).

Definition quantity_of (u : update) (x : quantity) : number :=
  match x with
  | ReturnCurrent => exact (return_value (old u))
  | ReturnCandidate => exact (return_value (new u))
  | Surrogate => exact (surrogate_value u)
  | PolicyAdvantage => exact (mean_gain u)
  | LargestAdvantage => exact (largest_advantage u)
  | LargestExpectedAdvantage => exact (largest_mean u)
  | PenaltyCoefficient => exact (penalty m u)
  | LargestTotalVariation => exact (largest_variation u)
  | AverageTotalVariation => exact (mul (share m) (moved u))
  | LargestKL => largest_kl u
  | AverageKL => times (share m) (weighted_kl u)
  | LargestReverseKL => largest_reverse u
  | AverageReverseKL => times (share m) (weighted_reverse u)
  end.

Definition agree_quantity (u : update) (x : quantity) : option bool :=
  if stated_quantity c x is Some y then agree y (quantity_of u x) else Some false.

Definition agree_verdict (v : verdict) (w : option verdict) : option bool :=
  if w is Some w then Some (verdict_eqb v w) else None.

Definition examined_update : update :=
  update_of bits m p q (current_values c) (current_visits c) (candidate_values c) (candidate_visits c).

Definition examine_update (u : update) : seq (place * option bool) :=
  (InCurrentSolution, Some (solved m (old u))) ::
  (InCandidateSolution, Some (solved m (new u))) ::
  [seq (InDivergence s, agree (nth Infinity (stated_kl c) s) (get_number (divergences u) s)) | s <- iota 0 n] ++
  [seq (InReverse s, agree (nth Infinity (stated_reverse c) s) (get_number (reverses u) s)) | s <- iota 0 n] ++
  [seq (InQuantity x, agree_quantity u x) | x <- all_quantities] ++
  [seq (InClaim x, agree_claim (stated_result c x) (result_of bits m u x)) | x <- all_claims] ++
  [:: (InImproved, agree_verdict (stated_improved c) (Some (improved u)));
      (InGuaranteed, agree_verdict (stated_guaranteed c) (guaranteed bits m u))].

Definition examine_inputs : seq (place * option bool) :=
  [:: (InModel, Some (well_formed m)); (InCurrent, Some (is_policy m p));
      (InCandidate, Some (is_policy m q))].

Definition is_right (x : place * option bool) : bool := if x.2 is Some true then true else false.
Definition is_wrong (x : place * option bool) : bool := if x.2 is Some false then true else false.

Inductive answer := Accept | Reject of place | MoreBits of place.

Definition answer_of (r : seq (place * option bool)) : answer :=
  match filter is_wrong r, filter (fun x => ~~ is_right x) r with
  | x :: _, _ => Reject x.1
  | [::], x :: _ => MoreBits x.1
  | [::], [::] => Accept
  end.

(** The answer of the program, with logarithms and roots to so many bits. *)
Definition answer_with : answer :=
  if answer_of examine_inputs is Reject x then Reject x
  else let u := examined_update in
    answer_of ((InModel, Some (Z.leb 0 bits)) :: examine_inputs ++ examine_update u).

(** The function about which the theorem is. *)
Definition check : bool := if answer_with is Accept then true else false.

End Examination.

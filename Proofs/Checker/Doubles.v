(** * The constants that claim mean-kl tries

    mean-kl is a bound for every constant b. Which ones are tried is part of the format of
    certificates: four, computed in binary floating point of 64 bits from the mean and the extremes of
    Ā, as far as that holds them. Nothing is proved about this file, because any constants serve. *)

From Coq Require Import ZArith QArith.
From Monotone Require Import Checker.Rationals.
Local Open Scope Z_scope.

(** The nearest number of 53 bits, to even between two; None beyond the largest. *)
Definition nearest (x : Q) : option Q :=
  match Qnum x with
  | Z0 => Some zero
  | num =>
      let d := Zpos (Qden x) in
      let e := Z.log2 (Z.abs num) - Z.log2 d in
      (* 2^e <= |x| < 2^(e + 1) after this step *)
      let e := if Z.shiftl (Z.abs num) (Z.max 0 (- e)) <? Z.shiftl d (Z.max 0 e) then e - 1 else e in
      let u := Z.max (e - 52) (-1074) in
      let n := Z.shiftl num (Z.max 0 (- u)) in
      let d := Z.shiftl d (Z.max 0 u) in
      let k := n / d in
      let twice := 2 * (n - k * d) in
      let k := if (twice <? d) || ((twice =? d) && Z.even k) then k else k + 1 in
      let y := if 0 <=? u then Z.shiftl k u # 1 else reduce (k # Z.to_pos (Z.shiftl 1 (- u))) in
      if Z.shiftl 1 1024 <=? Z.abs (Qnum y) / Zpos (Qden y) then None else Some y
  end.

Definition nearest_of (f : Q -> Q -> Q) (x y : option Q) : option Q :=
  match x, y with Some x, Some y => nearest (f x y) | _, _ => None end.

Definition finite (x : option Q) : list Q := match x with Some x => cons x nil | None => nil end.

(** From the mean 𝔸, the largest and the least of Ā, and γ. *)
Definition trial_constants (mean top bottom factor : Q) : list Q :=
  let two := Some (2 # 1) in
  let b := nearest_of mul (nearest mean) (nearest_of sub (Some one) (nearest factor)) in
  let c := nearest_of div (nearest_of add (nearest top) (nearest bottom)) two in
  let d := nearest_of div (nearest_of add b c) two in
  finite b ++ finite c ++ finite d ++ finite (Some zero).

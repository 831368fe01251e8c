(** * Extraction of the checker to OCaml

    Integers become those of zarith. Trusted here: that extraction keeps the meaning of functions, and
    that each function of zarith below is the function of Coq that it stands for. Everything else that
    runs is the translation of what the theorems are about. *)

From Coq Require Import ZArith QArith Extraction ExtrOcamlBasic ExtrOcamlZBigInt.
From Monotone Require Import Checker.Quantities Checker.Claims Checker.Certificate.

Extract Constant Z.gcd => "Z.gcd".
Extract Constant Z.lcm => "Z.lcm".
Extract Constant Z.sqrt => "(fun x -> if Z.sign x < 0 then Z.zero else Z.sqrt x)".
Extract Constant Z.log2 => "(fun x -> if Z.sign x <= 0 then Z.zero else Z.of_int (Z.numbits x - 1))".
Extract Constant Z.leb => "Z.leq".
Extract Constant Z.ltb => "Z.lt".
Extract Constant Z.even => "Z.is_even".
Extract Constant Z.to_pos => "(fun x -> if Z.sign x <= 0 then Z.one else x)".
Extract Constant Z.pow => "(fun x y -> if Z.sign y < 0 then Z.zero else Z.pow x (Z.to_int y))".

(* No inlining that would compute a shared vector again at each use. *)
Unset Extraction Optimize.

Extraction "checker.ml" answer_with all_claims all_quantities.

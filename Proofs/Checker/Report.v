(** * What was found about an update, as theorems

    `monotone check --coq FILE.v` writes a model, two policies and a certificate as data, and has the
    kernel compute that the checker accepts them. These theorems say what that proves. *)

From Coq Require Import ZArith QArith Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Model Evaluation Visitation Surrogate Divergences.PolicyDivergence.
From Monotone Require Import Checker.Vectors Checker.Instance Checker.Quantities Checker.Claims.
From Monotone Require Import Checker.Certificate Checker.Truth Checker.Soundness.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** The checker accepts with one of these precisions; the first that serves is used. *)
Fixpoint accepted (precisions : seq Z) (m : instance) (p q : matrix) (c : certificate) : bool :=
  if precisions is bits :: others then
    match answer_with bits m p q c with
    | Accept => true
    | Reject _ => false
    | MoreBits _ => accepted others m p q c
    end
  else false.

Section Report.
Variables (precisions : seq Z) (m : instance) (p q : matrix) (c : certificate).
Notation S := [finType of 'I_(states m)].
Notation A := [finType of 'I_(actions m)].
Hypothesis acceptedP : accepted precisions m p q c.
Variables (M : mdp [realFieldType of R] S A) (π π' : policy M).
Hypotheses (MP : describes M) (πP : describes_policy p π) (πP' : describes_policy q π').
Notation η := expected_return.

(** The constants that mean-kl tries; they do not depend on the precision. *)
Definition tried_constants := map Q2R (constants m (examined_update Z0 m p q c)).

(** Everything that the certificate states is true. *)
Theorem report : certificate_true π π' tried_constants c.
Proof.
have [bits] : exists bits, check bits m p q c.
  have := acceptedP; elim: (precisions) => //= bits others IH.
  case aE: (answer_with bits m p q c); [move=> _ | by [] | exact: IH].
  by exists bits; rewrite /check aE.
by move/check_sound => sound; apply: sound MP πP πP'.
Qed.

Theorem report_quantity x y : stated_quantity c x = Some y -> stated_true y (quantity_value π π' x).
Proof. by case: report => _ _ _ _ _ _ /(_ x)[z -> zP] _ _ _ [<-]. Qed.

Theorem report_claim x y : stated_result c x = Some y -> stated_claim_true π π' tried_constants x y.
Proof. by case: report => _ _ _ _ _ _ _ /(_ x)[z -> zP] _ _ [<-]. Qed.

(** η(π) and η(π') *)
Theorem report_return x : stated_quantity c ReturnCurrent = Some (Exactly x) -> η π = Q2R x.
Proof. by move/report_quantity => -[]. Qed.

Theorem report_new_return x : stated_quantity c ReturnCandidate = Some (Exactly x) -> η π' = Q2R x.
Proof. by move/report_quantity => -[]. Qed.

Theorem report_improved : stated_improved c = Holds -> η π <= η π'.
Proof. by case: report => _ _ _ _ _ _ _ _ + _ E; rewrite E; case. Qed.

Theorem report_harmful : stated_improved c = Violated -> η π' < η π.
Proof. by case: report => _ _ _ _ _ _ _ _ + _ E; rewrite E ltNge; case=> _ /negP. Qed.

(** Whether a lower bound that needs no knowledge of π' exceeded η(π). *)
Theorem report_guaranteed : stated_guaranteed c = Holds -> guaranteed_truly π π' tried_constants.
Proof. by case: report => _ _ _ _ _ _ _ _ _ + E; rewrite E; case. Qed.

Theorem report_not_guaranteed : stated_guaranteed c = Violated -> ~ guaranteed_truly π π' tried_constants.
Proof. by case: report => _ _ _ _ _ _ _ _ _ + E; rewrite E; case. Qed.

(** η(π') ≥ L_π(π') − C max KL, with that number. *)
Theorem report_kl x : stated_result c (Improvement MonotoneStep) = Some x -> stated_verdict x = Holds ->
  let lower := ((surrogate π π')%:E - (penalty_coefficient π)%:E * max_divergence π π')%E in
  (lower <= (η π')%:E)%E /\ stated_option_true (stated_bound x) lower.
Proof. by move/report_claim => [+ _ lowerP _] E; rewrite E; case. Qed.

End Report.

(** * Acceptance implies truth

    If the checker accepts a certificate, there is exactly what the certificate speaks of: a model M
    and policies π, π' that the data describe; and about all such M, π, π' everything that the
    certificate states is true: V, ρ, divergences, quantities, and for each claim its verdict, its
    margin and its bounds. *)

From Coq Require Import ZArith QArith Reals.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.analysis Require Import Rstruct constructive_ereal.
From Monotone Require Import Model Evaluation Visitation Divergences.PolicyDivergence.
From Monotone Require Import Checker.Rationals Checker.Vectors Checker.Balls Checker.Instance.
From Monotone Require Import Checker.Solution Checker.Quantities Checker.Meaning Checker.Claims.
From Monotone Require Import Checker.Verdicts Checker.Certificate Checker.Truth Checker.Results.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** From what is derived to what is stated *)

Lemma agree_true x y z : agree x y = Some true -> encloses y z -> stated_true x z.
Proof.
case: y z => [b|] [r||] //; case: x => [q'|l h|] //= agreed br.
- move: agreed => [/andP[be]]; rewrite Q2R_equal => /eqP ->.
  by rewrite (contains_exact br be).
- move: agreed; case: ifP => // _; case: (cell b) => [[low high]|] // [/and4P[_ _]].
  rewrite !Q2R_le !lee_fin => lb bh; case/andP: br => br rb.
  by rewrite (le_trans lb br) (le_trans rb bh).
Qed.

Lemma agree_option_true x y z : agree_option x y = Some true -> number_true y z -> stated_option_true x z.
Proof. by case: x y => [x|] [y|] //=; apply: agree_true. Qed.

Lemma verdict_eqb_true v w : verdict_eqb v w -> v = w.
Proof. by case: v; case: w. Qed.

Lemma both_true x y : both x y = Some true -> x = Some true /\ y = Some true.
Proof. by case: x y => [[]|] [[]|]. Qed.

Lemma agree_claim_true (S A : finType) (M : mdp [realFieldType of R] S A) (π π' : policy M) constants k x y :
  agree_claim (Some x) (Some y) = Some true -> result_true π π' constants k y ->
  stated_claim_true π π' constants k x.
Proof.
case/both_true => -[/verdict_eqb_true vE] /both_true[mE] /both_true[lE uE] [vP mP lP uP].
by split; rewrite ?vE //; [apply: agree_option_true mE mP | apply: agree_option_true lE lP
  | apply: agree_option_true uE uP].
Qed.

(** ** Acceptance *)

Lemma In_map (T U : Type) (f : T -> U) x r : List.In x r -> List.In (f x) (map f r).
Proof. by elim: r => //= y r IH [->|/IH]; [left | right]. Qed.

Lemma In_cat (T : Type) (x : T) r s : List.In x r \/ List.In x s -> List.In x (r ++ s).
Proof. by elim: r => [|y r IH] /=; [case | case=> [[->|xr]|xs]; [left | right; apply: IH; left | right; apply: IH; right]]. Qed.

Lemma In_iota n (s : 'I_n) : List.In (s : nat) (iota 0 n).
Proof. by apply/In_mem; rewrite mem_iota /= add0n. Qed.

Lemma all_quantities_In x : List.In x all_quantities.
Proof. by case: x => /=; do ?[by left | right]. Qed.

Lemma all_claims_In x : List.In x all_claims.
Proof. by case: x => -[] /=; do ?[by left | right]. Qed.

Lemma answer_of_Accept r e : answer_of r = Accept -> List.In e r -> e.2 = Some true.
Proof.
rewrite /answer_of; case: (filter is_wrong r) => //; case fE: (filter _ r) => [|x s] // _.
elim: r fE => //= y r IH; case yE: (is_right y) => //= fE [<-|]; last exact: IH.
by move: yE; rewrite /is_right; case: (y.2) => [[]|].
Qed.

Section Acceptance.
Variables (bits : Z) (m : instance) (p q : matrix) (c : certificate).
Notation S := [finType of 'I_(states m)].
Notation A := [finType of 'I_(actions m)].
Notation u := (examined_update bits m p q c).
Hypothesis accepted : check bits m p q c.

Lemma accepted_entry e :
  List.In e ((InModel, Some (Z.leb Z0 bits)) :: examine_inputs m p q ++ examine_update bits m c u) ->
  e.2 = Some true.
Proof.
move: accepted; rewrite /check /answer_with; case: (answer_of (examine_inputs _ _ _)) => [|//|x];
  by case aE: (answer_of _) => // _; apply: answer_of_Accept aE.
Qed.

Lemma accepted_bits : Z.le Z0 bits.
Proof. by have [] := accepted_entry (or_introl erefl); move/Z.leb_le. Qed.

Lemma accepted_input e : List.In e (examine_inputs m p q) -> e.2 = Some true.
Proof. by move=> eP; apply: accepted_entry; right; apply: In_cat; left. Qed.

Lemma accepted_update e : List.In e (examine_update bits m c u) -> e.2 = Some true.
Proof. by move=> eP; apply: accepted_entry; right; apply: In_cat; right. Qed.

(** There is a model that the data describe, and policies of it. *)
Theorem check_describes : exists (M : mdp [realFieldType of R] S A) (π π' : policy M),
  [/\ describes M, describes_policy p π & describes_policy q π'].
Proof.
have [mP] := accepted_input (or_introl erefl).
have [pP] := accepted_input (or_intror (or_introl erefl)).
have [qP] := accepted_input (or_intror (or_intror (or_introl erefl))).
have [M MP] := well_formed_describes mP; exists M.
have [π πP] := is_policy_describes MP pP; have [π' πP'] := is_policy_describes MP qP.
by exists π, π'.
Qed.

(** What is stated is true of every such model and its policies. *)
Theorem check_sound (M : mdp [realFieldType of R] S A) (π π' : policy M) :
  describes M -> describes_policy p π -> describes_policy q π' ->
  certificate_true π π' (map Q2R (constants m u)) c.
Proof.
move=> MP πP πP'; have b0 := accepted_bits.
have [oldP] := accepted_update (or_introl erefl).
have [newP] := accepted_update (or_intror (or_introl erefl)).
have rest e : List.In e _ -> e.2 = Some true := fun eP => accepted_update (or_intror (or_intror eP)).
split.
- exact: (valuesE MP πP oldP).
- exact: (visitsE MP πP oldP).
- exact: (valuesE MP πP' newP).
- exact: (visitsE MP πP' newP).
- move=> s; apply: agree_true (divergencesE _ _ _ _ b0 πP πP' s).
  by apply: (rest (InDivergence s, _)); apply: In_cat; left; apply: (In_map _ (In_iota s)).
- move=> s; apply: agree_true (reversesE _ _ _ _ b0 πP πP' s).
  apply: (rest (InReverse s, _)); apply: In_cat; right; apply: In_cat; left.
  exact: (In_map _ (In_iota s)).
- move=> x; have: agree_quantity m c u x = Some true.
    apply: (rest (InQuantity x, _)); do 2!(apply: In_cat; right); apply: In_cat; left.
    exact: (In_map (fun x => (InQuantity x, agree_quantity m c u x)) (all_quantities_In x)).
  rewrite /agree_quantity; case: (stated_quantity c x) => [y|] // agreed; exists y => //.
  exact: agree_true agreed (quantity_ofP b0 MP πP πP' oldP newP x).
- move=> x; have: agree_claim (stated_result c x) (result_of bits m u x) = Some true.
    apply: (rest (InClaim x, _)); do 3!(apply: In_cat; right); apply: In_cat; left.
    exact: (In_map (fun x => (InClaim x, agree_claim (stated_result c x) (result_of bits m u x)))
      (all_claims_In x)).
  case: (stated_result c x) => [y|] //; case rE: (result_of bits m u x) => [r|] // agreed.
  by exists y => //; apply: agree_claim_true agreed (result_ofP b0 MP πP πP' oldP newP rE).
- have: agree_verdict (stated_improved c) (Some (improved u)) = Some true.
    by apply: (rest (InImproved, _)); do 4!(apply: In_cat; right); left.
  by case=> /verdict_eqb_true->; apply: (improvedP MP πP πP' oldP newP).
have: agree_verdict (stated_guaranteed c) (guaranteed bits m u) = Some true.
  by apply: (rest (InGuaranteed, _)); do 4!(apply: In_cat; right); right; left.
case wE: (guaranteed bits m u) => [w|] // -[/verdict_eqb_true->].
exact: (guaranteedP b0 MP πP πP' oldP newP wE).
Qed.

End Acceptance.

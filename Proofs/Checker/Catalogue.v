(** * The claims of the catalogue, by name *)

From mathcomp Require Import all_ssreflect.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Inductive verdict := Holds | Violated | Undecided | NotApplicable.

Inductive identity :=
  | BellmanResidual | PerformanceDifference | SurrogateValue | SurrogateGradient.

Inductive inequality := Pinsker | BretagnolleHuber.

Inductive bound :=
  (* with knowledge of the candidate's visitation or transitions *)
  | VisitationShiftSpan | VisitationShift | ResolventErgodicity | Dobrushin
  (* without *)
  | MeanTotalVariationSpan | MeanTotalVariation | MaxTotalVariationSpan
  | CouplingSpan | Coupling | CouplingRange | TotalVariation
  | KL | KLPinsker | MeanKLRoot | MeanKL | MeanKLPenalty
  | ConservativeMixture | ConservativeMixture2002.

Inductive improvement := PointwiseImprovement | MonotoneStep | ConservativeGain.

Inductive claim :=
  | Identity of identity | Inequality of inequality | Bound of bound | Improvement of improvement.

Definition a_priori_bounds : seq bound :=
  [:: MeanTotalVariationSpan; MeanTotalVariation; MaxTotalVariationSpan; CouplingSpan; Coupling;
      CouplingRange; TotalVariation; KL; KLPinsker; MeanKLRoot; MeanKL; MeanKLPenalty;
      ConservativeMixture; ConservativeMixture2002].

Definition a_priori_claims : seq claim :=
  map Bound a_priori_bounds ++ map Improvement [:: MonotoneStep; ConservativeGain].

Definition all_claims : seq claim :=
  map Identity [:: BellmanResidual; PerformanceDifference; SurrogateValue; SurrogateGradient] ++
  map Inequality [:: Pinsker; BretagnolleHuber] ++
  map Bound ([:: VisitationShiftSpan; VisitationShift; ResolventErgodicity; Dobrushin] ++ a_priori_bounds) ++
  map Improvement [:: PointwiseImprovement; MonotoneStep; ConservativeGain].

(** * What the theorems assume

    Coq prints the axioms behind every theorem: none where no logarithm occurs, and those of its
    classical real numbers where one does. Tools/check_proofs.py writes this file and reads the answers. *)

From Monotone Require Attainment.BestConstants.
From Monotone Require Attainment.BestDivergenceBounds.
From Monotone Require Attainment.BestDivergences.
From Monotone Require Attainment.CouplingFamily.
From Monotone Require Attainment.Kakade.
From Monotone Require Attainment.StayOrLeave.
From Monotone Require Bounds.ConservativeMixture.
From Monotone Require Bounds.ConservativeMixture2002.
From Monotone Require Bounds.Coupling.
From Monotone Require Bounds.CouplingRange.
From Monotone Require Bounds.CouplingSpan.
From Monotone Require Bounds.Dobrushin.
From Monotone Require Bounds.Kl.
From Monotone Require Bounds.KlPinsker.
From Monotone Require Bounds.MaxTotalVariationSpan.
From Monotone Require Bounds.MeanKl.
From Monotone Require Bounds.MeanKlPenalty.
From Monotone Require Bounds.MeanKlRoot.
From Monotone Require Bounds.MeanTotalVariation.
From Monotone Require Bounds.MeanTotalVariationSpan.
From Monotone Require Bounds.ResolventErgodicity.
From Monotone Require Bounds.TotalVariation.
From Monotone Require Bounds.VisitationShift.
From Monotone Require Bounds.VisitationShiftSpan.
From Monotone Require Checker.Instance.
From Monotone Require Checker.Logarithms.
From Monotone Require Checker.Report.
From Monotone Require Checker.Results.
From Monotone Require Checker.Soundness.
From Monotone Require Checker.Widths.
From Monotone Require Divergences.BretagnolleHuber.
From Monotone Require Divergences.MeanShift.
From Monotone Require Divergences.Pinsker.
From Monotone Require Divergences.SharpMeanShift.
From Monotone Require Divergences.VisitationDivergence.
From Monotone Require FalseVariants.ConservativeMixtureCandidateAdvantage.
From Monotone Require FalseVariants.KlWithoutSurrogate.
From Monotone Require FalseVariants.MeanKlPenaltyEveryDiscount.
From Monotone Require FalseVariants.NormalisedVisitation.
From Monotone Require FalseVariants.PinskerQuarter.
From Monotone Require FalseVariants.PirottaQNorm.
From Monotone Require FalseVariants.TotalVariationConstant2.
From Monotone Require FalseVariants.TotalVariationConstant2ExpectedAdvantage.
From Monotone Require Identities.
From Monotone Require Improvement.Algorithm1.
From Monotone Require Improvement.ConservativeGain.
From Monotone Require Improvement.DivergenceRules.
From Monotone Require Improvement.MonotoneStep.
From Monotone Require Improvement.NaturalGradient.
From Monotone Require Improvement.Optimisation.
From Monotone Require Improvement.PointwiseImprovement.
From Monotone Require Improvement.PolicyIteration.
From Monotone Require Improvement.Reweighting.
From Monotone Require Improvement.SoftmaxSteps.
From Monotone Require Necessity.Discounting.
From Monotone Require Necessity.TerminalStates.
From Monotone Require Necessity.UnvisitedStates.
From Monotone Require Sharper.MeanKlSpan.
From Monotone Require Sharper.SharpAlgorithm1.
From Monotone Require Sharper.SharpMeanKl.
From Monotone Require Sharper.SharpMeanKlPenalty.
From Monotone Require SoftmaxGradient.
From Monotone Require SurrogateGradient.
From Monotone Require Undiscounted.EndingClaims.
From Monotone Require Undiscounted.EndingGradient.
From Monotone Require Undiscounted.EndingInequalities.
From Monotone Require Undiscounted.Endings.

(** ** Without logarithms *)

Print Assumptions Monotone.Identities.bellman_residual.
Print Assumptions Monotone.Identities.performance_difference.
Print Assumptions Monotone.Identities.surrogate_value.
Print Assumptions Monotone.Bounds.VisitationShiftSpan.visitation_shift_span.
Print Assumptions Monotone.Bounds.VisitationShift.visitation_shift.
Print Assumptions Monotone.Bounds.ResolventErgodicity.resolvent_ergodicity.
Print Assumptions Monotone.Bounds.Dobrushin.dobrushin.
Print Assumptions Monotone.Bounds.MeanTotalVariationSpan.mean_total_variation_span.
Print Assumptions Monotone.Bounds.MeanTotalVariation.mean_total_variation.
Print Assumptions Monotone.Bounds.MaxTotalVariationSpan.max_total_variation_span.
Print Assumptions Monotone.Bounds.CouplingSpan.coupling_span.
Print Assumptions Monotone.Bounds.Coupling.coupling.
Print Assumptions Monotone.Bounds.CouplingRange.coupling_range.
Print Assumptions Monotone.Bounds.TotalVariation.total_variation.
Print Assumptions Monotone.Bounds.ConservativeMixture2002.conservative_mixture_2002.
Print Assumptions Monotone.Bounds.ConservativeMixture.conservative_mixture.
Print Assumptions Monotone.SurrogateGradient.surrogate_gradient.
Print Assumptions Monotone.Improvement.PointwiseImprovement.pointwise_improvement.
Print Assumptions Monotone.Improvement.ConservativeGain.conservative_gain.
Print Assumptions Monotone.Attainment.Kakade.visitation_shift_span_attained.
Print Assumptions Monotone.Attainment.Kakade.visitation_shift_attained.
Print Assumptions Monotone.Attainment.Kakade.coupling_span_attained.
Print Assumptions Monotone.Attainment.Kakade.conservative_mixture_2002_attained.
Print Assumptions Monotone.Attainment.CouplingFamily.coupling_attained.
Print Assumptions Monotone.Attainment.CouplingFamily.coupling_range_attained.
Print Assumptions Monotone.Attainment.StayOrLeave.dobrushin_attained.
Print Assumptions Monotone.Attainment.StayOrLeave.mean_total_variation_span_attained.
Print Assumptions Monotone.Attainment.StayOrLeave.resolvent_ergodicity_attained.
Print Assumptions Monotone.FalseVariants.TotalVariationConstant2ExpectedAdvantage.total_variation_constant_2_expected_advantage.
Print Assumptions Monotone.FalseVariants.ConservativeMixtureCandidateAdvantage.conservative_mixture_candidate_advantage.
Print Assumptions Monotone.FalseVariants.TotalVariationConstant2.total_variation_constant_2.
Print Assumptions Monotone.FalseVariants.PirottaQNorm.pirotta_q_norm.
Print Assumptions Monotone.Improvement.PolicyIteration.policy_iteration_improves.
Print Assumptions Monotone.Improvement.PolicyIteration.policy_iteration_optimal.
Print Assumptions Monotone.Improvement.PolicyIteration.conservative_improves.
Print Assumptions Monotone.Improvement.Reweighting.reweighting_improves.
Print Assumptions Monotone.Improvement.Optimisation.keeping_improves.
Print Assumptions Monotone.Improvement.Optimisation.maximiser_improves.
Print Assumptions Monotone.Attainment.BestConstants.visitation_shift_span_best.
Print Assumptions Monotone.Attainment.BestConstants.visitation_shift_best.
Print Assumptions Monotone.Attainment.BestConstants.resolvent_ergodicity_best.
Print Assumptions Monotone.Attainment.BestConstants.dobrushin_best.
Print Assumptions Monotone.Attainment.BestConstants.mean_total_variation_span_best.
Print Assumptions Monotone.Attainment.BestConstants.coupling_span_best.
Print Assumptions Monotone.Attainment.BestConstants.coupling_best.
Print Assumptions Monotone.Attainment.BestConstants.coupling_range_best.
Print Assumptions Monotone.Attainment.BestConstants.conservative_mixture_2002_best.
Print Assumptions Monotone.Attainment.BestConstants.mean_total_variation_best.
Print Assumptions Monotone.Attainment.BestConstants.max_total_variation_span_best.
Print Assumptions Monotone.Attainment.BestConstants.total_variation_best.
Print Assumptions Monotone.Attainment.BestConstants.conservative_mixture_best.
Print Assumptions Monotone.Necessity.TerminalStates.terminal_states_count.
Print Assumptions Monotone.Necessity.UnvisitedStates.unvisited_states_matter.
Print Assumptions Monotone.Undiscounted.Endings.ends_steps.
Print Assumptions Monotone.Undiscounted.EndingClaims.bellman_residual.
Print Assumptions Monotone.Undiscounted.EndingClaims.performance_difference.
Print Assumptions Monotone.Undiscounted.EndingClaims.surrogate_value.
Print Assumptions Monotone.Undiscounted.EndingClaims.visitation_shift.
Print Assumptions Monotone.Undiscounted.EndingClaims.pointwise_improvement.
Print Assumptions Monotone.Undiscounted.EndingClaims.ending_return_improves.
Print Assumptions Monotone.Undiscounted.EndingGradient.surrogate_gradient.
Print Assumptions Monotone.Necessity.Discounting.discounting_matters.

(** ** With logarithms: once for all, as it takes seconds *)

Definition with_logarithms :=
  (@Monotone.Divergences.Pinsker.pinsker,
   @Monotone.Divergences.BretagnolleHuber.bretagnolle_huber,
   @Monotone.Divergences.VisitationDivergence.visitation_divergence,
   @Monotone.Divergences.MeanShift.mean_shift,
   @Monotone.Bounds.KlPinsker.kl_pinsker,
   @Monotone.Bounds.Kl.kl,
   @Monotone.Bounds.MeanKl.mean_kl,
   @Monotone.Sharper.MeanKlSpan.mean_kl_span,
   @Monotone.Bounds.MeanKlRoot.mean_kl_root,
   @Monotone.Bounds.MeanKlPenalty.mean_kl_penalty,
   @Monotone.SoftmaxGradient.softmax_gradient,
   @Monotone.Improvement.NaturalGradient.natural_gradient_improvement,
   @Monotone.Improvement.NaturalGradient.natural_gradient_return,
   @Monotone.Improvement.MonotoneStep.monotone_step,
   @Monotone.Improvement.Algorithm1.algorithm1_monotone,
   @Monotone.Improvement.Algorithm1.mean_algorithm1_monotone,
   @Monotone.Divergences.SharpMeanShift.sharp_mean_shift,
   @Monotone.Sharper.SharpMeanKl.sharp_mean_kl,
   @Monotone.Sharper.SharpMeanKlPenalty.sharp_mean_kl_penalty,
   @Monotone.Sharper.SharpAlgorithm1.sharp_mean_algorithm1_monotone,
   @Monotone.FalseVariants.PinskerQuarter.pinsker_quarter,
   @Monotone.FalseVariants.KlWithoutSurrogate.kl_without_surrogate,
   @Monotone.FalseVariants.NormalisedVisitation.normalised_visitation,
   @Monotone.FalseVariants.MeanKlPenaltyEveryDiscount.mean_kl_penalty_every_discount,
   @Monotone.Attainment.BestDivergences.bretagnolle_huber_best,
   @Monotone.Attainment.BestDivergences.pinsker_best,
   @Monotone.Attainment.BestDivergenceBounds.kl_pinsker_best,
   @Monotone.Attainment.BestDivergenceBounds.mean_kl_root_best,
   @Monotone.Improvement.DivergenceRules.max_kl_improves,
   @Monotone.Improvement.DivergenceRules.mean_kl_improves,
   @Monotone.Improvement.DivergenceRules.penalty_improves,
   @Monotone.Improvement.DivergenceRules.mean_penalty_improves,
   @Monotone.Improvement.SoftmaxSteps.logit_step_improves,
   @Monotone.Improvement.SoftmaxSteps.trust_region_improves,
   @Monotone.Improvement.SoftmaxSteps.policy_gradient_improves,
   @Monotone.Undiscounted.EndingInequalities.pinsker,
   @Monotone.Undiscounted.EndingInequalities.bretagnolle_huber,
   @Monotone.Checker.Logarithms.log_units_rounds,
   @Monotone.Checker.Instance.well_formed_describes,
   @Monotone.Checker.Instance.is_policy_describes,
   @Monotone.Checker.Widths.width_ofE,
   @Monotone.Checker.Results.result_ofP,
   @Monotone.Checker.Soundness.check_describes,
   @Monotone.Checker.Soundness.check_sound,
   @Monotone.Checker.Report.report,
   @Monotone.Checker.Report.report_quantity,
   @Monotone.Checker.Report.report_claim,
   @Monotone.Checker.Report.report_return,
   @Monotone.Checker.Report.report_new_return,
   @Monotone.Checker.Report.report_improved,
   @Monotone.Checker.Report.report_harmful,
   @Monotone.Checker.Report.report_guaranteed,
   @Monotone.Checker.Report.report_not_guaranteed,
   @Monotone.Checker.Report.report_kl).

Print Assumptions with_logarithms.

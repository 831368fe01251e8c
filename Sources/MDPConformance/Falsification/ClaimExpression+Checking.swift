public import Arithmetic
internal import Guarantees

extension ClaimExpression {
  /// larger − smaller: negative where the claim fails.
  func margin<Number: Scalar>(
    _ update: PolicyUpdate<Number>, _ parameters: [String: ExactNumber]
  ) -> ExpressionValue<Number.Real> {
    var numbers: [String: Number.Real] = [:]
    for (name, value) in parameters { numbers[name] = try? Number.Real(value) }
    func quantity(_ name: UpdateQuantity) -> ExpressionValue<Number.Real> { update.value(name) }
    return larger.value(quantity, numbers) + -smaller.value(quantity, numbers)
  }

  /// Whether the claim holds of an experiment's update, decided in rational numbers.
  ///
  /// - Returns: `undecided` where the claim says nothing, for want of a value.
  public func decide(
    _ experiment: Experiment, _ parameters: [String: ExactNumber]
  ) throws -> Decision {
    let update = try experiment.exactUpdate()
    var precision = Ball.workingPrecision
    var decision = margin(update, parameters).isNonNegative(strictly: isStrict)
    while decision == .undecided, precision < 1024 {
      precision *= 2
      decision = Ball.$workingPrecision.withValue(precision) {
        margin(update.sharpened(), parameters).isNonNegative(strictly: isStrict)
      }
    }
    return decision
  }
}

extension PolicyUpdate {
  /// A quantity by its name in results.
  fileprivate func value(_ name: UpdateQuantity) -> ExpressionValue<Number.Real> {
    switch name {
    case .returnCurrent: .finite(current.expectedReturn.real)
    case .returnCandidate: .finite(candidate.expectedReturn.real)
    case .surrogate: .finite(surrogate.real)
    case .policyAdvantage: .finite(policyAdvantage.real)
    case .maxAdvantage: .finite(maxAdvantage.real)
    case .maxExpectedAdvantage: .finite(maxExpectedAdvantage.real)
    case .penaltyCoefficient: .finite(penaltyCoefficient.real)
    case .maxTotalVariation: .finite(maxTotalVariation.real)
    case .meanTotalVariation: .finite(meanTotalVariation.real)
    case .maxKL: ExpressionValue(maxDivergence)
    case .meanKL: ExpressionValue(meanDivergence)
    case .maxReverseKL: ExpressionValue(maxReverseDivergence)
    case .meanReverseKL: ExpressionValue(meanReverseDivergence)
    case .discount: .finite(mdp.discount.real)
    }
  }
}

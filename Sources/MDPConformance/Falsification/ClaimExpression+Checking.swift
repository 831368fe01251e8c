public import Arithmetic
internal import Guarantees

extension ClaimExpression {
  /// The two sides on an update.
  func sides<Number: Scalar>(
    _ update: PolicyUpdate<Number>, _ parameters: [String: ExactNumber]
  ) -> ClaimSides<Number.Real> {
    var numbers: [String: Number.Real] = [:]
    for (name, value) in parameters { numbers[name] = try? Number.Real(value) }
    func quantity(_ name: UpdateQuantity) -> ExpressionValue<Number.Real> { update.value(name) }
    return ClaimSides(
      larger: larger.value(quantity, numbers), smaller: smaller.value(quantity, numbers))
  }

  /// Whether the claim holds of an experiment's update, decided in rational numbers.
  ///
  /// - Returns: `undecided` where the claim says nothing, for want of a value.
  public func decide(
    _ experiment: Experiment, _ parameters: [String: ExactNumber]
  ) throws -> Decision {
    var decision = sides(try experiment.ladder.exact(), parameters).decision(strictly: isStrict)
    try experiment.ladder.climb(
      upTo: LogarithmPrecision.searchLimit, while: { decision == .undecided }
    ) {
      decision = sides($0, parameters).decision(strictly: isStrict)
    }
    return decision
  }
}

/// The two sides of a claim, computed.
struct ClaimSides<Real: RealScalar> {
  /// What should be the larger.
  let larger: ExpressionValue<Real>
  /// What should be the smaller.
  let smaller: ExpressionValue<Real>

  /// larger − smaller: negative where the claim fails.
  var margin: ExpressionValue<Real> { larger + -smaller }

  /// Whether larger ≥ smaller, or strictly larger; ∞ is as large as ∞.
  func decision(strictly isStrict: Bool) -> Decision {
    switch (larger, smaller) {
    case (.infinity, .infinity), (.negativeInfinity, .negativeInfinity): Decision(!isStrict)
    default: margin.isNonNegative(strictly: isStrict)
    }
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
    case .penaltyCoefficient: mdp.isUndiscounted ? .undefined : .finite(penaltyCoefficient.real)
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

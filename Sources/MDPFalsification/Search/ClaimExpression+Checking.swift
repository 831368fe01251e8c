internal import MonotoneArithmetic
internal import MDPGuarantees

extension ClaimExpression {
  /// The two sides on an update.
  func sides<Number: Scalar>(
    _ update: PolicyUpdate<Number>, _ parameters: [String: ExactNumber]
  ) -> ClaimSides<Number.Real> {
    var numbers: [String: Number.Real] = [:]
    for (name, value) in parameters { numbers[name] = try? Number.Real(value) }
    func value(_ side: ExpressionNode) -> ExpressionValue<Number.Real> {
      side.value(
        { ExpressionValue(update[$0]) }, discount: .finite(update.mdp.discount.real), numbers)
    }
    return ClaimSides(larger: value(larger), smaller: value(smaller))
  }

  /// Whether the claim holds of an experiment's update, decided in rational numbers.
  ///
  /// - Returns: `undecided` where the claim says nothing, for want of a value.
  func decide(
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
  /// The side that should be the larger.
  let larger: ExpressionValue<Real>
  /// The side that should be the smaller.
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

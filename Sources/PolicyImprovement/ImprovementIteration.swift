public import MonotoneArithmetic
public import MDPGuarantees

/// One step of a rule, checked.
public struct ImprovementIteration: Sendable {
  /// 1 for the first step.
  public var index: Int
  /// Every claim on the step from the policy before it to the one after it.
  public var check: UpdateCheck
  /// How far the step is from solving the rule's own problem.
  public var optimalityResidual: Quantity
  /// The meaning of that number, in a line.
  public var residualMeaning: String
  /// Whether that number is a ratio, and not in units of the rewards.
  public var isResidualRelative = false

  /// Whether the residual is nothing beside the advantages there were: the rule's problem is solved.
  ///
  /// A step finer than probabilities are written leaves the policy as it is without that.
  public var isSolved: Bool {
    guard let residual = QuantityEnds(optimalityResidual) else { return false }
    guard !isResidualRelative else { return residual.upper <= Self.relativeTolerance }
    guard let advantage = QuantityEnds(check.quantities[.maxAdvantage]) else { return false }
    if let left = residual.exact, let largest = advantage.exact {
      return left <= Rational(finite: Self.tolerance) * largest
    }
    return residual.upper <= Self.tolerance * max(0, advantage.upper) || residual.upper <= 0
  }

  private static let (tolerance, relativeTolerance) = (1e-6, 1e-2)

  /// How the step counts: proved beforehand, better all the same, worse, or no step.
  public var mark: UpdateMark { check.mark }

  /// The highest lower bound on the new return that needs no solve of the new policy.
  public var bound: Quantity? {
    check.claims.first { $0.id == check.tightest.aPriori }?.bound
  }
}

public import Arithmetic
public import Guarantees

/// One step of a rule, checked.
public struct ImprovementIteration: Sendable {
  /// 1 for the first step.
  public var index: Int
  /// Every claim on the step from the policy before it to the one after it.
  public var check: UpdateCheck
  /// How far the step is from solving the rule's own problem.
  public var optimalityResidual: Quantity
  /// What that number measures.
  public var residualMeaning: String

  /// The highest lower bound on the new return that needs no solve of the new policy.
  public var bound: Quantity? {
    check.claims.first { $0.id == check.tightest.aPriori }?.bound
  }
}

extension ImprovementIteration {
  /// How a step counts.
  public typealias Outcome = UpdateMark

  /// How this step counts: proved beforehand, better all the same, worse, or no step.
  public var outcome: Outcome { check.mark }
}

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
  /// How the step counts: proved beforehand, better all the same, worse, or no step.
  public enum Outcome: String, Sendable, Codable, CaseIterable {
    /// Some a-priori lower bound exceeds the old return.
    case guaranteed
    /// The return did not fall, but no bound promised that.
    case improved
    /// The return fell.
    case harmful
    /// The policy is the same.
    case unchanged
    /// The arithmetic left open whether the return fell.
    case undecided
  }

  /// How this step counts.
  public var outcome: Outcome {
    if check.current == check.candidate { return .unchanged }
    if check.guaranteed == .holds { return .guaranteed }
    return switch check.improved {
    case .holds: .improved
    case .violated: .harmful
    case .undecided, .notApplicable: .undecided
    }
  }
}

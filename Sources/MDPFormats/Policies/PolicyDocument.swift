public import MDPCore

/// A policy as a file states it, for the model that it was read for.
public struct PolicyDocument: Sendable, Equatable {
  /// π(a|s), exact; every live state's probabilities sum to exactly 1.
  public let policy: ExactPolicy
  /// The paths of the rows that were divided by their sum, because they sum to 1 only within the
  /// tolerance.
  public let normalised: [String]

  /// A policy and the paths of the rows that were divided by their sum.
  public init(policy: ExactPolicy, normalised: [String] = []) {
    self.policy = policy
    self.normalised = normalised
  }
}

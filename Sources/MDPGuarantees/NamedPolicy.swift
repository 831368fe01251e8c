public import MDPCore

/// A policy and what results call it.
///
/// Only for readers: policies are told apart by their probabilities. What a file states of a policy, before
/// anybody names it, is the document of the formats.
public struct NamedPolicy: Sendable {
  /// The name that results show.
  public var name: String
  /// The policy.
  public var policy: ExactPolicy
  /// The JSON paths of rows of its file that were divided by their sum.
  public var normalised: [String]

  /// A policy under a name.
  public init(name: String, policy: ExactPolicy, normalised: [String] = []) {
    self.name = name
    self.policy = policy
    self.normalised = normalised
  }
}

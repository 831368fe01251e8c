/// A counterexample to a false variant of a bound: which model and which two policies refute it.
public struct RefutationDocument: Sendable, Equatable {
  /// What the counterexample is called.
  public let name: String
  /// What is wrong, and why this shows it.
  public let description: String
  /// The id of the false variant.
  public let variant: String
  /// The path of the model, relative to the refutation's own file, as are the others.
  public let mdp: String
  /// The path of the current policy.
  public let current: String
  /// The path of the candidate policy.
  public let candidate: String
}

/// An update on which a bound of the ladder comes close to equality: which model and which policies.
public struct AttainmentDocument: Sendable, Equatable {
  /// What the example is called.
  public let name: String
  /// Why the bound is tight here.
  public let description: String
  /// The id of the bound.
  public let claim: String
  /// What is known of the largest |G|/B over all updates, in words.
  public let supremum: String
  /// The path of the model, relative to the attainment's own file, as are the others.
  public let mdp: String
  /// The path of the current policy.
  public let current: String
  /// The path of the candidate policy.
  public let candidate: String
}

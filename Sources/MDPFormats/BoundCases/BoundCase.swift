/// An update that shows something of a bound: which model and which two policies.
package struct BoundCase: Sendable, Equatable {
  /// The kind of case.
  package enum Kind: Sendable, CaseIterable {
    /// That a false variant of a bound is false: a file of the format `monotone/refutation/v1`.
    case refutation
    /// That a bound comes close to equality: a file of the format `monotone/attainment/v1`.
    case attainment

    var schema: FileSchema {
      switch self {
      case .refutation: .refutation
      case .attainment: .attainment
      }
    }

    /// The key of the claim's id.
    var claimKey: String {
      switch self {
      case .refutation: "variant"
      case .attainment: "claim"
      }
    }
  }

  /// The name of the case.
  package let name: String
  /// Prose: the error of the variant and why this case shows it, or why the bound is tight here.
  package let description: String
  /// The id of the false variant, or of the bound.
  package let claim: String
  /// Of an attainment: what is known of the largest |G|/B over all updates, in words; else empty.
  package let supremum: String
  /// The path of the model, relative to the case's own file, as are the others.
  package let mdp: String
  /// The path of the current policy.
  package let current: String
  /// The path of the candidate policy.
  package let candidate: String
}

internal import MonotoneArithmetic
public import MDPGuarantees

/// The document of `check --json`: an update's check with its schema beside it, in one object.
///
/// `monotone/check/v1` wrote `guaranteed` as a verdict, had no `outcome`, and called ``Verdict/consistent``
/// undecided; nothing else differs.
public struct CheckDocument: Sendable, Equatable, Encodable {
  /// The versions that can be written.
  public enum Version: String, Sendable, CaseIterable {
    case v1, v2

    /// The schema name that documents carry.
    public var schema: String { "monotone/check/\(rawValue)" }
  }

  /// The check.
  public var check: UpdateCheck
  /// The version to write.
  public var version: Version

  /// The document of a check.
  public init(_ check: UpdateCheck, version: Version = .v2) {
    self.check = check
    self.version = version
  }

  /// The results in the words of the version.
  private var claims: [ClaimResult] {
    guard version == .v1 else { return check.claims }
    return check.claims.map { claim in
      var claim = claim
      if claim.verdict == .consistent { claim.verdict = .undecided }
      return claim
    }
  }

  private enum Key: String, CodingKey {
    case schema, mdp, current, candidate, arithmetic, quantities, claims, tightest, improved
    case guaranteed, outcome, normalised, unknown
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(version.schema, forKey: .schema)
    try container.encode(check.mdp, forKey: .mdp)
    try container.encode(check.current, forKey: .current)
    try container.encode(check.candidate, forKey: .candidate)
    try container.encode(check.arithmetic, forKey: .arithmetic)
    try container.encode(check.quantities, forKey: .quantities)
    try container.encode(claims, forKey: .claims)
    try container.encode(check.tightest, forKey: .tightest)
    try container.encode(check.improved, forKey: .improved)
    try container.encode(check.normalised, forKey: .normalised)
    switch version {
    case .v1: try container.encode(check.guaranteed, forKey: .guaranteed)
    case .v2:
      try container.encode(check.guaranteed.answer, forKey: .guaranteed)
      try container.encode(check.outcome, forKey: .outcome)
      // Which quantities are null, and why; absent where none is.
      let unknown = check.quantities.unknown.map { ($0.rawValue, Quantity.unknownReason) }
      if !unknown.isEmpty {
        try container.encode(Dictionary(uniqueKeysWithValues: unknown), forKey: .unknown)
      }
    }
  }
}

extension Verdict {
  /// The verdict as the answer to a question: `yes`, `no`, `undecided`.
  package var answer: String {
    switch self {
    case .holds: "yes"
    case .violated, .notApplicable: "no"
    case .undecided, .consistent: "undecided"
    }
  }
}

public import MDPGuarantees

/// The document of `audit --json`.
public struct AuditDocument: Sendable, Equatable, Codable {
  /// The schema name that documents carry.
  public static let schema = "monotone/audit/v1"

  /// Which format this is.
  public var schema = Self.schema
  /// The model.
  public var mdp: ModelSummary
  /// The counts and extremes over all updates.
  public var summary: AuditSummary
  /// A row per update.
  public var updates: [UpdateAudit]
  /// The policies and batches that could not be audited, or not wholly.
  public var errors: [AuditError]

  /// The paths of the model's rows, and after their names those of the policies, that were divided by
  /// their sums; nil if there are none.
  public var normalised: [String]?

  package init(
    _ mdp: ModelSummary, updates: [UpdateAudit], errors: [AuditError] = [], budget: Double?,
    normalised: [String] = []
  ) {
    self.mdp = mdp
    self.normalised = normalised.isEmpty ? nil : normalised
    self.updates = updates
    self.errors = errors
    summary = updates.reduce(into: AuditSummary(budget: budget)) { $0.add($1) }
  }
}

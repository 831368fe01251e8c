public import MDPGuarantees

/// Sampled updates beside exact ones, as `comparison.json` holds them.
public struct ComparisonDocument: Sendable, Equatable, Codable {
  /// The schema name that documents carry.
  public static let schema = "monotone/comparison/v1"

  /// Which format this is.
  public var schema = Self.schema
  /// The model.
  public var mdp: ModelSummary
  /// The model's own γ, where training and all exact numbers here have another, that of ``mdp``.
  public var ownDiscount: Double?
  /// The settings of training that are not the defaults', in words.
  public var settings: [String]
  /// η of an optimal policy.
  public var optimalReturn: Double
  /// η before the first update.
  public var initialReturn: Double
  /// A row was kept for one update in so many.
  public var every: Int
  /// The ledger.
  public var updates: [UpdateComparison]
  /// η of exact TRPO from the same start, update by update, the start included.
  public var exactReturns: [Double]
  /// η under tabular rules from the same start.
  public var ruleReturns: [RuleCurve]
  /// The sweeps at one policy; nil where none was asked for.
  public var sweeps: PolicySweeps?
  /// The policy that the sweeps were made at: after so many updates.
  public var sweepIteration: Int?
  /// Whether the run was stopped before its end.
  public var interrupted: Bool

  package init(
    mdp: ModelSummary, settings: [String], optimalReturn: Double, initialReturn: Double, every: Int
  ) {
    self.mdp = mdp
    self.settings = settings
    self.optimalReturn = optimalReturn
    self.initialReturn = initialReturn
    self.every = every
    updates = []
    exactReturns = []
    ruleReturns = []
    interrupted = false
  }

  /// The worst verdict: that of the claims, or that some estimator swept is refuted.
  public var worst: Verdict {
    sweeps?.errors.curves.contains(where: \.isRefuted) == true ? .violated : summary.worst
  }

  /// The counts and extremes over all updates.
  public var summary: AuditSummary {
    updates.reduce(into: AuditSummary(budget: nil)) { $0.add($1.audit) }
  }
}

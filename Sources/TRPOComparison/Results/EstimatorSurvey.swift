public import MDPGuarantees

/// The tests of estimators on many models: whether the noise of each has mean zero.
public struct EstimatorSurvey: Sendable, Equatable, Codable {
  /// The schema name that documents carry.
  public static let schema = "monotone/estimator-survey/v1"

  /// Which format this is.
  public var schema = Self.schema
  /// The probability with which any right estimator on any model would be called biased.
  public var falseAlarm: Double
  /// A policy a model.
  public var policies: [Policy]
  /// Whether the run was stopped before its end.
  public var interrupted: Bool

  /// A policy of a model.
  public struct Policy: Sendable, Equatable, Codable {
    /// The model.
    public var mdp: ModelSummary
    /// After how many updates the policy was taken.
    public var iteration: Int
    /// The errors of the estimators; nil where nothing was swept.
    public var sweep: ErrorSweep?
    /// The reason why nothing was swept.
    public var notApplicable: String?

    package init(mdp: ModelSummary, iteration: Int, sweep: ErrorSweep?, notApplicable: String?) {
      self.mdp = mdp
      self.iteration = iteration
      self.sweep = sweep
      self.notApplicable = notApplicable
    }
  }

  package init(falseAlarm: Double, policies: [Policy], interrupted: Bool) {
    self.falseAlarm = falseAlarm
    self.policies = policies
    self.interrupted = interrupted
  }

  /// All curves that mean something.
  package var curves: [ErrorSweep.Curve] {
    policies.compactMap(\.sweep).flatMap(\.curves).filter(\.isConclusive)
  }

  /// Whether some estimator was found to be biased.
  public var worst: Verdict { curves.contains { !$0.zeroMean.passes } ? .violated : .holds }
}

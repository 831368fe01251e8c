public import MonotoneArithmetic
public import MDPGuarantees
public import MDPCore
public import MDPSolvers
public import PolicyImprovement

/// The result of `improve`: a rule's steps on one model, each with every claim.
///
/// As JSON (schema `monotone/improvement/v1`), as CSV (``csv``) and for the terminal
/// (``ImprovementText``).
public struct ImprovementDocument: Sendable {
  /// The schema name that documents carry.
  public static let schema = "monotone/improvement/v1"

  /// Name, sizes and discount.
  public var model: ModelSummary
  /// The rule's name.
  public var rule: String
  /// The claim that makes the rule's steps improvements, where it applies.
  public var guarantee: String?
  /// The rule's settings.
  public var parameters: [RuleParameter]
  /// The policy that the run began with, as it was named.
  public var start: String
  /// The arithmetic that was asked for.
  public var arithmetic: ArithmeticKind
  /// The steps.
  public var iterations: [ImprovementIteration]
  /// The optimal return, where it was asked for.
  public var optimum: OptimalPolicy?
  /// Whether the last step changed nothing, since nothing was left to do.
  public var hasConverged: Bool
  /// Whether the last step changed nothing, but only because what it would change is finer than the
  /// probabilities that rules write.
  public var hasStalled: Bool
  /// Whether the run was interrupted, so that steps are missing.
  public var interrupted: Bool
  /// The last policy.
  public var policy: ExactPolicy
  /// The JSON paths of rows, of the model and of the first policy, that were divided by their sum.
  public var normalised: [String] = []

  package init(
    model: ModelSummary, rule: any ImprovementRule, start: String, arithmetic: ArithmeticKind,
    iterations: [ImprovementIteration], optimum: OptimalPolicy?, hasConverged: Bool,
    interrupted: Bool, policy: ExactPolicy
  ) {
    self.model = model
    self.rule = rule.id
    guarantee = rule.guarantee
    parameters = rule.parameters
    self.start = start
    self.arithmetic = arithmetic
    self.iterations = iterations
    self.optimum = optimum
    let isSolved = iterations.last?.isSolved ?? true
    self.hasConverged = hasConverged && isSolved
    hasStalled = hasConverged && !isSolved
    self.interrupted = interrupted
    self.policy = policy
  }

  /// The worst verdict of all steps.
  public var worst: Verdict {
    iterations.map(\.check.worst).max { $0.severity < $1.severity } ?? .holds
  }
}

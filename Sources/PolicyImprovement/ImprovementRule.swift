public import MonotoneArithmetic
public import MDPGuarantees
public import MDPCore
public import MDPSolvers

/// A way to make a policy better from its exact evaluation.
///
/// A rule proposes; it proves nothing. It computes in float64, on advantages in units that fit them,
/// and its answer is rounded to a policy of short exact probabilities. What that policy is worth is
/// then proved by others: every claim on the step by ``MDPGuarantees``, how far the step is from the best
/// that its own problem allows by ``Proposal/residual``.
///
/// To add one, conform a type in a file of `Rules/` and enter it in ``RuleCatalogue``.
public protocol ImprovementRule: Sendable {
  /// The name on the command line and in results.
  var id: String { get }
  /// A description of the rule, in a line.
  var summary: String { get }
  /// Paper, section, equation.
  var source: String { get }
  /// The settings that determine the rule, in the order of results.
  var parameters: [RuleParameter] { get }
  /// The claims about the rule's steps beyond those about all updates.
  var claims: [any Claim] { get }
  /// The claim that makes the rule's steps improvements, where it applies; nil for a rule without
  /// such a promise.
  var guarantee: String? { get }
  /// Whether the rule assumes γ < 1, as all with a penalty or a discounted mean do; so unless said
  /// otherwise.
  var needsDiscounting: Bool { get }
  /// Whether a policy that the rule leaves as it is, is optimal; not so unless said otherwise.
  var endsAtOptimum: Bool { get }
  /// How the rule is drawn among others; nil, unless said otherwise, for one that figures do not know.
  var line: RuleLine? { get }
  /// The policy that the rule moves to.
  func propose(from start: EvaluatedPolicy) throws(RuleFailure) -> Proposal
}

extension ImprovementRule {
  public var claims: [any Claim] { [] }
  public var guarantee: String? { nil }
  public var needsDiscounting: Bool { true }
  public var endsAtOptimum: Bool { false }
  public var line: RuleLine? { nil }
}

/// A setting of a rule.
public struct RuleParameter: Sendable, Equatable, Codable {
  /// The name.
  public var name: String
  /// The value.
  public var value: Double

  /// A parameter from its name and its value.
  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}

/// A step that a rule proposes.
public struct Proposal: Sendable {
  /// π̃.
  public var policy: ExactPolicy
  /// How to tell how far π̃ is from the best answer to the rule's own problem.
  public var residual: any OptimalityResidual

  /// A proposal of a policy, with the measure of how near it is to the best.
  public init(policy: ExactPolicy, residual: any OptimalityResidual) {
    self.policy = policy
    self.residual = residual
  }
}

/// A measure of how far a proposed policy is from solving its rule's own problem, computed from the
/// policies and the evaluation of the first alone; 0 where it solves it.
///
/// For the convex rules a duality gap: what the objective still lacks, at most.
public protocol OptimalityResidual: Sendable {
  /// The meaning of the number, in a line.
  var meaning: String { get }
  /// Whether the number is a ratio, and not in units of the rewards.
  var isRelative: Bool { get }
  /// The residual, in the arithmetic of the evaluation.
  func value<Number: Scalar>(
    from current: PolicyEvaluation<Number>, to candidate: TabularPolicy<Number>
  ) -> Extended<Number.Real>
}

extension OptimalityResidual {
  public var isRelative: Bool { false }
}

/// Why a rule has no step to propose.
public enum RuleFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// The rule of this name needs γ < 1.
  case needsDiscounting(String)
  /// A softmax policy takes every available action; this one does not.
  case unsupportedAction(state: String, action: String)
  /// A number that the rule needs leaves the range of float64.
  case range(String)

  public var description: String { message }

  /// The problem and its remedy, as a sentence for the user.
  public var message: String {
    switch self {
    case .needsDiscounting(let rule):
      """
      the rule \(rule) rests on the horizon 1/(1−γ), which discount 1 does not have; use \
      \(RuleCatalogue.withoutDiscounting.joined(separator: " or ")), or choose a discount below 1
      """
    case .unsupportedAction(let state, let action):
      """
      state "\(state)": the policy never takes the available action "\(action)", so no softmax \
      logits give it; start from a policy that takes every action, such as uniform
      """
    case .range(let number):
      """
      \(number) leaves the range of float64, in which rules compute; choose another step, or \
      rescale the model or its discount
      """
    }
  }
}

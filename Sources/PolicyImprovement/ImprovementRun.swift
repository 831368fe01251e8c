public import MonotoneArithmetic
public import MDPGuarantees
public import MDPCore
public import MDPSolvers

/// A rule applied again and again from a policy, each step checked against every claim.
public final class ImprovementRun {
  /// The rule.
  public let rule: any ImprovementRule
  /// The steps so far.
  public private(set) var iterations: [ImprovementIteration] = []
  /// Whether the last step changed nothing: the rule has come to its end.
  public private(set) var hasConverged = false

  private let evaluator: PolicyEvaluator
  private let verifier: UpdateVerifier
  private let arithmetic: ArithmeticKind
  private let identitySecondsLimit: Double
  private let effort: ComparisonEffort
  private let startName: String
  private var current: NamedPolicy

  /// A run of a rule.
  ///
  /// - Parameters:
  ///   - rule: The rule.
  ///   - start: Where to begin.
  ///   - evaluator: The model.
  ///   - arithmetic: How the steps are checked.
  ///   - configuration: What exact checks may cost.
  ///   - identitySecondsLimit: Identities take an exact solve to prove. Where that may take longer
  ///     than this, they are checked on the first step only; they say the same of every update. Nor
  ///     is a tie of actions then proved to be one before the rule takes it for one.
  public init(
    _ rule: any ImprovementRule, from start: NamedPolicy, evaluator: PolicyEvaluator,
    arithmetic: ArithmeticKind = .auto, configuration: UpdateVerifier.Configuration = .init(),
    identitySecondsLimit: Double = .infinity
  ) {
    self.rule = rule
    self.identitySecondsLimit = identitySecondsLimit
    effort = ComparisonEffort(
      arithmetic, exactSecondsLimit: min(configuration.exactSecondsLimit, identitySecondsLimit))
    self.evaluator = evaluator
    self.arithmetic = arithmetic
    verifier = UpdateVerifier(evaluator, arithmetic: arithmetic, configuration: configuration)
    startName = start.name
    current = start
  }

  /// The policy that the last step led to.
  public var policy: ExactPolicy { current.policy }

  /// Makes one step and checks it.
  ///
  /// - Throws: ``ImprovementFailure``.
  @discardableResult
  public func advance() throws(ImprovementFailure) -> ImprovementIteration {
    let proposal = try propose()
    hasConverged = proposal.policy == current.policy
    // An unchanged policy keeps its name.
    let candidate =
      hasConverged
      ? current
      : NamedPolicy(
        name: "\(rule.id)(\(iterations.count + 1), \(startName))", policy: proposal.policy)
    let iteration: ImprovementIteration
    do throws(EvaluationFailure) {
      iteration = ImprovementIteration(
        index: iterations.count + 1,
        check: try verifier.check(
          from: current, to: candidate, claims: claims),
        optimalityResidual: try residual(proposal.residual, from: current, to: candidate),
        residualMeaning: proposal.residual.meaning,
        isResidualRelative: proposal.residual.isRelative)
    } catch {
      throw .evaluation(error)
    }
    iterations.append(iteration)
    current = candidate
    return iteration
  }

  /// The claims to check on the next step.
  private var claims: [any Claim] {
    let all = ClaimCatalogue.all + rule.claims
    let seconds = evaluator.exactCost(of: policy).seconds
    return iterations.isEmpty || seconds <= identitySecondsLimit
      ? all : all.filter { $0.kind != .identity }
  }

  private func propose() throws(ImprovementFailure) -> Proposal {
    if evaluator.document.isUndiscounted, rule.needsDiscounting {
      throw .rule(.needsDiscounting(rule.id))
    }
    let start: EvaluatedPolicy
    do throws(EvaluationFailure) {
      try evaluator.requireEnding(policy, named: current.name)
      start = try EvaluatedPolicy(policy: policy, evaluator: evaluator, effort: effort)
    } catch {
      throw .evaluation(error)
    }
    let proposal: Proposal
    do throws(RuleFailure) { proposal = try rule.propose(from: start) } catch { throw .rule(error) }
    // Only a greedy step drops actions, and only for better ones: see `OptimalPolicy`.
    if let state = evaluator.endlessState(of: proposal.policy) {
      throw .evaluation(.endless(.gain(state: state)))
    }
    return proposal
  }

  private func residual(
    _ residual: any OptimalityResidual, from current: NamedPolicy, to candidate: NamedPolicy
  ) throws(EvaluationFailure) -> Quantity {
    guard arithmetic.isRigorous else {
      return residual.value(
        from: try evaluator.evaluate(current.policy),
        to: try evaluator.evaluate(candidate.policy).policy
      ).quantity
    }
    return try evaluator.ask(
      ResidualQuestion(of: residual, at: candidate.policy), of: current.policy, effort: effort
    ).answer
  }
}

/// Why a rule could not go on.
public enum ImprovementFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// A policy could not be evaluated.
  case evaluation(EvaluationFailure)
  /// The rule has no step to propose.
  case rule(RuleFailure)

  public var description: String { message }

  /// The problem and its remedy, as a sentence for the user.
  public var message: String {
    switch self {
    case .evaluation(let failure): failure.message
    case .rule(let failure): failure.message
    }
  }
}

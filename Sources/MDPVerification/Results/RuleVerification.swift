public import MonotoneArithmetic
public import MDPGuarantees
public import PolicyImprovement

/// The first steps of one improvement rule on one model, proved, and its way to the optimum.
public struct RuleVerification: Sendable, Equatable, Codable {
  /// The rule's name.
  public var rule: String
  /// The rule's settings.
  public var parameters: [RuleParameter]
  /// The claims on its steps beside those on every update.
  public var claims: [ClaimDescription]
  /// The command that shows the steps.
  public var command: String
  /// The steps that every claim was checked on.
  public var steps: [VerifiedStep]
  /// η of each policy along a longer way in float64, from the start.
  public var returns: [Quantity]
  /// max KL of each step of that way.
  public var maxKL: [Quantity]
  /// The most steps that the way was given.
  public var iterationBudget: Int
  /// How many steps close 90 % of the gap to the optimum; nil if the budget does not.
  public var iterationsToClose: Int?
  /// The share of the gap that the way closes.
  public var gapClosed: Double
  /// Why the rule could not go on where it had not come to its end; nil where nothing stopped it.
  public var failure: String?

  /// The share of the gap whose closing is timed.
  package static let timedShare = 0.9

  package init(
    rule: any ImprovementRule, command: String, steps: [VerifiedStep], curve: LearningCurve?,
    iterationBudget: Int, optimum: Double, failure: String? = nil
  ) {
    self.rule = rule.id
    parameters = rule.parameters
    claims = rule.claims.map { ClaimDescription($0) }
    self.command = command
    self.steps = steps
    returns = curve?.returns.map { Quantity($0) } ?? []
    maxKL = curve?.maxDivergences.map { Quantity($0) } ?? []
    self.iterationBudget = iterationBudget
    iterationsToClose = curve?.iterations(toClose: Self.timedShare, optimum: optimum)
    gapClosed = curve?.gapClosed(optimum: optimum) ?? 0
    self.failure = failure
  }
}

/// One step of a rule, checked: the numbers, the verdicts counted, and every claim that is bad news.
public struct VerifiedStep: Sendable, Equatable, Codable {
  /// 1 for the first step.
  public var index: Int
  /// η after the step.
  public var newReturn: Quantity
  /// L.
  public var surrogate: Quantity
  /// max_s KL(π‖π̃).
  public var maxKL: Quantity
  /// E_{d_π} KL(π‖π̃).
  public var meanKL: Quantity
  /// The highest a-priori lower bound on the new return; nil if none is finite.
  public var bound: Quantity?
  /// How far the step is from solving the rule's own problem.
  public var optimalityResidual: Quantity
  /// Whether the step was promised to help, helped, or did not.
  public var outcome: UpdateMark
  /// The claims' verdicts.
  package var counts: VerdictCounts
  /// The claims that are violated or undecided.
  public var badNews: [ClaimResult]

  /// The record of a step.
  package init(_ iteration: ImprovementIteration) {
    let check = iteration.check
    index = iteration.index
    newReturn = check.quantities[.returnCandidate]
    surrogate = check.quantities[.surrogate]
    maxKL = check.quantities[.maxKL]
    meanKL = check.quantities[.meanKL]
    bound = iteration.bound
    optimalityResidual = iteration.optimalityResidual
    outcome = iteration.mark
    counts = VerdictCounts(check.claims)
    badNews = check.claims.filter { $0.verdict == .violated || $0.verdict == .undecided }
  }

  private enum CodingKeys: String, CodingKey {
    case index, newReturn = "return", surrogate, maxKL, meanKL, bound, optimalityResidual, outcome
    case counts, badNews
  }
}

// Documents write null for what is not there, so that a reader always finds every key.

extension RuleVerification {
  private enum Key: String, CodingKey {
    case rule, parameters, claims, command, steps, returns, maxKL, iterationBudget,
      iterationsToClose
    case gapClosed, failure
  }

  /// Writes null where the budget does not close the gap, and where nothing failed.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(rule, forKey: .rule)
    try container.encode(parameters, forKey: .parameters)
    try container.encode(claims, forKey: .claims)
    try container.encode(command, forKey: .command)
    try container.encode(steps, forKey: .steps)
    try container.encode(returns, forKey: .returns)
    try container.encode(maxKL, forKey: .maxKL)
    try container.encode(iterationBudget, forKey: .iterationBudget)
    try container.encode(iterationsToClose, forKey: .iterationsToClose)
    try container.encode(gapClosed, forKey: .gapClosed)
    try container.encode(failure, forKey: .failure)
  }
}

extension VerifiedStep {
  /// Writes null where no bound is finite.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(index, forKey: .index)
    try container.encode(newReturn, forKey: .newReturn)
    try container.encode(surrogate, forKey: .surrogate)
    try container.encode(maxKL, forKey: .maxKL)
    try container.encode(meanKL, forKey: .meanKL)
    try container.encode(bound, forKey: .bound)
    try container.encode(optimalityResidual, forKey: .optimalityResidual)
    try container.encode(outcome, forKey: .outcome)
    try container.encode(counts, forKey: .counts)
    try container.encode(badNews, forKey: .badNews)
  }
}

extension RuleVerification {
  /// The verdicts of all steps.
  package var counts: VerdictCounts { steps.reduce(into: .init([])) { $0 += $1.counts } }

  /// How many steps had an outcome.
  package func count(_ outcome: UpdateMark) -> Int {
    steps.count { $0.outcome == outcome }
  }
}

public import Arithmetic
public import Guarantees
internal import MDPCore
public import MDPSolvers
public import MDPTesting

/// An input at work: what its properties need is computed when the first of them asks for it.
public final class Experiment {
  /// The model and the policies.
  public let input: UpdateInput
  /// Evaluates policies of the model.
  public let evaluator: PolicyEvaluator
  private var enclosed: Enclosed?
  private var exact: PolicyUpdate<Rational>?

  public init(_ input: UpdateInput) {
    self.input = input
    evaluator = PolicyEvaluator(input.mdp)
  }

  /// The update in float balls.
  public func enclosedUpdate() throws(EvaluationFailure) -> PolicyUpdate<FloatBall> {
    try enclosure().update
  }

  /// The update in float balls; nil where its numbers leave the range of float64.
  public func representableUpdate() -> PolicyUpdate<FloatBall>? { try? enclosedUpdate() }

  /// What float balls say of a claim.
  public func screen(_ claim: any Claim) throws(EvaluationFailure) -> Finding<FloatBall> {
    claim.screen(try enclosure().update)
  }

  /// A home for the update from which it is lent: it has too many parts to copy for every claim.
  private final class Enclosed {
    let update: PolicyUpdate<FloatBall>
    init(_ update: PolicyUpdate<FloatBall>) { self.update = update }
  }

  private func enclosure() throws(EvaluationFailure) -> Enclosed {
    if let enclosed { return enclosed }
    let update = Enclosed(
      try PolicyUpdate(enclosing: evaluator, from: input.current, to: input.candidate))
    enclosed = update
    return update
  }

  /// The update in rational numbers.
  public func exactUpdate() throws(EvaluationFailure) -> PolicyUpdate<Rational> {
    if let exact { return exact }
    let update = try PolicyUpdate(
      exactly: evaluator, from: input.current, to: input.candidate)
    exact = update
    return update
  }

  /// The finding of a claim in rational numbers, with logarithms in balls whose precision doubles
  /// until the claim is decided.
  public func decide(_ claim: any Claim) throws(EvaluationFailure) -> Finding<ExactReal> {
    let update = try exactUpdate()
    var finding = claim.decide(update)
    var precision = Ball.workingPrecision
    while finding.verdict == .undecided, precision < Self.precisionLimit {
      precision *= 2
      finding = Ball.$workingPrecision.withValue(precision) { claim.decide(update.sharpened()) }
    }
    return finding
  }

  /// The most bits of precision for logarithms.
  private static let precisionLimit = 4096
}

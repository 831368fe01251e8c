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
  private var enclosed: PolicyUpdate<FloatBall>?
  private var exact: PolicyUpdate<Rational>?
  private var verifier: UpdateVerifier?

  public init(_ input: UpdateInput) {
    self.input = input
    evaluator = PolicyEvaluator(input.mdp)
  }

  /// The update in float balls.
  public func enclosedUpdate() throws(EvaluationFailure) -> PolicyUpdate<FloatBall> {
    if let enclosed { return enclosed }
    let update = PolicyUpdate(
      current: try evaluator.enclose(input.current),
      candidate: try evaluator.enclose(input.candidate),
      isUnchanged: input.current.agreement(with: input.candidate))
    enclosed = update
    return update
  }

  /// The update in rational numbers.
  public func exactUpdate() throws(EvaluationFailure) -> PolicyUpdate<Rational> {
    if let exact { return exact }
    let update = PolicyUpdate(
      current: try evaluator.solveExactly(input.current),
      candidate: try evaluator.solveExactly(input.candidate))
    exact = update
    return update
  }

  /// The verdict of a claim, by the dearest arithmetic that it takes.
  public func decide(_ claim: any Claim) throws(EvaluationFailure) -> ClaimResult {
    let verifier = verifier ?? UpdateVerifier(evaluator, arithmetic: .auto)
    self.verifier = verifier
    return try verifier.check(
      from: NamedPolicy(name: "current", policy: input.current),
      to: NamedPolicy(name: "candidate", policy: input.candidate), claims: [claim]
    ).claims[0]
  }
}

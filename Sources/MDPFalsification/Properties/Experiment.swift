public import MonotoneArithmetic
public import MDPGuarantees
internal import MDPCore
public import MDPSolvers
public import MDPTesting

/// An input at work: what its properties need is computed when the first of them asks for it.
public final class Experiment {
  /// The model and the policies.
  public let input: UpdateInput
  /// The proofs about its update.
  public let ladder: ProofLadder

  public init(_ input: UpdateInput) {
    self.input = input
    ladder = ProofLadder(
      PolicyEvaluator(input.mdp), from: input.current, to: input.candidate)
  }

  /// Evaluates policies of the model.
  public var evaluator: PolicyEvaluator { ladder.evaluator }

  /// The update in float balls; nil where its numbers leave the range of float64.
  public func representableUpdate() -> PolicyUpdate<FloatBall>? { try? ladder.enclosed() }
}

internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPCore
internal import MDPSolvers
internal import MDPTesting

/// An input at work: what its properties need is computed when the first of them asks for it.
final class Experiment {
  /// The model and the policies.
  let input: UpdateInput
  /// The proofs about its update.
  let ladder: ProofLadder

  init(_ input: UpdateInput) {
    self.input = input
    ladder = ProofLadder(
      PolicyEvaluator(input.mdp), from: input.current, to: input.candidate)
  }

  /// Evaluates policies of the model.
  var evaluator: PolicyEvaluator { ladder.evaluator }

  /// The update in float balls; nil where its numbers leave the range of float64.
  func representableUpdate() -> PolicyUpdate<FloatBall>? { try? ladder.enclosed() }
}

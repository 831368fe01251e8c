public import Arithmetic
internal import LinearAlgebra
public import MDPCore

/// An optimal deterministic policy, with the residual that says how optimal.
///
/// Howard's policy iteration: evaluate, then in every state move to the action of the largest
/// advantage, until no advantage exceeds the error bound of the evaluation. Terminates: each
/// round improves the return strictly, and there are finitely many deterministic policies.
///
/// Source: Howard 1960; Puterman 1994, §6.4. Complexity: a policy evaluation a round.
public struct OptimalPolicy: Sendable {
  /// The pair taken in each state; nil at terminal states.
  public let choice: [Int?]
  /// Its evaluation.
  public let evaluation: PolicyEvaluation<TrackedDouble>
  /// max over pairs of A: how far any single action could still improve; 0 when optimal.
  public let optimalityResidual: TrackedDouble
  /// Evaluations made.
  public let iterations: Int

  /// The policy as exact zeros and ones.
  public var policy: ExactPolicy {
    ExactPolicy.deterministic(evaluation.mdp.space) { choice[$0] ?? -1 }
  }

  /// Solves the model of a document.
  ///
  /// - Throws: ``EvaluationFailure``.
  public init(_ evaluator: PolicyEvaluator) throws(EvaluationFailure) {
    let space = evaluator.space
    var choice: [Int?] = space.states.indices.map { space.pairs(of: $0).first }
    var iterations = 0
    while true {
      let evaluation = try evaluator.evaluate(
        ExactPolicy.deterministic(space) { choice[$0] ?? -1 })
      iterations += 1
      let improved = GreedyChoice.improve(choice, by: evaluation)
      guard improved != choice else {
        self.choice = choice
        self.evaluation = evaluation
        self.iterations = iterations
        optimalityResidual = evaluation.advantages.reduce(.zero) { TrackedDouble.maximum($0, $1) }
        return
      }
      choice = improved
    }
  }
}

/// Greedy choices by advantage, with float64 ties settled by the error bound.
enum GreedyChoice {
  /// The first pair of each state whose action value reaches the best within the error bound.
  static func greedy(_ evaluation: PolicyEvaluation<TrackedDouble>) -> [Int?] {
    let space = evaluation.mdp.space
    return space.states.indices.map { state in
      let pairs = space.pairs(of: state)
      guard let best = pairs.map({ evaluation.actionValues[$0].value }).max() else { return nil }
      // Where float64 knows nothing of the error, only the numbers themselves are left to compare.
      return pairs.first {
        let candidate = evaluation.actionValues[$0]
        return candidate.value >= best - 2 * candidate.error
      } ?? pairs.first { evaluation.actionValues[$0].value == best } ?? pairs.first
    }
  }

  /// The best pair of each state where it beats the present one by more than the error bound.
  static func improve(
    _ choice: [Int?], by evaluation: PolicyEvaluation<TrackedDouble>
  ) -> [Int?] {
    let space = evaluation.mdp.space
    return space.states.indices.map { state in
      var best = choice[state]
      var bestAdvantage = 0.0
      for pair in space.pairs(of: state) {
        let advantage = evaluation.advantages[pair]
        if advantage.value > bestAdvantage + 2 * advantage.error {
          (best, bestAdvantage) = (pair, advantage.value)
        }
      }
      return best
    }
  }
}

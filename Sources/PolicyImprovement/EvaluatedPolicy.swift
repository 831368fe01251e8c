public import Arithmetic
internal import Guarantees
public import MDPCore
public import MDPSolvers

/// A policy and what float64 knows of it: where a step starts.
public struct EvaluatedPolicy: Sendable {
  /// π.
  public let policy: ExactPolicy
  /// V, Q, A, ρ, η of π with their error bounds.
  public let evaluation: PolicyEvaluation<TrackedDouble>

  public init(policy: ExactPolicy, evaluation: PolicyEvaluation<TrackedDouble>) {
    self.policy = policy
    self.evaluation = evaluation
  }
}

extension EvaluatedPolicy {
  /// S, A and the available pairs.
  var space: StateActionSpace { policy.space }

  /// γ.
  var discount: Double { evaluation.mdp.discount.value }

  /// ρ(s).
  func visitation(_ state: Int) -> Double { evaluation.stateVisitation.mass[state].value }

  /// Whether π ever visits a state.
  func isVisited(_ state: Int) -> Bool { evaluation.stateVisitation.isVisited[state] }

  /// C = 4 ε_max γ / (1−γ)².
  var penaltyCoefficient: Double { evaluation.penaltyCoefficient.value }
}

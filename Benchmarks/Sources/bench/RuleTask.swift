import MonotoneArithmetic
import MDPCore
import MDPSolvers
import MDPTesting
import PolicyImprovement

/// One step of an improvement rule on 500 states with six actions, against the float64 evaluation
/// of the policy that it starts from (V, ρ, Q and A, without error bounds).
final class RuleTask {
  private let model: FiniteMDP<Double>
  private let policy: TabularPolicy<Double>
  private let start: EvaluatedPolicy
  private var solver = PolicySolver()

  init() throws {
    let document = Garnet.generate(
      GarnetConfiguration(states: 500, actions: 6, branching: 10, seed: 1))
    let random = ExactPolicy.random(document.space, seed: 1)
    model = try FiniteMDP<Double>(document)
    policy = random.map { $0.doubleValue }
    start = EvaluatedPolicy(
      policy: random, evaluation: try PolicyEvaluator(document).evaluate(random))
    try solver.solve(model, policy)
    solver.backUp(model)
  }

  func evaluate() throws -> Double {
    try seconds {
      try solver.solve(model, policy)
      solver.backUp(model)
    }
  }

  /// The step, from the evaluation to the exact policy.
  func propose(_ rule: String) throws -> Double {
    guard let rule = RuleCatalogue.rule(rule) else { fatalError("unknown rule \(rule)") }
    return try seconds { _ = try rule.propose(from: start) }
  }
}

import MonotoneArithmetic
import MDPCore
import MDPSolvers
import MDPTesting
import Testing

@testable import MDPGuarantees

/// What an inaccurate solution does to ``BellmanResidual``: never a refutation that is none.
@Suite("Bellman residual")
struct BellmanResidualTests {
  /// Where every state stays, I − γP has entries 1 − γ alone, which float64 rounds coarsely: the
  /// solution is as good as that rounding, not as good as the tiny norm would have it.
  @Test("A bandit near γ = 1 is solved stably", arguments: ["0.999999", "0.999999999"])
  func bandit(discount: String) throws {
    let document = Updates.deterministic(
      next: [[0, 0]], rewards: [[Rational(1), Rational(3)]],
      discount: try ExactNumber(parsing: discount).rational)
    let update = try Updates.tracked(
      document, .uniform(document.space),
      Updates.constant(document.space, [Rational(0), Rational(1)]))
    #expect(BellmanResidual().check(update).verdict == .holds)
  }

  @Test("A bad solution is found out in float64, and refutes nothing in balls")
  func corruption() throws {
    let document = try Updates.garnet(seed: 5, discount: "0.9")
    let policy = ExactPolicy.uniform(document.space)
    var solver = PolicySolver()
    try solver.solve(try FiniteMDP<Double>(document), policy.map { $0.doubleValue })
    var solution = solver.solution
    solution.stateValues[3] += 1e-6
    solution.stateVisitation[2] -= 1e-6
    let tracked = PolicyEvaluation(
      enclosing: solution, mdp: try FiniteMDP<TrackedDouble>(document),
      policy: policy.map { TrackedDouble(value: $0.doubleValue, error: $0.approximationError) })
    let certified = PolicyEvaluation(
      enclosing: solution, mdp: try FiniteMDP<Ball>(document), policy: policy.map { Ball($0) })
    let check = BellmanResidual()
    #expect(
      check.check(PolicyUpdate(current: tracked, candidate: tracked)).verdict == .violated)
    // The radius covers the fault, and is too large for a comparison within it to mean anything.
    let update = PolicyUpdate(current: certified, candidate: certified)
    #expect(check.check(update).verdict == .consistent)
    #expect(update.decide(check).verdict == .undecided)
  }
}

import MonotoneArithmetic
import MDPCore
import MDPTesting
import TestSupport
import Testing

@testable import MDPSolvers

/// The three rigours on one model: the exact one against rational elimination in the test, the
/// certified ones against the exact one.
@Suite("Exact and certified evaluation")
struct RigourTests {
  private func model(_ seed: Int, discount: String) throws -> MDPDocument {
    Garnet.generate(
      GarnetConfiguration(
        states: 4 + seed % 5, actions: 1 + seed % 3, branching: 1 + seed % 3, seed: UInt64(seed),
        discount: try ExactNumber(parsing: discount), rewards: GarnetRewards.allCases[seed % 4],
        resolution: 97))
  }

  @Test(
    "The exact solution is that of elimination, and its residual is exactly zero", arguments: 1...8)
  func exact(seed: Int) throws {
    let document = try model(seed, discount: "9/10")
    let policy = ExactPolicy.random(document.space, seed: UInt64(seed))
    let evaluation = try PolicyEvaluator(document).solveExactly(policy)
    let reference = ExactReference(document, policy)
    #expect(evaluation.stateValues == reference.stateValues)
    #expect(evaluation.stateVisitation.mass == reference.stateVisitation)
    #expect(evaluation.stateVisitation.massError == Rational(0))
    #expect(evaluation.valueAccuracy.backwardError == 0)
  }

  @Test("Terminal states and lifting give the same as elimination")
  func larger() throws {
    let document = TestModels.decay(
      fall: Rational(numerator: 1, denominator: 7),
      discount: Rational(numerator: 2, denominator: 3),
      terminal: true)
    let small = try PolicyEvaluator(document).solveExactly(.uniform(document.space))
    let reference = ExactReference(document, .uniform(document.space))
    #expect(small.stateValues == reference.stateValues)
    #expect(small.stateVisitation.mass == reference.stateVisitation)
    // Beyond the order from which FLINT lifts.
    let cycle = TestModels.cycle(length: 40, discount: Rational(numerator: 1, denominator: 2))
    let lifted = try PolicyEvaluator(cycle).solveExactly(.uniform(cycle.space))
    #expect(lifted.stateValues == ExactReference(cycle, .uniform(cycle.space)).stateValues)
  }

  @Test(
    "Enclosures contain the exact solution, and refinement makes them sharp",
    arguments: ["1/2", "0.99", "0.999999", "0.999999999"])
  func enclosures(discount: String) throws {
    for seed in 1...6 {
      let document = try model(seed, discount: discount)
      let policy = ExactPolicy.random(document.space, seed: UInt64(seed))
      let evaluator = PolicyEvaluator(document)
      let exact = try evaluator.solveExactly(policy)
      let certified = try evaluator.certify(policy)
      let refined = try evaluator.refine(policy)
      for state in document.space.states.indices {
        #expect(certified.stateValues[state].contains(exact.stateValues[state]))
        #expect(certified.stateVisitation[state].contains(exact.stateVisitation.mass[state]))
        #expect(refined.stateValues[state].contains(exact.stateValues[state]))
        #expect(refined.stateVisitation[state].contains(exact.stateVisitation.mass[state]))
        let size = max(1, abs(exact.stateValues[state].doubleValue))
        let width = (refined.stateValues[state] - refined.stateValues[state].midpoint).magnitude
        #expect(width.approximation < 1e-18 * size && width.radius < 1e-18 * size)
      }
      for pair in 0..<document.space.pairCount {
        #expect(certified.advantages[pair].contains(exact.advantages[pair]))
        #expect(refined.advantages[pair].contains(exact.advantages[pair]))
      }
      #expect(certified.expectedReturn.contains(exact.expectedReturn))
    }
  }

  /// The claimed radius covers the distance to the true solution: moving a solution by its radius
  /// and a little more in the worst direction must widen the radius with it.
  @Test("A solution moved by more than its radius claims a larger radius", arguments: 1...6)
  func soundness(seed: Int) throws {
    let document = try model(seed, discount: "0.99")
    let policy = ExactPolicy.random(document.space, seed: UInt64(seed))
    let exact = try PolicyEvaluator(document).solveExactly(policy)
    let model = try FiniteMDP<Double>(document)
    var solver = PolicySolver()
    try solver.solve(model, policy.map { $0.doubleValue })
    let tracked = try FiniteMDP<TrackedDouble>(document)
    let floats = try policy.map { try TrackedDouble(ExactNumber($0)) }
    let honest = PolicyEvaluation(enclosing: solver.solution, mdp: tracked, policy: floats)
    // The constant direction is the worst: (I − γP) maps it to 1 − γ times itself.
    let shift = honest.valueAccuracy.errorBound * 2.02
    var moved = solver.solution
    for state in moved.stateValues.indices { moved.stateValues[state] += shift }
    let enclosed = PolicyEvaluation(enclosing: moved, mdp: tracked, policy: floats)
    #expect(enclosed.valueAccuracy.errorBound > honest.valueAccuracy.errorBound)
    for state in document.space.states.indices {
      let distance =
        (Rational(finite: enclosed.stateValues[state].value) - exact.stateValues[state])
        .magnitude
      #expect(distance <= Rational(finite: enclosed.stateValues[state].error))
    }
  }
}

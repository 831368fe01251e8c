import MonotoneArithmetic
import MDPCore
import MDPTesting
import Testing

@testable import MDPSolvers

/// Models whose numbers are float balls because they are large, against exact values.
@Suite("Large models")
struct LargeModelTests {
  @Test(
    "Enclosures without a model of tracked numbers hold the exact values, as narrow as float64 allows",
    arguments: 1...4)
  func enclosure(seed: Int) throws {
    let document = Garnet.generate(
      GarnetConfiguration(states: 40, actions: 3, branching: 4, seed: UInt64(seed)))
    let policy = ExactPolicy.random(document.space, seed: 7)
    let evaluator = PolicyEvaluator(document, mostBallTransitions: 100)
    #expect(evaluator.isLarge && !PolicyEvaluator(document).isLarge)
    let exact = try PolicyEvaluator(document).solveExactly(policy)
    let alone = try evaluator.enclose(policy)
    try expect(alone, encloses: exact)
    #expect(alone.valueAccuracy.errorBound < 1e-11 * alone.valueAccuracy.solutionNorm)
    #expect(alone.visitationAccuracy.errorBound < 1e-11 * alone.visitationAccuracy.solutionNorm)
    // An enclosure that float64 made already is carried over.
    let other = PolicyEvaluator(document, mostBallTransitions: 100)
    let tracked = try other.evaluate(policy)
    let carried = try other.enclose(policy)
    #expect(carried.stateValues.map(\.approximation) == tracked.stateValues.map(\.value))
    try expect(carried, encloses: exact)
  }

  private func expect(
    _ balls: PolicyEvaluation<FloatBall>, encloses exact: PolicyEvaluation<Rational>
  ) throws {
    let visits = exact.stateVisitation
    for (found, truth) in [
      (balls.stateValues, exact.stateValues), (balls.actionValues, exact.actionValues),
      (balls.advantages, exact.advantages),
      (visits.mass.indices.map { balls.stateVisitation[$0] }, visits.mass),
      ([balls.expectedReturn], [exact.expectedReturn]),
    ] {
      for (ball, number) in zip(found, truth) {
        let middle = try #require(Rational(exactly: ball.approximation))
        let radius = try #require(Rational(exactly: ball.radius))
        #expect((middle - number).magnitude <= radius)
      }
    }
  }

  @Test("Policies of equal weights share the memory of their numbers, each with its own total")
  func shares() {
    let space = Garnet.generate(
      GarnetConfiguration(states: 5, actions: 2, branching: 2, seed: 1)
    ).space
    let policy = ExactPolicy.fromWeights(space) { $0 == 3 ? 2 : 1 }
    let half = Rational(numerator: 1, denominator: 2)
    let thirds = [1, 2].map { Rational(numerator: $0, denominator: 3) }
    #expect(Array(policy.probabilities[..<6]) == [half, half, thirds[0], thirds[1], half, half])
  }
}

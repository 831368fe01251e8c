import MonotoneArithmetic
import MonotoneLinearAlgebra
import MDPCore
import MDPTesting
import TestSupport
import Testing

@testable import MDPSolvers

@Suite("Sparse systems")
struct SparseSolverTests {
  /// Beyond 2,000 states: 0 → 1 → … → n−1 → 0, values known in closed form.
  @Test("A long cycle has the closed form γ^k/(1 − γ^n)")
  func cycle() throws {
    let (length, discount) = (2_500, 0.999)
    let document = TestModels.cycle(
      length: length, discount: Rational(numerator: 999, denominator: 1000))
    let evaluator = PolicyEvaluator(document)
    let evaluation = try evaluator.evaluate(.uniform(document.space))
    var visits = 1 / (1 - (0..<length).reduce(1.0) { power, _ in power * discount })
    for state in 0..<length {
      let found = evaluation.stateVisitation.mass[state].value
      #expect(abs(found - visits) <= evaluation.visitationAccuracy.errorBound + 1e-12)
      visits *= discount
    }
    #expect(evaluation.valueAccuracy.isStable && evaluation.visitationAccuracy.isStable)
    #expect(evaluation.valueAccuracy.isMeaningful)
    // Sparse systems have no estimate of their condition, and are not solved again to find that.
    #expect(try evaluator.reciprocalCondition(.uniform(document.space)) == nil)
  }

  @Test("A sparse random model agrees with elimination")
  func garnet() throws {
    let document = Garnet.generate(
      GarnetConfiguration(
        states: 2_100, actions: 2, branching: 3, seed: 1,
        discount: ExactNumber(numerator: 99, denominator: 100)))
    let model = try FiniteMDP<Double>(document)
    let policy = ExactPolicy.uniform(document.space).map { $0.doubleValue }
    var iterated = PolicySolver()
    try iterated.solve(model, policy)
    #expect(iterated.reciprocalCondition == nil)
    let system = try DenseLU(order: 2_100)
    system.withMatrix { target in
      for state in 0..<2_100 {
        var row = FullChainRow<Double>(count: 2_100)
        model.addChainRow(of: state, under: policy, times: -0.99, to: &row)
        row.numbers[state] += 1
        for column in 0..<2_100 { target[state * 2_100 + column] = row.numbers[column] }
      }
    }
    try system.factor()
    var values = (0..<2_100).map { model.chainReward(of: $0, under: policy) }
    system.solve(&values)
    var visits = model.initial
    system.solveTransposed(&visits)
    // Values are at most 100; both ways are backward stable with condition at most 200.
    for state in 0..<2_100 {
      #expect(abs(iterated.stateValues[state] - values[state]) < 1e-8)
      #expect(abs(iterated.stateVisitation[state] - visits[state]) < 1e-8)
    }
  }

  /// A walk that drifts is nearly triangular, and iteration breaks down on it.
  @Test("A walk that drifts has the values of its tridiagonal system", arguments: [5, 9, 10])
  func drift(tenths: Int) throws {
    let length = 2_500
    let document = TestModels.drift(
      length: length, right: Rational(numerator: tenths, denominator: 10),
      discount: Rational(numerator: 999, denominator: 1000))
    let evaluation = try PolicyEvaluator(document).evaluate(.uniform(document.space))
    #expect(evaluation.valueAccuracy.isStable && evaluation.visitationAccuracy.isStable)
    #expect(evaluation.valueAccuracy.isMeaningful && evaluation.visitationAccuracy.isMeaningful)
    let expected = Self.values(length: length, right: Double(tenths) / 10, discount: 0.999)
    for state in 0..<length {
      // Both are backward stable, with condition at most 2000, and values at most 1000.
      #expect(abs(evaluation.stateValues[state].value - expected[state]) <= 1e-8)
    }
    #expect(abs(evaluation.stateVisitation.total.value - 1000) <= 1e-7)
    #expect(
      abs(evaluation.expectedReturn.value - evaluation.stateVisitation.mass[0].value) <= 1e-7)
  }

  /// V of `TestModels.drift` by elimination along the diagonal (Thomas).
  private static func values(length: Int, right: Double, discount: Double) -> [Double] {
    let left = 1 - right
    var diagonal = [Double](repeating: 1, count: length)
    diagonal[0] -= discount * left
    diagonal[length - 1] -= discount * right
    var side = [Double](repeating: 0, count: length)
    side[0] = 1
    for state in 1..<length {
      let factor = discount * left / diagonal[state - 1]
      diagonal[state] -= factor * discount * right
      side[state] += factor * side[state - 1]
    }
    var values = side
    values[length - 1] /= diagonal[length - 1]
    for state in (0..<length - 1).reversed() {
      values[state] = (side[state] + discount * right * values[state + 1]) / diagonal[state]
    }
    return values
  }
}

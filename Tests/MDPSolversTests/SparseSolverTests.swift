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
    // Iteration stagnates on a cycle, so this was eliminated, which leaves a condition estimate.
    #expect(try evaluator.reciprocalCondition(.uniform(document.space)) != nil)
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
    let chain = SparseChain(model, policy)
    var identity = [Double](repeating: 0, count: 2_100)
    var matrix = [Double](repeating: 0, count: 2_100 * 2_100)
    var column = identity
    for index in 0..<2_100 {
      identity[index] = 1
      chain.apply(identity, into: &column)
      identity[index] = 0
      for row in 0..<2_100 where column[row] != 0 { matrix[row * 2_100 + index] = column[row] }
    }
    let system = try DenseLU(order: 2_100)
    system.withMatrix { target in _ = target.update(from: matrix) }
    try system.factor()
    var values = chain.reward
    system.solve(&values)
    var visits = chain.initial
    system.solveTransposed(&visits)
    // Values are at most 100; both ways are backward stable with condition at most 200.
    for state in 0..<2_100 {
      #expect(abs(iterated.stateValues[state] - values[state]) < 1e-8)
      #expect(abs(iterated.stateVisitation[state] - visits[state]) < 1e-8)
    }
  }
}

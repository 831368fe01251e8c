import MonotoneArithmetic
import MDPCore
import MDPTesting
import Testing

@testable import MDPSolvers

/// Evaluations that are asked for again.
@Suite struct EvaluationCacheTests {
  private static let model = Garnet.generate(
    GarnetConfiguration(states: 5, actions: 2, branching: 3, seed: 1))

  /// Where the numbers of V stand: the same place means that they were not computed again.
  private static func place<Number>(_ evaluation: PolicyEvaluation<Number>) -> UnsafeRawPointer? {
    evaluation.stateValues.withUnsafeBytes { $0.baseAddress }
  }

  /// The evaluations of a policy on every rung.
  private struct Rungs {
    let float: PolicyEvaluation<TrackedDouble>
    let floatBalls: PolicyEvaluation<FloatBall>
    let balls: PolicyEvaluation<Ball>
    let refined: PolicyEvaluation<Ball>
    let exact: PolicyEvaluation<Rational>

    init(_ evaluator: PolicyEvaluator, _ policy: ExactPolicy) throws {
      float = try evaluator.evaluate(policy)
      floatBalls = try evaluator.enclose(policy)
      balls = try evaluator.certify(policy)
      refined = try evaluator.refine(policy)
      exact = try evaluator.solveExactly(policy)
    }

    var places: [UnsafeRawPointer?] {
      [place(float), place(floatBalls), place(balls), place(refined), place(exact)]
    }
  }

  @Test("A policy is evaluated once on each rung, whoever asks and however it was made")
  func once() throws {
    let evaluator = PolicyEvaluator(Self.model)
    let first = try Rungs(evaluator, .random(Self.model.space, seed: 1))
    _ = try Rungs(evaluator, .random(Self.model.space, seed: 2))
    let again = try Rungs(evaluator, .random(Self.model.space, seed: 1))
    #expect(first.places == again.places)
    #expect(Set(first.places).count == 5)
  }

  @Test("Balls of another precision are other balls")
  func precision() throws {
    let evaluator = PolicyEvaluator(Self.model)
    let policy = ExactPolicy.uniform(Self.model.space)
    let coarse = try evaluator.refine(policy)
    let fine = try Ball.$workingPrecision.withValue(256) { try evaluator.refine(policy) }
    #expect(fine.stateValues[0].precision == 256 && coarse.stateValues[0].precision == 128)
    #expect(try evaluator.refine(policy).stateValues[0].precision == 128)
  }

  @Test("What was not asked for lately is forgotten, and right when it is asked for again")
  func forgotten() throws {
    let evaluator = PolicyEvaluator(Self.model)
    let policy = ExactPolicy.random(Self.model.space, seed: 1)
    let first = try evaluator.solveExactly(policy)
    var others: [PolicyEvaluation<Rational>] = []
    for seed in 2...40 {
      others.append(try evaluator.solveExactly(.random(Self.model.space, seed: UInt64(seed))))
    }
    let again = try evaluator.solveExactly(policy)
    #expect(Self.place(first) != Self.place(again))
    #expect(first.stateValues == again.stateValues)
    #expect(Set(others.map { $0.expectedReturn }).count == others.count)
  }

  @Test("A failure of float64 is the failure again, and no obstacle to exact numbers")
  func failures() throws {
    var model = Self.model
    model.actionRewards = ExactNumberArray(
      model.actionRewards.map { _ in ExactNumber(Rational(finite: 1e308)) })
    model.discount = try ExactNumber(parsing: "0.999")
    let evaluator = PolicyEvaluator(model)
    let policy = ExactPolicy.uniform(model.space)
    for _ in 0..<2 {
      #expect(throws: EvaluationFailure.solver(.overflow)) { try evaluator.evaluate(policy) }
      #expect(try evaluator.solveExactly(policy).expectedReturn.isPositive == .yes)
    }
  }
}

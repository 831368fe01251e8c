import MonotoneArithmetic
import MonotoneLinearAlgebra
import MDPCore
import MDPTesting
import TestSupport
import Testing

@testable import MDPSolvers

@Suite("Policy evaluation")
struct PolicyEvaluationTests {
  private func q(_ numerator: Int, _ denominator: Int = 1) -> Rational {
    Rational(numerator: numerator, denominator: denominator)
  }

  /// The claimed error covers the true one, and is small enough to be of use.
  private func expect(
    _ value: TrackedDouble, is exact: Rational, within relative: Double = 1e-12,
    _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = (Rational(finite: value.value) - exact).magnitude
    #expect(error <= Rational(finite: value.error), comment, sourceLocation: sourceLocation)
    #expect(
      value.error <= relative * max(1, abs(value.value)), comment, sourceLocation: sourceLocation)
  }

  @Test("A decaying state has the closed form 1/(1 − γ(1 − p))", arguments: [true, false])
  func decay(terminal: Bool) throws {
    let (fall, discount) = (q(1, 3), q(9, 10))
    let document = TestModels.decay(fall: fall, discount: discount, terminal: terminal)
    let evaluation = try PolicyEvaluator(document).evaluate(.uniform(document.space))
    let value = q(1) / (q(1) - discount * (q(1) - fall))
    expect(evaluation.stateValues[0], is: value)
    expect(evaluation.stateValues[1], is: q(0))
    expect(evaluation.expectedReturn, is: value)
    expect(evaluation.stateVisitation[0], is: value)
    expect(evaluation.stateVisitation[1], is: q(1) / (q(1) - discount) - value)
    expect(evaluation.stateVisitation.total, is: q(10))
  }

  @Test("A cycle has the closed forms γ^k/(1 − γ^n)", arguments: [1, 2, 7])
  func cycle(length: Int) throws {
    let discount = q(4, 5)
    let document = TestModels.cycle(length: length, discount: discount)
    let evaluation = try PolicyEvaluator(document).evaluate(.uniform(document.space))
    var power = q(1)
    for _ in 0..<length { power = power * discount }
    var visits = q(1) / (q(1) - power)
    expect(evaluation.expectedReturn, is: visits)
    for state in 0..<length {
      expect(evaluation.stateVisitation[state], is: visits)
      visits = visits * discount
    }
  }

  @Test("Random models agree with elimination over the rationals", arguments: 1...12)
  func garnets(seed: Int) throws {
    let discounts = [q(0), q(1, 2), q(9, 10), q(999, 1000)]
    let document = Garnet.generate(
      GarnetConfiguration(
        states: 3 + seed % 5, actions: 1 + seed % 3, branching: 1 + seed % 3, seed: UInt64(seed),
        discount: ExactNumber(discounts[seed % 4]),
        rewards: GarnetRewards.allCases[seed % 4], resolution: 97))
    let policy = ExactPolicy.random(document.space, seed: UInt64(seed))
    let evaluation = try PolicyEvaluator(document).evaluate(policy)
    let reference = ExactReference(document, policy)
    for state in document.space.states.indices {
      expect(evaluation.stateValues[state], is: reference.stateValues[state], within: 1e-9)
      expect(evaluation.stateVisitation[state], is: reference.stateVisitation[state], within: 1e-9)
    }
    #expect(evaluation.valueAccuracy.isStable && evaluation.visitationAccuracy.isStable)
    #expect(evaluation.valueAccuracy.isMeaningful && evaluation.visitationAccuracy.isMeaningful)
  }

  @Test("A solution moved by a millionth is found out")
  func corruption() throws {
    let document = Garnet.generate(
      GarnetConfiguration(states: 6, actions: 2, branching: 3, seed: 5))
    let policy = ExactPolicy.uniform(document.space)
    let model = try FiniteMDP<Double>(document)
    var solver = PolicySolver()
    try solver.solve(model, policy.map { $0.doubleValue })
    var solution = solver.solution
    solution.stateValues[3] += 1e-6
    solution.stateVisitation[2] -= 1e-6
    let evaluation = PolicyEvaluation(
      enclosing: solution, mdp: try FiniteMDP<TrackedDouble>(document),
      policy: policy.map { TrackedDouble(value: $0.doubleValue, error: 1e-16) })
    #expect(!evaluation.valueAccuracy.isStable)
    #expect(!evaluation.visitationAccuracy.isStable)
    // The enclosure still covers the truth: a bad solution costs width, not soundness.
    let reference = ExactReference(document, policy)
    expect(evaluation.stateValues[3], is: reference.stateValues[3], within: 1e-3)
    expect(evaluation.stateVisitation[2], is: reference.stateVisitation[2], within: 1e-3)
  }

  @Test(
    "States that hardly ever leave are solved stably at any discount",
    arguments: [10, 1000, 1_000_000])
  func loops(horizon: Int) throws {
    // I − γP is of the size of 1 − γ, formed with roundings of the size of 1.
    let (discount, slip) = (q(horizon - 1, horizon), q(1, 2 * horizon))
    for reward in 1...40 {
      let model = TestModels.model(
        states: 2, actions: [1, 1], start: [q(1, 2), q(1, 2)], next: [[0, 1], [0, 1]],
        probability: [[q(1) - slip, slip], [slip, q(1) - slip]],
        reward: [q(reward, 100), q(-reward, 700)], discount: discount)
      let evaluation = try PolicyEvaluator(model).evaluate(.uniform(model.space))
      #expect(evaluation.valueAccuracy.isStable && evaluation.visitationAccuracy.isStable)
      let exact = ExactReference(model, .uniform(model.space)).stateValues[0].doubleValue
      let value = evaluation.stateValues[0]
      #expect(abs(value.value - exact) <= value.error + exact.ulp)
    }
  }

  @Test("The reciprocal condition of a chain without motion is 1")
  func condition() throws {
    let document = TestModels.cycle(length: 1, discount: q(9, 10))
    let evaluator = PolicyEvaluator(document)
    let condition = try #require(try evaluator.reciprocalCondition(.uniform(document.space)))
    #expect(abs(condition - 1) < 1e-12)
  }

  @Test("A ready matrix gives what the model gives")
  func chain() throws {
    let document = Garnet.generate(
      GarnetConfiguration(states: 7, actions: 2, branching: 4, seed: 8))
    let policy = ExactPolicy.random(document.space, seed: 8)
    let model = try FiniteMDP<Double>(document)
    let floats = policy.map { $0.doubleValue }
    var matrix = [Double](repeating: 0, count: 49)
    var reward = [Double](repeating: 0, count: 7)
    for state in 0..<7 {
      for pair in document.space.pairs(of: state) {
        reward[state] += floats[pair] * model.expectedReward[pair]
        for entry in model.transitions.entries(ofRow: pair) {
          matrix[state * 7 + Int(model.transitions.columns[entry])] +=
            floats[pair] * model.transitions.values[entry]
        }
      }
    }
    var chain = try ChainSolver(order: 7)
    try matrix.withUnsafeBufferPointer {
      try chain.solve(
        transition: $0, reward: reward, initial: model.initial, discount: model.discount)
    }
    let reference = ExactReference(document, policy)
    for state in 0..<7 {
      #expect(abs(chain.stateValues[state] - reference.stateValues[state].doubleValue) < 1e-11)
      #expect(
        abs(chain.stateVisitation[state] - reference.stateVisitation[state].doubleValue) < 1e-11)
    }
  }

  @Test("A number beyond float64 is refused, not rounded to infinity")
  func range() throws {
    var document = TestModels.cycle(length: 2, discount: q(1, 2))
    let huge = try ExactNumber(parsing: "1e400")
    document.actionRewards = ExactNumberArray([huge, ExactNumber(0)])
    let expected = EvaluationFailure.range(
      NumberOutOfRange(number: huge.excerpt, direction: "overflows"))
    #expect(throws: expected) {
      try PolicyEvaluator(document).evaluate(.uniform(document.space))
    }
  }
}

import MonotoneArithmetic
import MDPCore
import MDPTesting
import TestSupport
import Testing

@testable import MDPSolvers

@Suite("Optimal policies")
struct PolicyIterationTests {
  /// Every deterministic policy of a small model, evaluated over the rationals.
  private func bestReturn(_ document: MDPDocument) -> Rational {
    let space = document.space
    let live = space.liveStates
    var best: Rational?
    var choice = live.map { space.pairs(of: $0).lowerBound }
    while true {
      let policy = ExactPolicy.deterministic(space) { choice[space.livePosition[$0]] }
      let values = ExactReference(document, policy).stateValues
      let total = zip(document.initial, values).reduce(Rational(0)) { $0 + $1.0.rational * $1.1 }
      best = best.map { max($0, total) } ?? total
      guard
        let next = live.indices.last(where: {
          choice[$0] + 1 < space.pairs(of: live[$0]).upperBound
        })
      else { return best ?? Rational(0) }
      choice[next] += 1
      for index in (next + 1)..<live.count {
        choice[index] = space.pairs(of: live[index]).lowerBound
      }
    }
  }

  @Test("Policy iteration finds the best of all deterministic policies", arguments: 1...8)
  func bruteForce(seed: Int) throws {
    let document = Garnet.generate(
      GarnetConfiguration(
        states: 4, actions: 2 + seed % 2, branching: 2, seed: UInt64(seed),
        discount: ExactNumber(numerator: 9, denominator: 10), resolution: 50))
    let optimal = try OptimalPolicy(PolicyEvaluator(document))
    #expect(optimal.isProved && optimal.gap == 0 && optimal.largestAdvantage == 0)
    let values = ExactReference(document, optimal.policy).stateValues
    let value = zip(document.initial, values).reduce(Rational(0)) { $0 + $1.0.rational * $1.1 }
    #expect(value == bestReturn(document))
  }

  @Test("Ties go to the first action, whatever the rounding")
  func ties() throws {
    // Both actions of both states do the same in different ways of writing 1/3 + 2/3.
    let third = Rational(numerator: 1, denominator: 3)
    let document = TestModels.model(
      states: 2, actions: [2, 2], start: [Rational(1), Rational(0)],
      next: [[0, 1], [0, 1], [0, 1], [0, 1]],
      probability: [
        [third, third + third], [third, third + third], [third, third + third],
        [third, third + third],
      ],
      reward: [third, third, third, third], discount: Rational(numerator: 99, denominator: 100))
    let evaluator = PolicyEvaluator(document)
    let optimal = try OptimalPolicy(evaluator)
    #expect(optimal.policy == .deterministic(document.space) { [0, 2][$0] })
    #expect(optimal.isProved && optimal.iterations == 1)
    #expect(try evaluator.evaluate(.uniform(document.space)).greedyPolicy == optimal.policy)
  }
}

@Suite("Policies derived from an evaluation")
struct DerivedPolicyTests {
  private func setUp() throws -> (MDPDocument, ExactPolicy, PolicyEvaluation<TrackedDouble>) {
    let document = Garnet.generate(
      GarnetConfiguration(states: 5, actions: 3, branching: 2, seed: 21))
    let policy = ExactPolicy.random(document.space, seed: 2)
    return (document, policy, try PolicyEvaluator(document).evaluate(policy))
  }

  @Test("A softmax step multiplies odds by exp of the scaled difference of advantages")
  func softmax() throws {
    let (document, policy, evaluation) = try setUp()
    let stepped = evaluation.softmaxStep(0.5, from: policy)
    let largest = evaluation.advantages.map { abs($0.value) }.max() ?? 0
    for state in document.space.liveStates {
      let pairs = document.space.pairs(of: state)
      #expect(pairs.reduce(Rational(0)) { $0 + stepped[$1] } == Rational(1))
      let (a, b) = (pairs.lowerBound, pairs.lowerBound + 1)
      let odds = (stepped[a] / stepped[b]).doubleValue / (policy[a] / policy[b]).doubleValue
      let difference = evaluation.advantages[a].value - evaluation.advantages[b].value
      #expect(abs(odds - Double.exponential(0.5 * difference / largest)) < 1e-6 * odds)
    }
  }

  @Test("Dropping the worst action leaves the others in proportion")
  func drop() throws {
    let (document, policy, evaluation) = try setUp()
    let dropped = evaluation.withoutWorstAction(from: policy)
    for state in document.space.liveStates {
      let pairs = document.space.pairs(of: state)
      let gone = pairs.filter { dropped[$0].isExactlyZero }
      #expect(gone.count == 1)
      #expect(
        pairs.allSatisfy { evaluation.advantages[$0].value >= evaluation.advantages[gone[0]].value }
      )
      let rest = pairs.filter { !dropped[$0].isExactlyZero }
      #expect(dropped[rest[0]] / dropped[rest[1]] == policy[rest[0]] / policy[rest[1]])
    }
  }
}

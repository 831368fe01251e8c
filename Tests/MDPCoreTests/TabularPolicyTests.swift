import MonotoneArithmetic
import TestSupport
import Testing

@testable import MDPCore

/// Policies of the space of ``StateActionSpaceTests``: two, one and three actions in three live states.
@Suite("Policies by state and action")
struct TabularPolicyTests {
  static let space = StateActionSpaceTests.space

  /// The sum over each live state's actions.
  private func sums(_ policy: ExactPolicy) -> [Rational] {
    policy.space.liveStates.map { state in
      policy.space.pairs(of: state).map { policy[$0] }.reduce(Rational(0), +)
    }
  }

  @Test("Uniform, deterministic, by weights")
  func named() throws {
    let uniform = ExactPolicy.uniform(Self.space)
    #expect(
      uniform.probabilities == (try fractions(["1/2", "1/2", "1", "1/3", "1/3", "1/3"])))
    let last = ExactPolicy.deterministic(Self.space) { Self.space.pairs(of: $0).upperBound - 1 }
    #expect(last.probabilities == (try fractions(["0", "1", "1", "0", "0", "1"])))
    let weighted = ExactPolicy.fromWeights(Self.space) { [3, 1, 7, 0, 2, 4][$0] }
    #expect(weighted.probabilities == (try fractions(["3/4", "1/4", "1", "0", "1/3", "2/3"])))
  }

  @Test("A random policy takes every action, sums to 1, and is the seed's")
  func random() {
    let policy = ExactPolicy.random(Self.space, seed: 7)
    #expect(sums(policy) == [Rational](repeating: Rational(1), count: 3))
    for pair in 0..<Self.space.pairCount {
      // Weights from 1 to 1000, and at most two others of 1000 beside it.
      #expect(policy[pair] >= Rational(numerator: 1, denominator: 2001))
    }
    #expect(policy == ExactPolicy.random(Self.space, seed: 7))
    #expect(policy != ExactPolicy.random(Self.space, seed: 8))
  }

  @Test(
    "A mixture acts like the other policy with the probability of the weight",
    arguments: [
      ("0", ["1/2", "1/2", "1", "1/3", "1/3", "1/3"]), ("1", ["0", "1", "1", "0", "0", "1"]),
      ("1/4", ["3/8", "5/8", "1", "1/4", "1/4", "1/2"]),
    ])
  func mixed(_ weight: String, _ expected: [String]) throws {
    let last = ExactPolicy.deterministic(Self.space) { Self.space.pairs(of: $0).upperBound - 1 }
    let mixture = ExactPolicy.uniform(Self.space).mixed(
      with: last, weight: try ExactNumber(parsing: weight).rational)
    #expect(mixture.probabilities == (try fractions(expected)))
  }

  @Test("Agreement is by state, and terminal states always agree")
  func agreement() {
    let uniform = ExactPolicy.uniform(Self.space)
    let other = ExactPolicy.fromWeights(Self.space) { [1, 1, 5, 1, 1, 2][$0] }
    #expect(uniform.agreement(with: other) == [true, true, true, true, true, false])
    #expect(uniform.agreement(with: uniform) == [Bool](repeating: true, count: 6))
  }

  @Test("Floating-point rows are divided by their exact sums")
  func normalising() throws {
    // ¼ + ½ = ¾; a single 3; 2⁻⁶⁰ beside 1 and 1, which float64 would swallow.
    let floats = TabularPolicy<Double>(
      space: Self.space, probabilities: [0.25, 0.5, 3, 0x1p-60, 1, 1])
    let policy = ExactPolicy.normalising(floats)
    let small = 1 << 60
    #expect(Array(policy.probabilities[0..<3]) == (try fractions(["1/3", "2/3", "1"])))
    #expect(policy[3] == Rational(numerator: 1, denominator: 2 * small + 1))
    #expect(policy[4] == Rational(numerator: small, denominator: 2 * small + 1))
    #expect(sums(policy) == [Rational](repeating: Rational(1), count: 3))
    #expect(
      ExactPolicy.normalising(policy.map(\.doubleValue)).map(\.doubleValue)
        == policy.map(\.doubleValue))
  }

  @Test("A mixture weight beyond [0, 1], and policies of two models, are refused")
  func mixingFaults() async {
    let weight = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let uniform = ExactPolicy.uniform(TabularPolicyTests.space)
      _ = uniform.mixed(with: uniform, weight: Rational(numerator: 9, denominator: 8))
    }
    #expect(weight?.errorText.contains("a mixture weight of 9/8 is not in [0, 1]") == true)
    let space = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let other = StateActionSpace(
        states: Names(count: 1), actions: Names(count: 1), isTerminal: [false], pairStart: [0, 1],
        pairAction: [0])
      _ = ExactPolicy.uniform(TabularPolicyTests.space)
        .mixed(with: .uniform(other), weight: Rational(0))
    }
    #expect(space?.errorText.contains("policies of different models cannot be mixed") == true)
  }

  @Test(
    "Too few probabilities, weights without a sum, another state's pair: refused with the numbers")
  func faults() async {
    let count = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = ExactPolicy(space: TabularPolicyTests.space, probabilities: [Rational(1)]) }
    #expect(count?.errorText.contains("1 probabilities for 6 available pairs") == true)
    let weights = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = ExactPolicy.fromWeights(TabularPolicyTests.space) { $0 < 3 ? 1 : 0 } }
    #expect(weights?.errorText.contains("state 5 has weights [0, 0, 0]") == true)
    let pair = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = ExactPolicy.deterministic(TabularPolicyTests.space) { _ in 0 } }
    #expect(pair?.errorText.contains("pair 0 is not one of state 2's") == true)
  }
}

import MonotoneArithmetic
import MonotoneLinearAlgebra
import MDPCore
import MDPTesting
import TestSupport
import Testing

@testable import MDPSolvers

@Suite("Policies that are proved to be near an optimal one")
struct EpsilonOptimalTests {
  private static let one = Rational(1)

  private static func garnet(_ seed: Int, states: Int = 12, discount: Int = 90) -> MDPDocument {
    Garnet.generate(
      GarnetConfiguration(
        states: states, actions: 2 + seed % 3, branching: 3, seed: UInt64(seed),
        discount: ExactNumber(numerator: discount, denominator: 100), resolution: 70))
  }

  /// 0 → 1 → … → n−1, which alone pays 1, for ever; every state may also stay, or go back.
  private static func corridor(_ count: Int) -> MDPDocument {
    let next = (0..<count).flatMap { [[$0], [max($0 - 1, 0)], [min($0 + 1, count - 1)]] }
    return TestModels.model(
      states: count, actions: [Int](repeating: 3, count: count),
      start: (0..<count).map { Rational($0 == 0 ? 1 : 0) }, next: next,
      probability: next.map { _ in [one] },
      reward: (0..<count).flatMap { [Int](repeating: $0 == count - 1 ? 1 : 0, count: 3) }
        .map { Rational($0) },
      discount: Rational(numerator: 999, denominator: 1000))
  }

  private static func optimum(_ document: MDPDocument) throws -> [Rational] {
    let optimal = try OptimalPolicy(PolicyEvaluator(document))
    try #require(optimal.isProved)
    return ExactReference(document, optimal.policy).stateValues
  }

  private static func mean(_ document: MDPDocument, _ values: [Rational]) -> Rational {
    zip(document.initial, values).reduce(Rational(0)) { $0 + $1.0.rational * $1.1 }
  }

  /// Whether what is claimed of a policy is true of its exact values and the optimal ones.
  private static func expectTrue(
    _ document: MDPDocument, _ policy: ExactPolicy, gap: Double, lower: Double, upper: Double
  ) throws {
    let best = try optimum(document)
    let values = ExactReference(document, policy).stateValues
    let bound = try #require(Rational(exactly: gap))
    for state in document.space.liveStates { #expect(best[state] - values[state] <= bound) }
    #expect(try #require(Rational(exactly: lower)) <= mean(document, values))
    #expect(mean(document, best) <= (try #require(Rational(exactly: upper))))
  }

  @Test(
    "Gap and returns are true of the exact values, for a wide gap as for a narrow one",
    arguments: 1...6, [1e-9, 1e-3, 0.5, 20])
  func truth(seed: Int, gap: Double) throws {
    let document = Self.garnet(seed)
    let found = try EpsilonOptimalPolicy(document, within: gap)
    #expect(found.gap <= gap)
    try Self.expectTrue(
      document, found.policy(document.space), gap: found.gap, lower: found.lower,
      upper: found.upper)
  }

  @Test("The bound holds whatever the values are", arguments: 1...12)
  func anyValues(seed: Int) throws {
    let document = Self.garnet(seed, discount: 30 * (1 + seed % 3) + 5)
    let model = try RoundedMDP(document)
    let bellman = BellmanOperator(mdp: model.mdp, work: SharedWork())
    var numbers = SplitMix(UInt64(seed))
    let size = [0.01, 1, 300][seed % 3]
    let values = (0..<12).map { _ in size * (numbers.unit() - 0.5) }
    var (choice, backup) = ([Int](repeating: -1, count: 12), values)
    let error = model.backupError(ofValuesUpTo: values.greatestMagnitude)
    let residuals = bellman.improve(values, choice: &choice, margin: 2 * error, into: &backup)
    let found = OptimalityGap(model, residuals, backup: backup, error: error)
    try Self.expectTrue(
      document, .deterministic(document.space) { choice[$0] }, gap: found.gap,
      lower: found.lower, upper: found.upper)
  }

  @Test("A constant by which values are wrong costs nothing")
  func shifted() throws {
    let document = Self.garnet(3)
    let model = try RoundedMDP(document)
    let best = try Self.optimum(document).map(\.doubleValue)
    let bellman = BellmanOperator(mdp: model.mdp, work: SharedWork())
    for shift in [0.0, 5, -40] {
      var (choice, backup) = ([Int](repeating: -1, count: 12), best)
      let values = best.map { $0 + shift }
      let error = model.backupError(ofValuesUpTo: values.greatestMagnitude)
      let residuals = bellman.improve(values, choice: &choice, margin: 2 * error, into: &backup)
      #expect(OptimalityGap(model, residuals, backup: backup, error: error).gap < 1e-11)
    }
  }

  @Test("A state that ends pins the values: there a constant residual says nothing")
  func terminal() throws {
    // One step that costs 1, then the end: V = −1, and T 0 − 0 = −1 is the same in all live states.
    let document = TestModels.model(
      states: 2, actions: [1, 0], terminal: [1], start: [Rational(1), Rational(0)], next: [[1]],
      probability: [[Rational(1)]], reward: [Rational(-1)],
      discount: Rational(numerator: 9, denominator: 10))
    let found = try EpsilonOptimalPolicy(document, within: 0)
    #expect(found.lower <= -1 && found.upper >= -1 && found.gap < 1e-12)
    // The first bound, at V̂ = 0, must contain −1, too.
    let first = try EpsilonOptimalPolicy(document, within: 1e9)
    #expect(first.rounds == 1 && first.lower <= -1 && first.upper >= -1)
    #expect(first.choice == [0, -1])
  }

  @Test("Backups are within their bound of the rational ones", arguments: 1...8)
  func rounding(seed: Int) throws {
    let document = Self.garnet(seed, discount: 1 + 12 * seed)
    let model = try RoundedMDP(document)
    var numbers = SplitMix(UInt64(seed))
    let values = (0..<12).map { _ in 1e3 * (numbers.unit() - 0.5) }
    let error = model.backupError(ofValuesUpTo: values.greatestMagnitude)
    #expect(error < 1e-12 * 1e3)
    let bound = try #require(Rational(exactly: error))
    let (table, space) = (document.transitions, document.space)
    let bellman = BellmanOperator(mdp: model.mdp, work: SharedWork())
    for action in 0..<2 {
      let choice = (0..<12).map { space.pairs(of: $0).lowerBound + action }
      var backup = values
      bellman.evaluate(values, choice: choice, into: &backup)
      for state in 0..<12 {
        var sum = Rational(0)
        for entry in table.rowStart[choice[state]]..<table.rowStart[choice[state] + 1] {
          sum +=
            table.probability[entry].rational
            * (try #require(Rational(exactly: values[Int(table.nextState[entry])])))
        }
        let exact =
          document.actionRewards[choice[state]].rational + document.discount.rational * sum
        let computed = try #require(Rational(exactly: backup[state]))
        #expect((computed - exact).magnitude <= bound)
      }
    }
  }

  @Test("Rows that are divided by their sums count as divided")
  func dividedRows() throws {
    let third = Rational(numerator: 1, denominator: 3)
    var document = TestModels.model(
      states: 2, actions: [1, 1], start: [Rational(1), Rational(0)], next: [[0, 1], [0, 1]],
      probability: [[third, third], [third, third + third]], reward: [Rational(1), Rational(0)],
      discount: Rational(numerator: 1, denominator: 2))
    document.transitions.rowSum[0] = ExactNumber(third + third)
    let found = try EpsilonOptimalPolicy(document, within: 1e-12)
    // V0 = 1 + V0/4 + V1/4 and V1 = V0/6 + V1/3: V0 = 16/11, V1 = 4/11.
    #expect(found.lower <= 16.0 / 11 && found.upper >= (16.0 / 11).nextDown && found.gap <= 1e-12)
  }

  @Test(
    "News travels the whole corridor in a few rounds, where Howard's iteration takes one a state")
  func corridorRounds() throws {
    let found = try EpsilonOptimalPolicy(Self.corridor(600), within: 1e-6)
    #expect(found.gap <= 1e-6 && found.rounds <= 8 && found.solves > 0)
    #expect((0..<599).allSatisfy { found.choice[$0] == 3 * $0 + 2 })
  }

  @Test("A chain that mixes is swept, and never solved")
  func mixing() throws {
    let found = try EpsilonOptimalPolicy(Self.garnet(1, states: 200, discount: 99), within: 1e-6)
    #expect(found.gap <= 1e-6 && found.solves == 0 && found.sweeps > 0)
  }

  @Test("Threads change no number", arguments: [2, 3, 64])
  func threads(count: Int) throws {
    for document in [Self.garnet(5, states: 50), Self.corridor(40)] {
      let (one, more) = (
        try EpsilonOptimalPolicy(document, within: 1e-8),
        try EpsilonOptimalPolicy(document, within: 1e-8, threads: count)
      )
      #expect(one.choice == more.choice && one.gap == more.gap && one.lower == more.lower)
      #expect(one.upper == more.upper && one.rounds == more.rounds)
    }
  }

  @Test("With a gap of 0 it ends where only rounding is left")
  func toRounding() throws {
    let found = try EpsilonOptimalPolicy(Self.garnet(2, discount: 99), within: 0)
    #expect(found.gap > 0 && found.gap < 1e-9 && found.rounds < 40)
  }

  @Test("It stops where it is told to, with what is proved by then")
  func stopped() throws {
    let document = Self.corridor(300)
    let found = try EpsilonOptimalPolicy(document, within: 1e-9) { $0.rounds < 1 }
    #expect(found.rounds == 1 && found.gap > 1e-9 && found.upper >= found.lower)
  }

  @Test(
    "Values beyond float64 are an error, probabilities that float64 cannot hold leave nothing proved"
  )
  func range() throws {
    let large = Rational(finite: 0x1p1023)
    func model(_ reward: Rational, _ probability: Rational) -> MDPDocument {
      TestModels.model(
        states: 2, actions: [1, 1], start: [Rational(1), Rational(0)], next: [[0, 1], [1]],
        probability: [[Rational(1) - probability, probability], [Rational(1)]],
        reward: [reward, Rational(0)], discount: Rational(numerator: 99, denominator: 100))
    }
    #expect(throws: EvaluationFailure.self) {
      _ = try EpsilonOptimalPolicy(model(large, Rational(numerator: 1, denominator: 8)), within: 1)
    }
    let tiny = Rational(finite: 0x1p-1000) * Rational(finite: 0x1p-1000)
    #expect(try EpsilonOptimalPolicy(model(Rational(1), tiny), within: 1).gap == .infinity)
  }
}

/// Numbers for tests (Steele, Lea & Flood 2014).
private struct SplitMix {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  /// The next number in [0, 1).
  mutating func unit() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }
}

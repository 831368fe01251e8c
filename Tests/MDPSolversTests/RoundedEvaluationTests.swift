import MonotoneArithmetic
import MonotoneLinearAlgebra
import MDPCore
import MDPTesting
import TestSupport
import Testing

@testable import MDPSolvers

/// Evaluations whose numbers share their error bounds, against rational ones.
@Suite("Evaluations with shared bounds")
struct RoundedEvaluationTests {
  /// Twelve states: two ends, one that is never visited, rows of thirds, and one row that misses its sum.
  private static func model(_ seed: UInt64, discount: Int = 90, ends: Bool) -> MDPDocument {
    var random = RandomNumbers(seed)
    let states = 12
    let terminal: Set<Int> = ends ? [3, 7] : []
    var (next, probability, reward) = ([[Int]](), [[Rational]](), [Rational]())
    for _ in (0..<states).filter({ !terminal.contains($0) }) {
      for _ in 0..<3 {
        let targets = Set((0..<4).map { _ in random.below(states - 1) }).sorted()
        let weights = targets.map { _ in 1 + random.below(9) }
        let total = weights.reduce(0, +)
        next.append(targets)
        probability.append(weights.map { Rational(numerator: $0, denominator: total) })
        reward.append(Rational(numerator: random.below(2000) - 1000, denominator: 7))
      }
    }
    return TestModels.model(
      states: states, actions: [Int](repeating: 3, count: states), terminal: terminal,
      start: (0..<states).map { Rational($0 == 0 ? 1 : 0) }, next: next, probability: probability,
      reward: reward, discount: Rational(numerator: discount, denominator: 100))
  }

  private static func expect(
    _ found: RoundedEvaluation, encloses exact: PolicyEvaluation<Rational>
  ) throws {
    func expect(_ numbers: [Double], _ error: Double, _ truth: [Rational]) throws {
      let radius = try #require(Rational(exactly: error))
      for (number, exact) in zip(numbers, truth) {
        #expect((try #require(Rational(exactly: number)) - exact).magnitude <= radius)
      }
    }
    try expect(found.stateValues, found.valueError, exact.stateValues)
    try expect(found.actionValues, found.actionValueError, exact.actionValues)
    try expect(found.advantages, found.advantageError, exact.advantages)
    try expect([found.expectedReturn.value], found.expectedReturn.error, [exact.expectedReturn])
    let missed = zip(found.visitation, exact.stateVisitation.mass).reduce(Rational(0)) {
      $0 + (Rational(finite: $1.0) - $1.1).magnitude
    }
    #expect(missed <= (try #require(Rational(exactly: found.visitationError))))
    #expect(found.isVisited == exact.stateVisitation.isVisited)
  }

  @Test(
    "All exact values are enclosed, as narrow as float64 allows",
    arguments: 1...8 as ClosedRange<UInt64>)
  func encloses(seed: UInt64) throws {
    let document = Self.model(seed, discount: [50, 90, 99][Int(seed) % 3], ends: seed % 2 == 0)
    let policy = ExactPolicy.random(document.space, seed: seed)
    let evaluator = PolicyEvaluator(document, mostBallTransitions: 10)
    let exact = try PolicyEvaluator(document).solveExactly(policy)
    let found = try #require(try evaluator.round(policy))
    try Self.expect(found, encloses: exact)
    #expect(found.valueError < 1e-11 * found.stateValues.greatestMagnitude)
    #expect(found.visitationError < 1e-11 * found.visitation.reduce(0, +))
    #expect(found.valueAccuracy.isStable && found.visitationAccuracy.isStable)
  }

  @Test(
    "Any numbers are enclosed: nothing of the solver is trusted",
    arguments: 1...8 as ClosedRange<UInt64>)
  func untrusted(seed: UInt64) throws {
    let document = Self.model(seed, ends: seed % 2 == 1)
    let policy = ExactPolicy.random(document.space, seed: seed)
    let exact = try PolicyEvaluator(document).solveExactly(policy)
    let (model, rounded) = (try RoundedMDP(document), try RoundedPolicy(policy))
    let chain = SparseChain(model.mdp, rounded.policy, SharedWork()).transition.transposed()
    var random = RandomNumbers(seed)
    for size in [1e-9, 1, 1e6] {
      var wrong = PolicySolution(
        stateValues: exact.stateValues.map(\.doubleValue),
        stateVisitation: exact.stateVisitation.mass.map(\.doubleValue), order: chain.rowCount)
      for state in document.space.states.indices {
        let miss = size * (Double(random.below(1000)) / 500 - 1)
        if !document.space.isTerminal[state] { wrong.stateValues[state] += miss }
        wrong.stateVisitation[state] -= miss
      }
      try Self.expect(
        RoundedEvaluation(enclosing: wrong, chain, model, rounded, SharedWork()), encloses: exact)
    }
  }

  @Test("Bounds cover what rounding the model did, where the solution is that of the rounded one")
  func dataErrors() throws {
    // P̂ and γ̂ are what the solver knows; with r = 1, V = 1/(1−γ) amplifies the errors of both by 10¹².
    let tenth = Rational(numerator: 1, denominator: 10)
    let document = TestModels.model(
      states: 3, actions: [1, 1, 1], start: [Rational(1), Rational(0), Rational(0)],
      next: [[0, 1], [1, 2], [0, 2]],
      probability: [[Rational]](repeating: [tenth, Rational(1) - tenth], count: 3),
      reward: [Rational](repeating: Rational(numerator: 1, denominator: 3), count: 3),
      discount: Rational(numerator: 999_999, denominator: 1_000_000))
    let policy = ExactPolicy.uniform(document.space)
    let exact = try PolicyEvaluator(document).solveExactly(policy)
    try Self.expect(
      #require(try PolicyEvaluator(document, mostBallTransitions: 1).round(policy)), encloses: exact
    )
  }

  @Test("A solution that float64 cannot tell from the right one has the error of the model")
  func exactToFloat64() throws {
    // r̂ + V̂/2 is V̂ to the last bit for V̂ = 2r̂, and V is 2/3.
    let document = TestModels.model(
      states: 1, actions: [1], start: [Rational(1)], next: [[0]], probability: [[Rational(1)]],
      reward: [Rational(numerator: 1, denominator: 3)],
      discount: Rational(numerator: 1, denominator: 2))
    let policy = ExactPolicy.uniform(document.space)
    let (model, rounded) = (try RoundedMDP(document), try RoundedPolicy(policy))
    let chain = SparseChain(model.mdp, rounded.policy, SharedWork()).transition.transposed()
    let found = RoundedEvaluation(
      enclosing: PolicySolution(
        stateValues: [2 * (1.0 / 3)], stateVisitation: [2], order: chain.rowCount),
      chain, model, rounded, SharedWork())
    #expect(found.valueAccuracy.backwardError == 0)
    try Self.expect(found, encloses: try PolicyEvaluator(document).solveExactly(policy))
  }

  @Test("Visitation that is wrong at the ends alone is enclosed")
  func wrongEnds() throws {
    let document = Self.model(2, ends: true)
    let policy = ExactPolicy.random(document.space, seed: 2)
    let exact = try PolicyEvaluator(document).solveExactly(policy)
    let (model, rounded) = (try RoundedMDP(document), try RoundedPolicy(policy))
    let chain = SparseChain(model.mdp, rounded.policy, SharedWork()).transition.transposed()
    var wrong = PolicySolution(
      stateValues: exact.stateValues.map(\.doubleValue),
      stateVisitation: exact.stateVisitation.mass.map(\.doubleValue), order: chain.rowCount)
    wrong.stateVisitation[3] += 0.25
    wrong.stateVisitation[7] -= 0.125
    try Self.expect(
      RoundedEvaluation(enclosing: wrong, chain, model, rounded, SharedWork()), encloses: exact)
  }

  /// Where the one number stands that float64 holds as 0.
  enum Tiny: CaseIterable, Sendable { case policy, transition, start, discount }

  @Test(
    "A state that is reached with a number below float64 counts as visited",
    arguments: Tiny.allCases)
  func belowFloat64(_ tiny: Tiny) throws {
    let small = try ExactNumber(parsing: "1e-400").rational
    let (none, one) = (Rational(0), Rational(1))
    let half = Rational(numerator: 1, denominator: 2)
    func share(_ wanted: Tiny, or usual: Rational) -> Rational { tiny == wanted ? small : usual }
    // State 0 stays, or goes to 1, which stays; so does 2, where nobody comes.
    let (left, begun) = (share(.transition, or: half), share(.start, or: none))
    let document = TestModels.model(
      states: 3, actions: [2, 1, 1], start: [one - begun, begun, none],
      next: [tiny == .start ? [0] : [0, 1], [0], [1], [2]],
      probability: [tiny == .start ? [one] : [one - left, left], [one], [one], [one]],
      reward: [none, one, one, one], discount: share(.discount, or: half))
    let taken = share(.policy, or: half)
    let policy = ExactPolicy(
      space: document.space, probabilities: [taken, one - taken, one, one])
    let exact = try PolicyEvaluator(document).solveExactly(policy)
    let evaluator = PolicyEvaluator(document, mostBallTransitions: 1)
    #expect(exact.stateVisitation.isVisited == [true, true, false])
    #expect(try evaluator.enclose(policy).stateVisitation.isVisited == [true, true, false])
    #expect(try evaluator.round(policy) == nil)
  }

  @Test("Results are the same for any number of threads")
  func threads() throws {
    let document = Garnet.generate(
      GarnetConfiguration(states: 9000, actions: 2, branching: 3, seed: 5))
    let policy = ExactPolicy.uniform(document.space)
    let one = try #require(
      try PolicyEvaluator(document, mostBallTransitions: 1).round(policy))
    for threads in [2, 3] {
      let found = try #require(
        try PolicyEvaluator(document, mostBallTransitions: 1, threads: threads).round(policy))
      #expect(found.stateValues == one.stateValues && found.valueError == one.valueError)
      #expect(found.visitation == one.visitation && found.visitationError == one.visitationError)
      #expect(found.actionValues == one.actionValues && found.expectedReturn == one.expectedReturn)
    }
  }

  @Test("The chain of a proof is that of its policy, whatever was solved in between")
  func chainOfThePolicy() throws {
    let document = Garnet.generate(
      GarnetConfiguration(states: 2500, actions: 2, branching: 3, seed: 5))
    let (first, second) = (
      ExactPolicy.uniform(document.space), ExactPolicy.random(document.space, seed: 1)
    )
    let evaluator = PolicyEvaluator(document, mostBallTransitions: 1)
    _ = try evaluator.evaluate(first)
    _ = try evaluator.evaluate(second)
    let found = try #require(try evaluator.round(first))
    #expect(found.visitationError < 1e-9 * found.visitation.reduce(0, +))
    #expect(found.stateValues == (try evaluator.evaluate(first)).stateValues.map(\.value))
  }

  @Test("η of many states is as sharp as V")
  func sharpReturn() throws {
    // 20,000 states start alike, and each pays 1/3 for ever: η = V = 10/3.
    let count = 20_000
    let document = TestModels.model(
      states: count, actions: [Int](repeating: 1, count: count),
      start: [Rational](repeating: Rational(numerator: 1, denominator: count), count: count),
      next: (0..<count).map { [($0 + 1) % count] },
      probability: [[Rational]](repeating: [Rational(1)], count: count),
      reward: [Rational](repeating: Rational(numerator: 1, denominator: 3), count: count),
      discount: Rational(numerator: 9, denominator: 10))
    let found = try #require(
      try PolicyEvaluator(document, mostBallTransitions: 1).round(.uniform(document.space)))
    let exact = Rational(numerator: 10, denominator: 3)
    let (value, error) = (found.expectedReturn.value, found.expectedReturn.error)
    #expect((Rational(finite: value) - exact).magnitude <= Rational(finite: error))
    #expect(error <= found.valueError + 1e-15)
  }
}

private struct RandomNumbers {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }
}

import MonotoneArithmetic
import MDPCore
import MDPFormats
import MonotoneFiles
import Testing

@testable import MDPSolvers

/// Models without discounting whose answers are known in closed form.
@Suite("Discount 1")
struct UndiscountedTests {
  /// Gambler's ruin on 0 … n: one up with probability p, one down otherwise; over at 0 and n.
  ///
  /// - Parameters:
  ///   - step: The reward of a step.
  ///   - win: The reward of reaching n.
  static func ruin(_ n: Int, p: String, q: String, step: Int = 0, win: Int = 0) throws
    -> MDPDocument
  {
    let rows = (1..<n).map { state in
      """
      {"from": \(state), "action": 0, "to": {"\(state + 1)": "\(p)", "\(state - 1)": "\(q)"}, \
      "reward": {"\(state + 1)": \(state + 1 == n ? step + win : step), "\(state - 1)": \(step)}}
      """
    }
    return try read(
      """
      {"schema": "monotone/mdp/v1", "name": "ruin", "discount": 1, "states": \(n + 1), "actions": 1,
       "initial": {"1": 1}, "terminal": [0, \(n)], "transitions": [\(rows.joined(separator: ",\n"))]}
      """)
  }

  /// A state that is left with a probability, and otherwise waits; a reward of 1 a step.
  static func waiting(leave: String, stay: String) throws -> MDPDocument {
    try read(
      """
      {"schema": "monotone/mdp/v1", "name": "waiting", "discount": "1", "states": ["wait", "end"],
       "actions": ["go"], "initial": {"wait": 1}, "terminal": ["end"],
       "transitions": [
         {"from": "wait", "action": "go", "to": {"wait": "\(stay)", "end": "\(leave)"}, "reward": 1}]}
      """)
  }

  static func read(_ text: String) throws -> MDPDocument {
    try MDPReader.read(InputBytes(text, name: "test.json"))
  }

  private func uniform(_ document: MDPDocument) -> ExactPolicy { .uniform(document.space) }

  /// Expected duration and probability of winning from k, for odds q/p of losing a bet.
  private struct Ruin {
    let n: Int
    let p: Rational
    var q: Rational { .one - p }

    func power(_ exponent: Int) -> Rational {
      (0..<exponent).reduce(.one) { power, _ in power * (q / p) }
    }

    func win(_ k: Int) -> Rational {
      p == q
        ? Rational(numerator: k, denominator: n)
        : (Rational.one - power(k)) / (Rational.one - power(n))
    }

    func duration(_ k: Int) -> Rational {
      p == q
        ? Rational(k * (n - k))
        : (Rational(k) - Rational(n) * win(k)) / (q - p)
    }
  }

  @Test(
    "Gambler's ruin: duration and chances in every arithmetic",
    arguments: [("1/2", "1/2"), ("2/5", "3/5"), ("18/38", "20/38")])
  func ruin(_ p: String, _ q: String) throws {
    let n = 10
    let truth = Ruin(n: n, p: try ExactNumber(parsing: p).rational)
    for (document, value) in [
      (try Self.ruin(n, p: p, q: q, step: 1), truth.duration),
      (try Self.ruin(n, p: p, q: q, win: 1), truth.win),
    ] {
      let evaluator = PolicyEvaluator(document)
      let exact = try evaluator.solveExactly(uniform(document))
      let (tracked, ball) = (
        try evaluator.evaluate(uniform(document)), try evaluator.certify(uniform(document))
      )
      let refined = try evaluator.refine(uniform(document))
      for state in 1..<n {
        #expect(exact.stateValues[state] == value(state))
        for (number, tolerance) in [
          (ball.stateValues[state], 1e-11), (refined.stateValues[state], 1e-13),
        ] {
          #expect((number - Ball(value(state))).isZero != .no)
          #expect(number.radius < tolerance * max(1, value(state).doubleValue))
        }
        #expect(
          abs(tracked.stateValues[state].value - value(state).doubleValue)
            <= tracked.stateValues[state].error + 1e-14 * value(state).doubleValue)
        #expect(tracked.stateValues[state].error < 1e-10)
      }
      // ρ counts the live states, once for each step that is expected.
      #expect(exact.stateVisitation.total == truth.duration(1))
      #expect(exact.expectedVisits == truth.duration(1))
      #expect(exact.stateVisitation[0] == .zero && exact.stateVisitation[n] == .zero)
      #expect((ball.stateVisitation.total - Ball(truth.duration(1))).isZero != .no)
      #expect(exact.resolventNorm == (1..<n).map(truth.duration).max())
    }
  }

  @Test("Waiting: 1/q steps, to within what was proved", arguments: [1, 3, 6, 12])
  func waiting(_ digits: Int) throws {
    let document = try Self.waiting(
      leave: "1e-\(digits)", stay: "0." + String(repeating: "9", count: digits))
    let evaluator = PolicyEvaluator(document)
    let truth = (0..<digits).reduce(Rational.one) { power, _ in power * Rational(10) }
    #expect(try evaluator.solveExactly(uniform(document)).stateValues[0] == truth)
    for evaluation in [
      try evaluator.certify(uniform(document)), try evaluator.refine(uniform(document)),
    ] {
      #expect((evaluation.stateValues[0] - Ball(truth)).isZero != .no)
      #expect((evaluation.stateVisitation.total - Ball(truth)).isZero != .no)
      #expect(evaluation.stateValues[0].radius < 1e-2 * truth.doubleValue)
    }
  }

  @Test("Where float64 cannot tell when the policy ends, it says so, and rationals tell")
  func tooFar() throws {
    let document = try Self.waiting(
      leave: "1e-20", stay: "0." + String(repeating: "9", count: 20))
    let evaluator = PolicyEvaluator(document)
    let expected = EvaluationFailure.solver(.endTooFar(steps: .infinity))
    #expect(throws: expected) { try evaluator.evaluate(uniform(document)) }
    #expect(throws: expected) { try evaluator.refine(uniform(document)) }
    #expect(expected.message.contains("--arithmetic exact"))
    let truth = (0..<20).reduce(Rational.one) { power, _ in power * Rational(10) }
    #expect(try evaluator.solveExactly(uniform(document)).stateValues[0] == truth)
  }

  /// s may stay or leave; t, which nothing leads to, only stays.
  private static let trap = """
    {"schema": "monotone/mdp/v1", "name": "trap", "discount": 1.0, "states": ["s", "t", "end"],
     "actions": ["stay", "leave"], "initial": {"s": 1}, "terminal": ["end"],
     "transitions": [
       {"from": "s", "action": "stay", "to": {"s": 1}, "reward": -1},
       {"from": "s", "action": "leave", "to": {"end": 1}, "reward": -3},
       {"from": "t", "action": "stay", "to": {"t": 1}, "reward": -1},
       {"from": "t", "action": "leave", "to": {"t": "1/2", "s": "1/2"}, "reward": -1}]}
    """

  @Test("A policy that never ends from some state is refused, reached or not, in every arithmetic")
  func endless() throws {
    let document = try Self.read(Self.trap)
    let evaluator = PolicyEvaluator(document)
    let space = document.space
    for (choices, state) in [([0, 1], "s"), ([1, 0], "t"), ([0, 0], "s")] {
      let policy = ExactPolicy.deterministic(space) { space.pairs(of: $0).lowerBound + choices[$0] }
      let expected = EvaluationFailure.endless(.policy(nil, state: state))
      #expect(throws: expected) { try evaluator.evaluate(policy) }
      #expect(throws: expected) { try evaluator.certify(policy) }
      #expect(throws: expected) { try evaluator.enclose(policy) }
      #expect(throws: expected) { try evaluator.refine(policy) }
      #expect(throws: expected) { try evaluator.solveExactly(policy) }
      #expect(throws: EvaluationFailure.endless(.policy("mine", state: state))) {
        try evaluator.requireEnding(policy, named: "mine")
      }
    }
    let leaving = ExactPolicy.deterministic(space) { space.pairs(of: $0).lowerBound + 1 }
    // V(t) = −1 + (V(t) + V(s))/2 with V(s) = −3.
    #expect(try evaluator.solveExactly(leaving).stateValues == [-3, -5, 0].map { Rational($0) })
  }

  @Test("A probability that float64 cannot hold still leads to the end")
  func tinyProbability() throws {
    let document = try Self.waiting(
      leave: "1e-400", stay: "0." + String(repeating: "9", count: 400))
    #expect(throws: Never.self) {
      try PolicyEvaluator(document).requireEnding(uniform(document))
    }
  }

  @Test("A start that is over at once expects no steps")
  func overAtOnce() throws {
    let document = try Self.read(
      """
      {"schema": "monotone/mdp/v1", "name": "over", "discount": 1, "states": ["s", "end"],
       "actions": 1, "initial": {"end": 1}, "terminal": ["end"],
       "transitions": [{"from": "s", "action": 0, "to": {"end": 1}, "reward": 7}]}
      """)
    let evaluator = PolicyEvaluator(document)
    let exact = try evaluator.solveExactly(uniform(document))
    #expect(exact.expectedReturn == .zero && exact.stateVisitation.total == .zero)
    #expect(exact.stateValues == [Rational(7), .zero])
    #expect(try evaluator.certify(uniform(document)).stateVisitation.total.isZero == .yes)
  }

  @Test("A sparse chain too long for elimination: 1 step after another")
  func longChain() throws {
    let n = 2_500
    let rows = (0..<n).map {
      let to = $0 + 1 == n ? "{\"\(n)\": 1}" : "{\"\($0 + 1)\": 0.5, \"\(n)\": 0.5}"
      return "{\"from\": \($0), \"action\": 0, \"to\": \(to), \"reward\": 1}"
    }
    let document = try Self.read(
      """
      {"schema": "monotone/mdp/v1", "name": "chain", "discount": 1, "states": \(n + 1), "actions": 1,
       "initial": {"0": 1}, "terminal": [\(n)], "transitions": [\(rows.joined(separator: ",\n"))]}
      """)
    let evaluation = try PolicyEvaluator(document).certify(uniform(document))
    // T(k) = 1 + T(k + 1)/2: 2 but for 2^−n.
    #expect(evaluation.stateValues[0].radius < 1e-10)
    #expect(abs(evaluation.stateValues[0].approximation - 2) < 1e-10)
    #expect(abs(evaluation.stateVisitation.total.approximation - 2) < 1e-10)
  }
}

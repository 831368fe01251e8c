import MonotoneArithmetic
import Testing

@testable import MDPCore

/// A model of three states by hand: every reward and every row is a fraction that can be checked on paper.
@Suite("Models from documents")
struct FiniteMDPTests {
  /// Rewards in the forms that a file may give; an empty form is one that it leaves out.
  struct Rewards {
    var states: [String] = []
    var actions: [String] = []
    var transitions: [String] = []
  }

  static let states = ["1/3", "-2", "0"]
  static let actions = ["1/2", "0", "1/7"]
  static let transitions = ["4", "0", "6", "0", "3", "-3/2"]

  /// State a may go left (a ¼, b ¾) or right (to the end), state b only left (a, b, end ⅓ each).
  static func document(
    _ rewards: Rewards = Rewards(), discount: String = "9/10",
    probabilities: [String] = ["1/4", "3/4", "1", "1/3", "1/3", "1/3"]
  ) throws -> MDPDocument {
    MDPDocument(
      name: "paper", discount: try ExactNumber(parsing: discount),
      space: StateActionSpace(
        states: Names(["a", "b", "end"]), actions: Names(["left", "right"]),
        isTerminal: [false, false, true], pairStart: [0, 2, 3, 3], pairAction: [0, 1, 0]),
      initial: ExactNumberArray(try numbers(["1/2", "1/2", "0"])),
      transitions: TransitionTable(
        rowStart: [0, 2, 3, 6], nextState: [0, 1, 2, 0, 1, 2],
        probability: ExactNumberArray(try numbers(probabilities))),
      stateRewards: ExactNumberArray(try numbers(rewards.states)),
      actionRewards: ExactNumberArray(try numbers(rewards.actions)),
      transitionRewards: ExactNumberArray(try numbers(rewards.transitions)))
  }

  @Test(
    "Rewards of every form reduce to expected rewards",
    arguments: [
      (Rewards(), ["0", "0", "0"]),
      (Rewards(states: states), ["1/3", "1/3", "-2"]),
      (Rewards(actions: actions), ["1/2", "0", "1/7"]),
      // ¼·4, 1·6, ⅓·3 − ⅓·3/2
      (Rewards(transitions: transitions), ["1", "6", "1/2"]),
      (Rewards(states: states, actions: actions), ["5/6", "1/3", "-13/7"]),
      (
        Rewards(states: states, actions: actions, transitions: transitions),
        ["11/6", "19/3", "-19/14"]
      ),
    ])
  func rewards(_ rewards: Rewards, _ expected: [String]) throws {
    let document = try Self.document(rewards)
    let expected = try fractions(expected)
    #expect(try FiniteMDP<Rational>(document).expectedReward == expected)
    let tracked = try FiniteMDP<TrackedDouble>.tracked(document).expectedReward
    for (number, truth) in zip(tracked, expected) {
      let miss = (Rational(finite: number.value) - truth).magnitude
      #expect(miss <= Rational(finite: number.error), "\(number) misses \(truth)")
    }
  }

  @Test("Rows are divided by the sums that the document gives, and rewards with them")
  func sums() throws {
    var document = try Self.document(
      Rewards(transitions: Self.transitions), probabilities: ["1/4", "1", "1", "1", "1", "1/2"])
    document.transitions.rowSum = [
      0: try ExactNumber(parsing: "5/4"), 2: try ExactNumber(parsing: "5/2"),
    ]
    document.initial = ExactNumberArray(try numbers(["1/2", "1/4", "0"]))
    document.initialSum = try ExactNumber(parsing: "3/4")
    let mdp = try FiniteMDP<Rational>(document)
    #expect(mdp.initial == (try fractions(["2/3", "1/3", "0"])))
    #expect(mdp.transitions.values == (try fractions(["1/5", "4/5", "1", "2/5", "2/5", "1/5"])))
    // ⅕·4, 6, ⅖·3 − ⅕·3/2
    #expect(mdp.expectedReward == (try fractions(["4/5", "6", "9/10"])))
    #expect(mdp.transitions.rowStart == [0, 2, 3, 6])
    #expect(mdp.transitions.columns == [0, 1, 2, 0, 1, 2])
  }

  @Test(
    "A number beyond float64 is refused with what it is, and exact arithmetic takes it",
    arguments: [
      Rewards(states: ["1e400", "0", "0"]), Rewards(actions: ["0", "-1e400", "0"]),
      Rewards(transitions: ["0", "0", "0", "0", "1e400", "0"]),
    ])
  func range(_ rewards: Rewards) throws {
    let document = try Self.document(rewards)
    let failures = [
      #expect(throws: NumberOutOfRange.self) { _ = try FloatMDP(document) },
      #expect(throws: NumberOutOfRange.self) { _ = try FiniteMDP<TrackedDouble>(document) },
    ]
    for failure in failures {
      #expect(failure?.direction == "overflows")
      #expect(failure?.number.isEmpty == false)
    }
    #expect(try FiniteMDP<Rational>(document).expectedReward.contains { !$0.isExactlyZero })
  }

  @Test("A reward too small for float64 is refused where errors are not tracked, else enclosed")
  func small() throws {
    let document = try Self.document(Rewards(actions: ["0", "0", "1e-400"]))
    let failure = #expect(throws: NumberOutOfRange.self) { _ = try FloatMDP(document) }
    #expect(failure?.direction == "underflows")
    let tracked = try FiniteMDP<TrackedDouble>(document).expectedReward[2]
    #expect(tracked.value == 0 && tracked.error > 0)
  }

  @Test("A probability that float64 would round to nothing is refused: it belongs to the support")
  func support() throws {
    let document = try Self.document(probabilities: ["1e-400", "1", "1", "1/3", "1/3", "1/3"])
    let failure = #expect(throws: NumberOutOfRange.self) { try FloatMDP(document) }
    #expect(failure?.direction == "underflows")
  }

  @Test("Only a discount that is 1 in the file is one, whatever it rounds to")
  func discount() throws {
    let near = try FloatMDP(
      Self.document(discount: "0.99999999999999999999999999999999"))
    #expect(near.discount == 1 && !near.isUndiscounted)
    #expect(try FloatMDP(Self.document(discount: "1")).isUndiscounted)
  }

  @Test("Converted to other numbers, and with rewards on another scale, all else stays")
  func conversion() throws {
    let exact = try FiniteMDP<Rational>(Self.document(Rewards(actions: Self.actions)))
    let float = FloatMDP(exact) { $0.doubleValue }
    #expect(float.name == "paper" && float.space == exact.space && float.stateCount == 3)
    #expect(float.discount == 0.9 && float.initial == [0.5, 0.5, 0])
    let (third, seventh): (Double, Double) = (1.0 / 3, 1.0 / 7)
    #expect(float.transitions.values == [0.25, 0.75, 1, third, third, third])
    #expect(float.expectedReward == [0.5, 0, seventh])
    let scaled = exact.scalingRewards(byPowerOfTwo: -3)
    #expect(scaled.expectedReward == (try fractions(["1/16", "0", "1/56"])))
    #expect(scaled.transitions.values == exact.transitions.values)
    #expect(scaled.discount == exact.discount && scaled.initial == exact.initial)
  }
}

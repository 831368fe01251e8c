import MonotoneArithmetic
import MDPGuarantees
import MDPCore
import MDPTesting
import Testing

@testable import MDPFalsification

@Suite("Falsification")
struct FalsificationTests {
  private func fault(_ text: String) -> ClaimExpressionError? {
    do throws(ClaimExpressionError) {
      _ = try ClaimExpression(text, parameters: ["c"])
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "A fault in a claim is pointed at",
    arguments: [
      ("surrogate >= c * * maxKL", 17, "expected a number, a name or a parenthesis"),
      ("surrogate >= (c + 1", 13, "the parenthesis is not closed"),
      ("surrogate", 9, "expected >=, <=, > or < and a right-hand side"),
      ("surrogate = 1", 10, "expected an operator, or >=, <=, > or <"),
      ("surrogate >= 1 >= 0", 15, "expected an operator or the end"),
      ("surrogate >= d", 13, "unknown name d"),
      ("surrogate >= maxKL^x", 19, "expected a whole exponent"),
      ("min(1) >= 0", 0, "min takes 2 arguments, not 1"),
      ("1.2.3 >= 0", 0, "1.2.3 is not a number"),
      ("", 0, "expected a number, a name or a parenthesis"),
    ])
  func faults(text: String, position: Int, reason: String) throws {
    let fault = try #require(self.fault(text))
    #expect(fault.position == position && fault.reason.hasPrefix(reason), "\(fault)")
    #expect("\(fault)".hasSuffix("\n  " + String(repeating: " ", count: position) + "^"))
  }

  /// Two states, the second absorbing with reward 1; π stays with probability 1/2, π̃ goes.
  private var experiment: Experiment {
    get throws {
      let space = StateActionSpace(
        states: Names(count: 2), actions: Names(count: 2), isTerminal: [false, false],
        pairStart: [0, 2, 3], pairAction: [0, 1, 0])
      let one = ExactNumber(1)
      let mdp = MDPDocument(
        name: "two", discount: ExactNumber(numerator: 1, denominator: 2), space: space,
        initial: ExactNumberArray([one, ExactNumber(0)]),
        transitions: TransitionTable(
          rowStart: [0, 1, 2, 3], nextState: [0, 1, 1],
          probability: ExactNumberArray([one, one, one])),
        actionRewards: ExactNumberArray([ExactNumber(0), ExactNumber(0), one]))
      let half = Rational(numerator: 1, denominator: 2)
      return Experiment(
        UpdateInput(
          mdp: mdp, current: ExactPolicy(space: space, probabilities: [half, half, .one]),
          candidate: ExactPolicy(space: space, probabilities: [.zero, .one, .one])))
    }
  }

  /// By hand: V(1) = 2, V(0) = ½(½V(0)) + ½(½·2) → V(0) = 2/3; Q = (1/3, 1), A = (−1/3, 1/3);
  /// ρ(0) = 4/3, so 𝔸 = 4/9 and L = 10/9, while η(π̃) = 1. C = 4·(1/3)·(1/2)/(1/4) = 8/3; KL is
  /// infinite, its reverse ln 2.
  @Test(
    "Claims mean what they say",
    arguments: [
      ("returnCurrent >= 2/3", Decision.yes), ("returnCurrent > 2/3", .no),
      ("surrogate <= 10/9", .yes), ("surrogate < 10/9", .no),
      ("returnCandidate - surrogate >= -1/9", .yes), ("1 - 1/9 - 1e-9 < 2^3/9", .yes),
      ("penaltyCoefficient >= 8/3", .yes), ("penaltyCoefficient <= 2.66", .no),
      ("maxKL >= 1000", .yes), ("returnCandidate >= surrogate - maxKL", .yes),
      ("maxKL - maxKL >= 0", .undecided), ("discount / maxKL <= 0", .yes),
      ("maxReverseKL >= log(2) - 1e-30", .yes), ("exp(maxReverseKL) <= 2 - 1e-30", .no),
      ("maxTotalVariation ^ 2 <= abs(-1/4)", .yes), ("-maxTotalVariation^2 >= -1/4", .yes),
      ("sqrt(maxTotalVariation) <= min(1, 0.7)", .no), ("max(1, 2) * discount^-1 >= 4", .yes),
      ("policyAdvantage / (maxTotalVariation - 1/2) >= 0", .undecided),
      ("c * maxAdvantage >= 1", .yes), ("maxExpectedAdvantage >= c", .no),
    ])
  func meaning(text: String, expected: Decision) throws {
    let claim = try ClaimExpression(text, parameters: ["c"])
    let decision = try claim.decide(try experiment, ["c": ExactNumber(3)])
    #expect(decision == expected, "\(text)")
  }

  @Test("Theorem 1 with the constant 2 is refuted, with 4 it is not")
  func constants() throws {
    let text =
      "returnCandidate >= surrogate - c*maxAdvantage*discount/(1-discount)^2 * maxTotalVariation^2"
    let claim = try ClaimExpression(text, parameters: ["c"])
    func falsifier(_ c: Int) -> Falsifier {
      var configuration = Falsifier.Configuration()
      configuration.budget = 1500
      configuration.models.states = 2...2
      return Falsifier(
        FalsificationTarget(claim, parameters: ["c": ExactNumber(c)], scoredBy: "c"), configuration)
    }
    let found = falsifier(2).search()
    let best = try #require(found.best)
    #expect(found.score > 2 && found.score <= 4, "\(found.score)")
    let shrunk = try #require(falsifier(2).shrink(best))
    #expect(shrunk.input.mdp.space.stateCount == 2 && shrunk.input.mdp.space.actions.count == 2)
    #expect(try claim.decide(Experiment(shrunk.input), ["c": ExactNumber(2)]) == .no)
    #expect(falsifier(4).shrink(best) == nil)
  }
}

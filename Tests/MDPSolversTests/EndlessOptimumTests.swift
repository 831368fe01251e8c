import MonotoneArithmetic
import MDPCore
import MDPFormats
import MonotoneFiles
import Testing

@testable import MDPSolvers

/// Without discounting, optima beside a cycle whose rewards cancel: a → b earns 1, b → a earns −1.
@Suite("Cycles whose rewards cancel")
struct EndlessOptimumTests {
  /// c is reached by nothing and leads to a.
  ///
  /// - Parameters:
  ///   - leaving: The rewards of ending from a, b and c.
  ///   - stay: The probability that a → b stays where it is, at the reward 1 − `stay`, so that the cycle
  ///     still cancels.
  private static func model(_ leaving: [String], stay: String = "0", go: String = "1") throws
    -> MDPDocument
  {
    try MDPReader.read(
      InputBytes(
        """
        {"schema": "monotone/mdp/v1", "name": "cycle", "discount": 1,
         "states": ["a", "b", "c", "end"], "actions": ["go", "leave"], "initial": {"a": 1},
         "terminal": ["end"],
         "transitions": [
          {"from": "a", "action": "go", "to": {"a": "\(stay)", "b": "\(go)"}, "reward": "\(go)"},
          {"from": "a", "action": "leave", "to": {"end": 1}, "reward": "\(leaving[0])"},
          {"from": "b", "action": "go", "to": {"a": 1}, "reward": -1},
          {"from": "b", "action": "leave", "to": {"end": 1}, "reward": "\(leaving[1])"},
          {"from": "c", "action": "go", "to": {"a": 1}, "reward": -3},
          {"from": "c", "action": "leave", "to": {"end": 1}, "reward": "\(leaving[2])"}]}
        """, name: "cycle"))
  }

  private func failure(_ document: MDPDocument) throws -> EndlessPaths? {
    do throws(EvaluationFailure) { _ = try OptimalPolicy(PolicyEvaluator(document)) } catch {
      guard case .endless(let paths) = error else { throw error }
      return paths
    }
    return nil
  }

  /// With leaving x from a and little from b: V(a) = x, V(b) = x − 1.
  @Test("Where every state of the cycle costs, going round is better than any ending")
  func everyStateCosts() throws {
    #expect(try failure(Self.model(["-1", "-5", "-9"])) == .free(state: "a"))
    #expect(
      try failure(Self.model(["-1", "-5", "-9"], stay: "1/2", go: "1/2")) == .free(state: "a"))
  }

  @Test(
    "Where some state of the cycle costs, no return settles", arguments: ["1/2", "1/1000", "0"])
  func someStateCosts(leaving: String) throws {
    for (stay, go) in [("0", "1"), ("1/2", "1/2")] {
      let paths = try failure(Self.model([leaving, "-5", "-9"], stay: stay, go: go))
      #expect(paths == .cancelling(state: "b"))
      #expect(paths?.message.contains("rewards cancel") == true)
    }
  }

  @Test("Where no state of the cycle costs, the optimum is proved", arguments: ["1", "3/2", "7"])
  func noStateCosts(leaving: String) throws {
    let optimum = try OptimalPolicy(PolicyEvaluator(Self.model([leaving, "-5", "-9"])))
    #expect(optimum.isProved)
    #expect(optimum.lower.rational == (try ExactNumber(parsing: leaving).rational))
  }

  /// V(c) = V(a) − 3 = −3/2, by either action; but nothing leads back to c.
  @Test("A state that costs and only leads to a cycle does no harm")
  func leadsToTheCycle() throws {
    let document = try Self.model(["3/2", "-5", "-3/2"])
    let optimum = try OptimalPolicy(PolicyEvaluator(document))
    #expect(optimum.isProved)
    let values = try PolicyEvaluator(document).solveExactly(optimum.policy).stateValues
    #expect(
      values == [3, 1, -3, 0].map { Rational(numerator: $0, denominator: 2) })
  }

  @Test("A cycle that a last action loses by is none")
  func losingCycle() throws {
    // a → b earns 1/2 less than b → a costs.
    let document = try Self.model(["1/4", "-5", "-9"], stay: "0", go: "1")
    var rewards = document.actionRewards.indices.map { document.actionRewards[$0] }
    rewards[0] = ExactNumber(numerator: 1, denominator: 2)
    var losing = document
    losing.actionRewards = ExactNumberArray(rewards)
    let optimum = try OptimalPolicy(PolicyEvaluator(losing))
    #expect(optimum.isProved && abs(optimum.lower.approximation - 0.25) < 1e-12)
  }
}

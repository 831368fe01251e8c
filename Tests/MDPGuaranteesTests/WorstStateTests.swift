import MonotoneArithmetic
import MDPCore
import MDPFormats
import MDPSolvers
import MonotoneFiles
import Testing

@testable import MDPGuarantees

/// The worst state of a claim is found in the numbers of the arithmetic, not in float64.
@Suite("Worst states in exact numbers")
struct WorstStateTests {
  /// Two states that stay where they are: the candidate earns `rewards` more than the current policy
  /// in each step, which γ = 1/2 doubles.
  private func update(_ rewards: [String]) throws -> PolicyUpdate<Rational> {
    let document = try MDPReader.read(
      InputBytes(
        """
        {"schema": "monotone/mdp/v1", "name": "two", "discount": "1/2", "states": ["a", "b"],
        "actions": ["x", "y"], "initial": {"a": "1/2", "b": "1/2"}, "transitions": [
        {"from": "a", "action": "x", "to": {"a": 1}},
        {"from": "a", "action": "y", "to": {"a": 1}, "reward": "\(rewards[0])"},
        {"from": "b", "action": "x", "to": {"b": 1}},
        {"from": "b", "action": "y", "to": {"b": 1}, "reward": "\(rewards[1])"}]}
        """, name: "two"))
    let evaluator = PolicyEvaluator(document)
    func policy(_ action: Int) throws -> PolicyEvaluation<Rational> {
      try evaluator.solveExactly(.deterministic(document.space) { 2 * $0 + action })
    }
    return PolicyUpdate(current: try policy(0), candidate: try policy(1))
  }

  @Test(
    "The smallest gain is the margin, where float64 holds both for equal, infinite or zero",
    arguments: [
      ["1.00000000000000000001", "1"], ["2e400", "1e400"], ["2e-400", "1e-400"],
      ["100000000000000000001", "100000000000000000000"],
    ])
  func smallestGain(rewards: [String]) throws {
    for (rewards, worst) in [(rewards, 1), (Array(rewards.reversed()), 0)] {
      let finding = PointwiseImprovement().check(try update(rewards))
      #expect(finding.verdict == .holds && finding.witness?.state == worst, "\(rewards)")
      let smallest = try ExactNumber(parsing: rewards[worst]).rational
      guard case .finite(.rational(let margin))? = finding.margin else {
        Issue.record("no exact margin")
        continue
      }
      #expect(margin == Rational(2) * smallest, "\(rewards)")
    }
  }

  @Test("The largest advantage names its state")
  func largestAdvantage() throws {
    for rewards in [["1e400", "2e400"], ["1", "1.00000000000000000001"]] {
      for (rewards, worst) in [(rewards, 1), (Array(rewards.reversed()), 0)] {
        let update = try update(rewards)
        let state = update.worstState { update.expectedAdvantages[$0].magnitude }
        #expect(state == worst, "\(rewards)")
      }
    }
  }
}

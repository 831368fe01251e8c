import MDPTesting
import Testing
import TinyTRPO

@Suite("TinyTRPO")
struct ConformanceTests {
  /// What a trust region step promises: it stays within δ of the old policy, and goes up the
  /// surrogate.
  private func check(_ trpo: TinyTRPO) throws(PropertyFailure) {
    var promises = RulePromises()
    promises.meanDivergence = trpo.budget
    promises.needsFullSupport = true
    try checkPolicyImprovementRule(
      "TinyTRPO", promises: promises, count: 1000, configuration: .init(fixedSeed: 1)
    ) { model, policy in
      trpo.step(
        discount: model.discount, initial: model.initial, transitions: model.transitions,
        rewards: model.rewards, policy: policy)
    }
  }

  @Test("The correct implementation keeps its promises")
  func correct() throws { try check(TinyTRPO()) }

  @Test(
    "Each planted bug is caught, by a model of three states at most",
    arguments: TinyTRPO.Bug.allCases)
  func planted(bug: TinyTRPO.Bug) throws {
    do throws(PropertyFailure) { try check(TinyTRPO(bug: bug)) } catch {
      print(error)
      let states = error.shrunkInput.split(separator: " ").dropFirst().first.flatMap { Int($0) }
      #expect(states.map { $0 <= 3 } == true, "\(error)")
      return
    }
    Issue.record("\(bug) is not caught")
  }
}

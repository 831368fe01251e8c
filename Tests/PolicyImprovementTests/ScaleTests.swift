import MonotoneArithmetic
import MDPGuarantees
import MDPCore
import MDPFormats
import MDPSolvers
import MDPTesting
import Testing

@testable import PolicyImprovement

/// Rules do not depend on the size of rewards, and no setting or model makes them trap.
@Suite("Rules at every scale")
struct ScaleTests {
  static let all = RuleCatalogue.all.map(\.id)

  /// A random model, its rewards shifted and then scaled by a power of two.
  static func model(seed: Int, offset: Rational = Rational(0), exponent: Int = 0) -> MDPDocument {
    var document = Garnet.generate(
      GarnetConfiguration(states: 5, actions: 3, branching: 2, seed: UInt64(seed), resolution: 32))
    func moved(_ number: ExactNumber) -> ExactNumber {
      ExactNumber((number.rational + offset).scaled(byPowerOfTwo: exponent))
    }
    // Garnet pays by state, by pair, or by transition: shifting one of them shifts r(s,a).
    if !document.actionRewards.isEmpty {
      document.actionRewards = ExactNumberArray(document.actionRewards.map(moved))
    } else if !document.stateRewards.isEmpty {
      document.stateRewards = ExactNumberArray(document.stateRewards.map(moved))
    } else {
      document.transitionRewards = ExactNumberArray(document.transitionRewards.map(moved))
    }
    return document
  }

  private func propose(
    _ id: String, _ settings: RuleSettings, _ document: MDPDocument,
    from policy: ExactPolicy
  ) throws -> ExactPolicy {
    let evaluation = try PolicyEvaluator(document).solveExactly(policy)
    let start = EvaluatedPolicy(policy: policy, evaluation: evaluation)
    return try #require(RuleCatalogue.rule(id, settings)).propose(from: start).policy
  }

  @Test(
    "Rewards 2^k times as large, from 2^-3000 to 2^3000, lead to the same step, every bit of it",
    arguments: all)
  func scale(rule: String) throws {
    for seed in 1...6 {
      let document = Self.model(seed: seed)
      let policy = ExactPolicy.random(document.space, seed: UInt64(seed))
      // The step of the natural gradient is in units of 1/reward.
      let step = 0x1p-4
      let expected = try propose(rule, .init(stepSize: step), document, from: policy)
      #expect(expected != policy)
      for exponent in [-3000, -1000, -900, 900, 1000, 3000] {
        let own = rule == "natural-gradient" ? step.scaled(byPowerOfTwo: -exponent) : step
        guard own.isNormal else { continue }
        let found = try propose(
          rule, .init(stepSize: own), Self.model(seed: seed, exponent: exponent), from: policy)
        #expect(found == expected, "\(rule), 2^\(exponent), seed \(seed)")
      }
    }
  }

  @Test("A reward that all actions share leaves no trace in a step", arguments: all)
  func offset(rule: String) throws {
    for seed in 1...6 {
      let document = Self.model(seed: seed)
      let policy = ExactPolicy.random(document.space, seed: UInt64(seed))
      let expected = try propose(rule, .init(), document, from: policy)
      for offset in ["1e7", "-1e40", "1e300"] {
        let shifted = Self.model(
          seed: seed, offset: try ExactNumber(parsing: offset).rational)
        #expect(try propose(rule, .init(), shifted, from: policy) == expected, "\(rule), \(offset)")
        // What float64 cannot tell apart is told apart all the same.
        let start = try EvaluatedPolicy(
          policy: policy, evaluator: PolicyEvaluator(shifted), effort: .proof())
        let found = try #require(RuleCatalogue.rule(rule)).propose(from: start).policy
        for (pair, old) in policy.probabilities.enumerated() {
          let (wanted, got) = (
            (expected[pair] - old).doubleValue, (found[pair] - old).doubleValue
          )
          #expect(abs(wanted - got) <= 0.01 * abs(wanted) + 1e-12, "\(rule), \(offset)")
        }
      }
    }
  }

  /// Models and policies that float64 arithmetic overflows or underflows on.
  static let extremes = [
    "rewards of 1e300, γ near 1", "an action of −1e160", "probabilities of 1e-200",
    "rewards of 1e400", "γ = 1 − 1e-17, transitions of 1e-310", "γ = 1e-300, rewards of 1e-30",
    "γ = 1e-400", "an action of −1e300 that the policy does not take",
  ]

  static func extreme(_ name: String) throws -> (MDPDocument, ExactPolicy) {
    func bandit(_ rewards: [String], _ discount: String) throws -> (MDPDocument, ExactPolicy) {
      let document = try Models.bandit(rewards, discount: discount)
      return (document, .uniform(document.space))
    }
    switch name {
    case extremes[0]: return try bandit(["1e300", "0"], "0.999999")
    case extremes[1]: return try bandit(["1", "-1e160"], "0.5")
    case extremes[2]:
      let document = try Models.corpus("racing")
      let tiny = try ExactNumber(parsing: "1e-200").rational
      let rest = Rational(1) - tiny
      return (
        document, ExactPolicy(space: document.space, probabilities: [rest, tiny, tiny, rest])
      )
    case extremes[3]: return try bandit(["1e400", "0", "-1e400"], "0.9")
    case extremes[4]:
      let document = try Models.model(
        """
        "discount": "0.99999999999999999", "states": ["a", "b"], "actions": ["stay", "go"],
        "initial": {"a": 1}, "transitions": [
        {"from": "a", "action": "stay", "to": {"a": 1, "b": "1e-310"}},
        {"from": "a", "action": "go", "to": {"b": 1}},
        {"from": "b", "action": "stay", "to": {"b": 1, "a": "1e-310"}, "reward": 1},
        {"from": "b", "action": "go", "to": {"a": 1}}]
        """)
      return (document, .uniform(document.space))
    case extremes[5]: return try bandit(["0", "1e-30"], "1e-300")
    case extremes[6]: return try bandit(["0", "1"], "1e-400")
    default:
      let (document, _) = try bandit(["1", "2", "-1e300"], "0.9")
      return (document, try Models.policy(document, ["1/2", "1/2", "0"]))
    }
  }

  @Test(
    "No rule traps on extreme models and settings; steps are policies that lose nothing",
    arguments: all)
  func extremeModels(rule: String) throws {
    for name in Self.extremes {
      let (document, policy) = try Self.extreme(name)
      let evaluator = PolicyEvaluator(document)
      let start = try EvaluatedPolicy(policy: policy, evaluator: evaluator, effort: .proof())
      for settings in [
        RuleSettings(), .init(budget: 1e-30, stepSize: 1e-300),
        .init(budget: 1e30, stepSize: 1e300),
        .init(budget: .leastNonzeroMagnitude, stepSize: .leastNonzeroMagnitude),
        .init(budget: 1e308, stepSize: 1e308),
      ] {
        let named = try #require(RuleCatalogue.rule(rule, settings))
        let proposal: Proposal
        do throws(RuleFailure) { proposal = try named.propose(from: start) } catch {
          // A softmax policy takes every action; nothing else stops a rule.
          #expect(name == Self.extremes.last, "\(rule) on \(name): \(error.message)")
          continue
        }
        let update = PolicyUpdate(
          current: try evaluator.solveExactly(policy),
          candidate: try evaluator.solveExactly(proposal.policy))
        for state in document.space.liveStates {
          let row = document.space.pairs(of: state).map { proposal.policy[$0] }
          #expect(row.allSatisfy { $0.signum >= 0 } && row.reduce(Rational(0), +) == Rational(1))
        }
        #expect(update.policyAdvantage.signum >= 0, "\(rule) on \(name)")
        let gain = update.candidate.expectedReturn - update.current.expectedReturn
        #expect(gain.signum >= 0, "\(rule) on \(name)")
        // A penalised step keeps its own objective.
        for claim in RuleCatalogue.rule(rule)?.claims ?? [] {
          #expect(claim.check(update).verdict != .violated, "\(rule) on \(name): \(claim.id)")
        }
      }
    }
  }

  @Test("Runs check, and go on, where float64 cannot hold the model", arguments: all)
  func runs(rule: String) throws {
    for name in Self.extremes.dropLast() {
      let (document, policy) = try Self.extreme(name)
      let run = ImprovementRun(
        try #require(RuleCatalogue.rule(rule)), from: NamedPolicy(name: "start", policy: policy),
        evaluator: PolicyEvaluator(document), arithmetic: .auto)
      for _ in 0..<3 where !run.hasConverged {
        let iteration = try run.advance()
        #expect(iteration.check.worst == .holds, "\(rule) on \(name)")
        #expect(iteration.check.improved == .holds, "\(rule) on \(name)")
      }
    }
  }

  @Test("The conservative mixture sees an advantage of 1 beside values of 1e11")
  func conservativeOffset() throws {
    let document = try Models.bandit(["10000000", "10000001"], discount: "0.9999")
    let evaluator = PolicyEvaluator(document)
    for (weight, gain) in [(0.5, 2500.0), (1.0, 5000.0)] {
      let run = ImprovementRun(
        ConservativeRule(.init(weight: weight)),
        from: NamedPolicy(name: "uniform", policy: .uniform(document.space)),
        evaluator: evaluator, arithmetic: .auto)
      try run.advance()
      #expect(!run.hasConverged)
      // 1/2 of an advantage of 1, 10,000 times.
      let exact = try evaluator.solveExactly(run.policy).expectedReturn
      let start = try evaluator.solveExactly(.uniform(document.space)).expectedReturn
      #expect(abs((exact - start).doubleValue - gain) < 1e-3)
    }
    // α* = 𝔸'(1−γ)²/(4γε') = (1−γ)/(4γ), since 𝔸' = ε'/(1−γ).
    let step = try Step("conservative", from: .uniform(document.space), document, effort: .proof())
    let alpha = 2 * step.probabilities[1] - 1
    #expect(abs(alpha - 1e-4 / (4 * 0.9999)) < 1e-6 * 1e-4)
  }

  @Test(
    "A step that cannot be written is not called the end",
    arguments: ["conservative", "natural-gradient"])
  func unwritableStep(rule: String) throws {
    // α* is about 2.5e-18, and the logits move by 1e-100.
    let (document, policy) = try Self.extreme(Self.extremes[4])
    let run = ImprovementRun(
      try #require(RuleCatalogue.rule(rule, .init(stepSize: 1e-100))),
      from: NamedPolicy(name: "uniform", policy: policy), evaluator: PolicyEvaluator(document),
      arithmetic: .auto)
    let iteration = try run.advance()
    #expect(iteration.mark == .unchanged)
    #expect(!iteration.isSolved, "a residual of \(iteration.optimalityResidual)")
  }

  @Test("A proved optimum has no residual, however ill-conditioned the model")
  func residualOfOptimum() throws {
    let document = try Models.bandit(["1", "0", "1"], discount: "0.99999999999999")
    let evaluator = PolicyEvaluator(document)
    let run = ImprovementRun(
      PolicyIterationRule(), from: NamedPolicy(name: "uniform", policy: .uniform(document.space)),
      evaluator: evaluator, arithmetic: .auto)
    while !run.hasConverged && run.iterations.count < 5 { try run.advance() }
    let last = try #require(run.iterations.last)
    #expect(run.hasConverged && last.isSolved, "a residual of \(last.optimalityResidual)")
    let proved = try OptimalPolicy(evaluator, from: run.policy)
    #expect(proved.isProved && proved.policy == run.policy)
  }
}

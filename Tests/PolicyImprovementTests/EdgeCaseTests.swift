import MonotoneArithmetic
import Foundation
import MDPGuarantees
import MDPCore
import MDPFormats
import MDPSolvers
import MDPTesting
import Testing

@testable import PolicyImprovement

/// The cases that rules and their formulas must not stumble over, against closed forms.
@Suite("Edge cases of the rules")
struct EdgeCaseTests {
  static let convex = ["penalty", "mean-penalty", "max-kl", "mean-kl"]
  static let softmax = ["natural-gradient", "trust-region", "policy-gradient"]
  static let all = RuleCatalogue.all.map(\.id)

  /// Probabilities keep 32 bits of their change, and steps within budgets are shortened by 2⁻²⁹.
  static let written = 0x1p-27

  private func expect(
    _ found: Double, is expected: Double, within relative: Double, _ comment: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      abs(found - expected) <= relative * abs(expected), "\(comment) \(found), not \(expected)",
      sourceLocation: sourceLocation)
  }

  // Closed forms.

  @Test(
    "Two even actions within max KL ≤ δ: π̃ = ½(1 ± √(1 − e^−2δ))", arguments: [1e-3, 0.01, 0.3, 3])
  func twoActions(delta: Double) throws {
    let document = try Models.bandit(["0", "1"], discount: "0.9")
    for rule in ["max-kl", "mean-kl"] {
      let step = try Step(rule, .init(budget: delta), from: .uniform(document.space), document)
      let root = (1 - exp(-2 * delta)).squareRoot()
      expect(step.probabilities[1], is: (1 + root) / 2, within: Self.written, rule)
      expect(step.probabilities[1] - 0.5, is: root / 2, within: 4 * Self.written, rule)
    }
  }

  @Test("An action that π never takes receives 1 − e^−δ where it is the only better one")
  func unsupportedWithinBudget() throws {
    let document = try Models.bandit(["0", "0", "1"], discount: "0.9")
    let policy = try Models.policy(document, ["1/4", "3/4", "0"])
    for delta in [1e-6, 0.01, 0.3, 3] {
      for rule in ["max-kl", "mean-kl"] {
        let step = try Step(rule, .init(budget: delta), from: policy, document)
        expect(step.probabilities[2], is: -expm1(-delta), within: Self.written, "\(rule) \(delta)")
        // The supported ones shrink alike.
        expect(step.probabilities[1], is: 3 * step.probabilities[0], within: Self.written, rule)
      }
    }
  }

  /// With γ = 1 − 1e-15 the best step is around 1e-17: of two states that share a radius one cannot write
  /// its move, and the other may not pay for both.
  @Test("A step too fine to be written does not lower its own objective")
  func finestStepUnderPenalty() throws {
    let document = try Models.model(
      """
      "discount": 0.999999999999999, "states": 2, "actions": 3, "initial": [1, 0],
      "transitions": [
        {"from": 0, "action": 0, "to": {"1": 1}}, {"from": 0, "action": 1, "to": {"0": 1}, "reward": 1},
        {"from": 0, "action": 2, "to": {"1": 1}}, {"from": 1, "action": 0, "to": {"0": 1}},
        {"from": 1, "action": 1, "to": {"1": 1}}]
      """)
    let step = try Step("penalty", from: .uniform(document.space), document, effort: .proof())
    #expect(PenalisedObjective.max.check(step.update).verdict == .holds)
  }

  @Test("An action that π never takes receives 1 − κ/A under a penalty, nothing where κ ≥ A")
  func unsupportedUnderPenalty() throws {
    // A = (0, 0, 1), ρ = 1/(1−γ), C = 4γ/(1−γ)²: m + κ ln(1 − m) is largest at m = 1 − κ, with
    // κ = C(1−γ) = 4γ/(1−γ).
    for (discount, expected) in [("1/10", 5.0 / 9), ("1/20", 15.0 / 19), ("1/4", 0), ("9/10", 0)] {
      let document = try Models.bandit(["0", "0", "1"], discount: discount)
      let policy = try Models.policy(document, ["1/4", "3/4", "0"])
      for rule in ["penalty", "mean-penalty"] {
        let step = try Step(rule, from: policy, document)
        expect(step.probabilities[2], is: expected, within: Self.written, "\(rule) \(discount)")
        if expected == 0 { #expect(step.isUnchanged, "\(rule), γ = \(discount)") }
        #expect(step.provedResidual < 1e-9, "\(rule), γ = \(discount): \(step.residual)")
      }
    }
  }

  @Test("Algorithm 1 finds its radius from a policy that nearly never takes the better action")
  func rareBetterAction() throws {
    // A = (−1, 0) less a constant: m/(1−γ) − C KL(m) is largest where κ(m) = C(1−γ).
    let document = try Models.bandit(["-1", "0"], discount: "0.05")
    for rare in ["4/1000", "1/1000000", "1/1000000000"] {
      let chance = try ExactNumber(parsing: rare).rational
      let policy = ExactPolicy(
        space: document.space, probabilities: [Rational(1) - chance, chance])
      let step = try Step("penalty", from: policy, document)
      #expect(step.provedResidual < 1e-9, "\(rare): \(step.residual)")
      #expect(PenalisedObjective.max.check(step.update).verdict == .holds)
    }
  }

  @Test("Equal actions that π never takes share evenly; those that it takes keep their proportions")
  func ties() throws {
    let document = try Models.bandit(["0", "1", "0", "1"], discount: "0.9")
    let untaken = try Models.policy(document, ["1/4", "0", "3/4", "0"])
    let taken = try Models.policy(document, ["1/2", "1/8", "1/4", "1/8"])
    let uneven = try Models.policy(document, ["1/2", "1/16", "1/4", "3/16"])
    for rule in ["max-kl", "mean-kl"] {
      let step = try Step(rule, .init(budget: 0.3), from: untaken, document)
      #expect(step.probabilities[1] > 0.1, "\(rule)")
      expect(step.probabilities[3], is: step.probabilities[1], within: Self.written, rule)
      expect(step.probabilities[2], is: 3 * step.probabilities[0], within: Self.written, rule)
    }
    for rule in ["penalty", "mean-penalty", "max-kl", "mean-kl"] {
      for (policy, ratio) in [(taken, 1.0), (uneven, 3)] {
        let step = try Step(rule, from: policy, document)
        #expect(!step.isUnchanged, "\(rule)")
        expect(
          step.probabilities[3], is: ratio * step.probabilities[1], within: Self.written, rule)
        expect(step.probabilities[0], is: 2 * step.probabilities[2], within: Self.written, rule)
      }
    }
    // The greedy rules exactly so.
    let half = Rational(numerator: 1, denominator: 2)
    #expect(
      try Step("policy-iteration", from: untaken, document).proposal.policy.probabilities
        == [Rational(0), half, Rational(0), half])
    #expect(
      try Step("policy-iteration", from: uneven, document).proposal.policy.probabilities
        == [
          Rational(0), Rational(numerator: 1, denominator: 4), Rational(0),
          Rational(numerator: 3, denominator: 4),
        ])
  }

  @Test(
    "Without a future a penalty is none, and the step is greedy",
    arguments: ["penalty", "mean-penalty"])
  func noDiscount(rule: String) throws {
    let document = try Models.model(
      """
      "discount": 0, "states": 2, "actions": 3, "initial": [1, 0],
      "transitions": [[[0, 1], [1, 0], [0, 1]], [[1, 0], [1, 0], [1, 0]]],
      "rewards": [[0, 1, 1], [0, 1, 2]]
      """)
    let policy = try Models.policy(document, ["1/4", "1/4", "1/2", "1/2", "1/2", "0"])
    let step = try Step(rule, from: policy, document)
    // State 1 is never visited.
    let expected = try Models.policy(document, ["0", "1/3", "2/3", "1/2", "1/2", "0"])
    #expect(step.proposal.policy == expected)
    #expect(step.provedResidual < 1e-12, "\(step.residual)")
  }

  @Test("Conservative policy iteration moves all the way where γε' = 0")
  func conservativeWithoutLoss() throws {
    let document = try Models.bandit(["0", "1"], discount: "0")
    let step = try Step("conservative", from: .uniform(document.space), document)
    #expect(step.proposal.policy.probabilities == [Rational(0), Rational(1)])
    // From the uniform bandit 𝔸' = ε'/(1−γ): α* = (1−γ)/(4γ) < 1 for γ > 1/5.
    for (discount, alpha) in [("1/2", 0.25), ("9/10", 1.0 / 36), ("1/10", 1)] {
      let document = try Models.bandit(["0", "1"], discount: discount)
      let step = try Step("conservative", from: .uniform(document.space), document)
      expect(step.probabilities[1], is: (1 + alpha) / 2, within: 0x1p-23, discount)
      expect(2 * step.probabilities[1] - 1, is: alpha, within: 0x1p-23, discount)
    }
  }

  @Test("Algorithm 1 cannot leave a deterministic policy for a rare enough gain, and proves it")
  func deterministicStart() throws {
    let document = try Models.model(
      """
      "discount": 0.9, "states": 2, "actions": 2, "initial": [0.7, "0.3"],
      "transitions": [[[0, 1], [1, 0]], [[1, 0], ["1/3", "2/3"]]], "rewards": [[0, 1], ["1/7", 0.3]]
      """)
    for choice in [[0, 2], [0, 3], [1, 2], [1, 3]] {
      let policy = ExactPolicy.deterministic(document.space) { choice[$0] }
      for rule in ["penalty", "mean-penalty"] {
        let step = try Step(rule, from: policy, document)
        #expect(step.isUnchanged, "\(rule) from \(choice)")
        #expect(
          step.provedResidual <= step.certifiedRoom, "\(rule) from \(choice): \(step.residual)")
        // In rational arithmetic the gap is what κ and ν lost as float64 numbers.
        let gap = try #require(
          step.proposal.residual.value(
            from: step.update.current, to: step.update.candidate.policy
          ).number)
        #expect(gap.approximation + gap.radius < 1e-26, "\(rule) from \(choice): \(gap)")
      }
    }
  }

  // Nothing to gain.

  /// All actions lead to the same place for the same reward, at numbers that float64 must round.
  static func level() throws -> MDPDocument {
    try Models.model(
      """
      "discount": "97/101", "states": 3, "actions": 3, "initial": ["1/3", "1/3", "1/3"],
      "transitions": [
        [["1/7", "2/7", "4/7"], ["1/7", "2/7", "4/7"], ["1/7", "2/7", "4/7"]],
        [["1/3", "1/3", "1/3"], ["1/3", "1/3", "1/3"], ["1/3", "1/3", "1/3"]],
        [["3/11", "1/11", "7/11"], ["3/11", "1/11", "7/11"], ["3/11", "1/11", "7/11"]]],
      "rewards": [["1/3", "1/3", "1/3"], ["-1/7", "-1/7", "-1/7"], [0.7, 0.7, 0.7]]
      """)
  }

  @Test("Where all advantages are equal nothing moves", arguments: all)
  func allEqual(rule: String) throws {
    let document = try Self.level()
    for seed in 1...5 {
      let policy = ExactPolicy.random(document.space, seed: UInt64(seed))
      let step = try Step(rule, from: policy, document)
      #expect(step.isUnchanged, "\(rule) moves \(step.probabilities)")
      if step.proposal.residual.isRelative {
        // Of lengths that are 0, which no ball can tell.
        let exact = step.proposal.residual.value(
          from: step.update.current, to: step.proposal.policy)
        #expect(exact.number?.isExactlyZero == true, "\(rule): \(exact.quantity)")
      } else {
        #expect(step.provedResidual <= step.certifiedRoom, "\(rule): \(step.residual)")
      }
    }
  }

  @Test(
    "From an optimal policy no rule steps, and a run says that it has converged", arguments: all)
  func optimalStart(rule id: String) throws {
    for name in ["racing", "river-swim", "recycling-robot", "kakade-langford", "bandit"] {
      let document = try Models.corpus(name)
      let evaluator = PolicyEvaluator(document)
      let optimal = try OptimalPolicy(evaluator).policy
      let rule = try #require(RuleCatalogue.rule(id))
      let run = ImprovementRun(
        rule, from: NamedPolicy(name: "optimal", policy: optimal), evaluator: evaluator,
        arithmetic: .auto)
      if Self.softmax.contains(id), optimal.probabilities.contains(where: \.isExactlyZero) {
        #expect(throws: ImprovementFailure.self) { try run.advance() }
        continue
      }
      let iteration = try run.advance()
      #expect(run.hasConverged && run.policy == optimal, "\(id) on \(name)")
      #expect(iteration.check.worst == .holds && iteration.check.improved == .holds)
      #expect(iteration.isSolved, "\(id) on \(name): \(iteration.optimalityResidual)")
    }
  }

  @Test(
    "States that are never visited keep their policy, every bit of it", arguments: convex + softmax)
  func unvisited(rule: String) throws {
    for seed in 1...20 {
      // The last two states only lead out; there are better actions in them all the same.
      let document = Unreachable.model(seed: UInt64(seed))
      let policy = ExactPolicy.random(document.space, seed: UInt64(seed))
      let step = try Step(rule, .init(budget: 0.1), from: policy, document)
      var moved = 0
      for state in document.space.states.indices {
        let visited = !step.update.current.stateVisitation.mass[state].isExactlyZero
        try #require(visited == (state < 4))
        for pair in document.space.pairs(of: state) {
          let isKept = step.proposal.policy[pair] == policy[pair]
          if visited { moved += isKept ? 0 : 1 } else { #expect(isKept, "\(rule), seed \(seed)") }
        }
      }
      #expect(moved > 0, "\(rule), seed \(seed)")
    }
  }

  @Test("Terminal states: nothing but terminals, or one decision before the end", arguments: all)
  func terminals(rule: String) throws {
    let over = try Models.model(
      """
      "discount": 0.9, "states": ["end", "other"], "actions": ["x"],
      "initial": {"end": 1}, "terminal": ["end", "other"], "transitions": []
      """)
    #expect(try Step(rule, from: .uniform(over.space), over).isUnchanged)
    let last = try Models.model(
      """
      "discount": 0.9, "states": ["end", "last"], "actions": ["x", "y"],
      "initial": {"last": 1}, "terminal": ["end"], "transitions": [
      {"from": "last", "action": "x", "to": {"end": 1}, "reward": 1},
      {"from": "last", "action": "y", "to": {"end": 1}}]
      """)
    let step = try Step(rule, from: .uniform(last.space), last)
    #expect(step.probabilities[0] > 0.5, "\(rule)")
    #expect(step.provedResidual < 1e-7, "\(rule): \(step.residual)")
  }

  // Sizes of steps.

  @Test("A huge budget comes to the greedy policy and is kept", arguments: ["max-kl", "mean-kl"])
  func hugeBudget(rule: String) throws {
    for name in ["racing", "bandit", "river-swim", "recycling-robot", "strens-chain"] {
      let document = try Models.corpus(name)
      let start = ExactPolicy.random(document.space, seed: 3)
      let greedy = try Step("policy-iteration", from: start, document)
      for delta in [10.0, 18.3, 25, 100, 1000] {
        let step = try Step(rule, .init(budget: delta), from: start, document)
        let spent = rule == "max-kl" ? step.update.maxDivergence : step.update.meanDivergence
        let divergence = try #require(spent.number)
        #expect(
          (Rational(finite: delta).real - divergence).isNonNegative == .yes,
          "\(name): \(divergence)")
        let (gain, most) = (
          step.update.policyAdvantage.approximation, greedy.update.policyAdvantage.approximation
        )
        if delta >= 100 {
          #expect(gain <= most && gain >= most * (1 - 0x1p-28), "\(name), δ = \(delta): \(gain)")
        }
        #expect(step.provedResidual <= 1e-2 * most, "\(name), δ = \(delta): \(step.residual)")
        #expect(step.provedResidual >= 0)
      }
    }
  }

  @Test("Softmax rules survive a huge budget", arguments: ["trust-region", "policy-gradient"])
  func hugeSoftmax(rule: String) throws {
    for name in ["racing", "bandit", "river-swim", "recycling-robot"] {
      let document = try Models.corpus(name)
      let step = try Step(rule, .init(budget: 1000), from: .uniform(document.space), document)
      #expect(!step.proposal.policy.probabilities.contains { $0.signum <= 0 }, "\(name)")
      #expect(step.update.policyAdvantage.signum > 0, "\(name)")
      let divergence = try #require(step.update.meanDivergence.number).approximation
      if rule == "trust-region" { #expect(divergence <= 1000, "\(name)") }
    }
  }

  @Test(
    "Tiny budgets: KL to six digits, and the gain of the quadratic limit",
    arguments: ["max-kl", "mean-kl", "trust-region"])
  func tinyBudget(rule: String) throws {
    for name in ["racing", "bandit", "river-swim", "recycling-robot", "strens-chain"] {
      let document = try Models.corpus(name)
      // Some actions rare: their probabilities change by far less than 1e-14.
      let space = document.space
      let rare = ExactPolicy.fromWeights(space) { pair in
        pair == space.pairs(of: space.state(ofPair: pair)).lowerBound ? 1_000_000 : 1 + pair % 3
      }
      for start in [ExactPolicy.uniform(space), .random(space, seed: 5), rare] {
        for delta in [1e-14, 1e-12, 1e-9] {
          let step = try Step(rule, .init(budget: delta), from: start, document)
          let spent = rule == "max-kl" ? step.update.maxDivergence : step.update.meanDivergence
          let divergence = try #require(spent.number)
          #expect(
            (Rational(finite: delta).real - divergence).isNonNegative == .yes,
            "\(name), δ = \(delta): \(divergence)")
          // The relative change of the rarest action, if all of δ went there: what the quadratic
          // limit neglects, and what a trust-region step misses.
          let least = start.probabilities.map(\.doubleValue).min() ?? 0
          let higherOrder =
            2
            * (2 * delta / least / (1 - document.discount.approximation))
            .squareRoot()
          // A trust-region step that exceeds δ by a hair of third order is halved.
          let isHalved = rule == "trust-region" && divergence.approximation < delta / 2
          let reached = isHalved ? delta / 4 : delta
          expect(
            divergence.approximation, is: reached,
            within: rule == "trust-region" ? 1e-6 + higherOrder : 1e-6, name)
          expect(
            step.update.policyAdvantage.approximation,
            is: quadraticGain(rule, reached, step.update.current), within: 1e-6 + higherOrder,
            "\(name), \(delta)")
          // A gap in units of return, and the sine of an angle.
          let room =
            rule == "trust-region" ? 1e-4 : 1e-3 * step.update.policyAdvantage.approximation
          #expect(step.provedResidual < room, "\(name), \(delta): \(step.residual)")
        }
      }
    }
  }

  /// The gain to first order in √δ: Σ ρ √(2δ Var_π A) where each state spends δ by itself,
  /// √(2δ/(1−γ) Σ ρ Var_π A) where they share.
  private func quadraticGain(
    _ rule: String, _ delta: Double, _ current: PolicyEvaluation<Rational>
  ) -> Double {
    var (alone, shared) = (0.0, Rational(0))
    for state in current.mdp.space.liveStates {
      let variance = current.mdp.space.pairs(of: state).reduce(Rational(0)) {
        $0 + current.policy[$1] * current.advantages[$1] * current.advantages[$1]
      }
      let visitation = current.stateVisitation.mass[state]
      alone += visitation.doubleValue * (2 * delta * variance.doubleValue).squareRoot()
      shared += visitation * variance
    }
    let horizon = 1 / (1 - current.mdp.discount.doubleValue)
    return rule == "max-kl" ? alone : (2 * delta * horizon * shared.doubleValue).squareRoot()
  }

  // What softmax rules ask for, and where policy iteration ends.

  @Test("Softmax rules name the action that a policy never takes", arguments: softmax)
  func unsupportedAction(rule: String) throws {
    let document = try Models.corpus("racing")
    let policy = try Models.policy(document, ["1/2", "1/2", "1", "0"])
    #expect(throws: RuleFailure.unsupportedAction(state: "warm", action: "fast")) {
      try Step(rule, from: policy, document)
    }
  }

  @Test("Policy iteration ends at a policy that rational arithmetic proves optimal")
  func policyIterationEnds() throws {
    for name in ["racing", "river-swim", "recycling-robot", "inventory-control", "strens-chain"] {
      let evaluator = PolicyEvaluator(try Models.corpus(name))
      let run = ImprovementRun(
        PolicyIterationRule(),
        from: NamedPolicy(name: "uniform", policy: .uniform(evaluator.space)),
        evaluator: evaluator, arithmetic: .auto)
      while !run.hasConverged && run.iterations.count < 50 { try run.advance() }
      #expect(run.hasConverged, "\(name)")
      let proved = try OptimalPolicy(evaluator, from: run.policy, exactly: true)
      #expect(proved.isProved && proved.policy == run.policy, "\(name)")
      // Howard's theorem, checked here: no action has a positive advantage.
      let evaluation = try evaluator.solveExactly(run.policy)
      #expect(evaluation.advantages.allSatisfy { $0.signum <= 0 }, "\(name)")
      #expect(proved.lower == evaluation.expectedReturn.quantity, "\(name)")
    }
  }

  @Test("Ties do not wander once nothing else is left to gain", arguments: convex)
  func tiesAtTheOptimum(rule id: String) throws {
    // Many shortest ways: actions that differ by less than float64 can tell.
    let evaluator = PolicyEvaluator(try Models.corpus("gridworld-4x4"))
    let run = ImprovementRun(
      try #require(RuleCatalogue.rule(id, .init(budget: 0.01))),
      from: NamedPolicy(name: "uniform", policy: .uniform(evaluator.space)), evaluator: evaluator,
      arithmetic: .auto)
    while !run.hasConverged && run.iterations.count < 20 {
      let iteration = try run.advance()
      #expect(iteration.check.improved == .holds, "step \(iteration.index) of \(id)")
    }
  }

  @Test("A nearly deterministic policy's gradient still points uphill")
  func gradientAmongRoundings() throws {
    let document = try Models.corpus("harmful/wrong-advantage")
    let run = ImprovementRun(
      PolicyGradientRule(.init(budget: 100)),
      from: NamedPolicy(name: "uniform", policy: .uniform(document.space)),
      evaluator: PolicyEvaluator(document), arithmetic: .auto)
    for _ in 0..<8 where !run.hasConverged {
      let iteration = try run.advance()
      #expect(iteration.check.improved == .holds, "step \(iteration.index)")
    }
  }

  @Test("Where float64 sees a tie, rational arithmetic goes on to the better action")
  func hiddenImprovement() throws {
    // Better by 1e-20, and by as much again in a state from which it is taken.
    let document = try Models.model(
      """
      "discount": 0.9, "states": 2, "actions": 2, "initial": [1, 0],
      "transitions": [[[0, 1], [0, 1]], [[1, 0], [1, 0]]],
      "rewards": [[1, "1.00000000000000000001"], ["2.00000000000000000001", 2]]
      """)
    let evaluator = PolicyEvaluator(document)
    let first = ExactPolicy.deterministic(document.space) { [0, 3][$0] }
    let run = ImprovementRun(
      PolicyIterationRule(), from: NamedPolicy(name: "first", policy: first), evaluator: evaluator,
      arithmetic: .auto)
    while !run.hasConverged && run.iterations.count < 10 { try run.advance() }
    let best = ExactPolicy.deterministic(document.space) { [1, 2][$0] }
    #expect(run.hasConverged && run.policy == best)
    let proved = try OptimalPolicy(evaluator, from: first, exactly: true)
    #expect(proved.isProved && proved.policy == best && proved.gap == 0)
    let value = try evaluator.solveExactly(best).expectedReturn
    #expect(proved.lower == value.quantity && proved.upper == value.quantity)
    // Float64 encloses the optimum without deciding.
    let enclosed = try OptimalPolicy(evaluator, from: first, effort: .float64)
    #expect(enclosed.policy == first && enclosed.gap > 0)
    #expect(
      try Rational(finite: enclosed.gap) >= value - evaluator.solveExactly(first).expectedReturn)
    #expect(!enclosed.isProved)
  }
}

/// Models in which some states are never visited.
enum Unreachable {
  /// Four states among themselves and two that only lead to them.
  static func model(seed: UInt64) -> MDPDocument {
    var document = Garnet.generate(
      GarnetConfiguration(states: 6, actions: 3, branching: 3, seed: seed, resolution: 64))
    document.transitions.nextState = []
    document.transitions.probability = .init()
    document.transitions.rowStart = [0]
    for pair in 0..<document.space.pairCount {
      for next in 0..<3 {
        document.transitions.nextState.append(Int32((next + pair + Int(seed)) % 4))
      }
      let row = document.transitions.nextState.suffix(3).sorted()
      document.transitions.nextState.replaceSubrange(
        (document.transitions.nextState.count - 3)..., with: row)
      let first = 1 + (5 * pair + Int(seed)) % 7
      for numerator in [first, 3, 10 - first] {
        document.transitions.probability.append(ExactNumber(numerator: numerator, denominator: 13))
      }
      document.transitions.rowStart.append(document.transitions.nextState.count)
    }
    document.initial = ExactNumberArray(
      (0..<6).map { ExactNumber(numerator: $0 < 4 ? 1 : 0, denominator: 4) })
    return document
  }
}

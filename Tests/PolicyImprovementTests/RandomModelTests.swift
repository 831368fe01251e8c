import MonotoneArithmetic
import MDPGuarantees
import MDPCore
import MDPSolvers
import MDPTesting
import Testing

@testable import PolicyImprovement

/// Every claim on every rule's steps on 1,000 random models, always the same ones.
///
/// Two steps of each of the nine rules a model: 18,000 updates, of which those of every 25th model
/// are proved (`auto`), the others computed in float64 within its error bounds; what float64 leaves
/// open, divergences to policies with probabilities of 1e-17, is proved too.
@Suite("Rules on random models")
struct RandomModelTests {
  static let modelCount = 1000
  static let groups = 20
  static let provedEvery = 25
  /// Residuals are sums of terms of order 1 at most, some of which cancel.
  static let rounding = 1e-15
  static let discounts = ["0", "0.1", "1/2", "2/3", "0.9", "0.99", "0.999"]
  static let budgets = [1e-10, 1e-3, 0.01, 0.3, 5]

  enum Kind: Int, CaseIterable {
    case garnet, dense, deterministic, nearDeterministic
  }

  /// A model of 2 to 6 states and 2 to 4 actions.
  static func model(_ seed: Int) throws -> MDPDocument {
    let kind = Kind.allCases[seed % Kind.allCases.count]
    let states = 2 + seed / 4 % 5
    let branching =
      switch kind {
      case .garnet: 1 + states / 2
      case .dense: states
      case .deterministic, .nearDeterministic: 1
      }
    let rewards: [GarnetRewards] = [.stateAction, .state, .stateAction, .sparse]
    let document = Garnet.generate(
      GarnetConfiguration(
        states: states, actions: 2 + seed / 20 % 3, branching: branching, seed: UInt64(seed),
        discount: try ExactNumber(parsing: discounts[seed % discounts.count]),
        rewards: rewards[seed / 4 % rewards.count], resolution: 100))
    guard kind == .nearDeterministic else { return document }
    return Slippery.make(document, slip: Rational(numerator: 1, denominator: 1000))
  }

  /// Random, uniform, nearly greedy and, for rules that can start there, deterministic policies.
  static func start(
    _ seed: Int, _ evaluator: PolicyEvaluator, allowsZeros: Bool
  ) throws -> ExactPolicy {
    let space = evaluator.space
    let random = ExactPolicy.random(space, seed: UInt64(seed))
    switch seed % 5 {
    case 0: return .uniform(space)
    case 1:
      let optimal = try OptimalPolicy(evaluator).policy
      return random.mixed(with: optimal, weight: Rational(numerator: 999, denominator: 1000))
    case 2 where allowsZeros:
      return .deterministic(space) { space.pairs(of: $0).lowerBound + seed / 5 % 2 }
    case 3 where allowsZeros:
      // Without the first action of each state.
      return .fromWeights(space) { pair in
        pair == space.pairs(of: space.state(ofPair: pair)).lowerBound ? 0 : 1 + pair % 3
      }
    default: return random
    }
  }

  @Test("No claim is violated, and no step from exact advantages does harm", arguments: 0..<groups)
  func claims(group: Int) throws {
    for seed in stride(from: group, to: Self.modelCount, by: Self.groups) {
      let evaluator = PolicyEvaluator(try Self.model(seed))
      let settings = RuleSettings(
        budget: Self.budgets[seed % Self.budgets.count], stepSize: seed % 2 == 0 ? 0.01 : 10)
      for rule in RuleCatalogue.all(settings) {
        let isSoftmax = EdgeCaseTests.softmax.contains(rule.id)
        let policy = try Self.start(seed, evaluator, allowsZeros: !isSoftmax)
        let isProved = seed / Self.groups % Self.provedEvery == group % Self.provedEvery
        let run = ImprovementRun(
          rule, from: NamedPolicy(name: "start", policy: policy), evaluator: evaluator,
          arithmetic: isProved ? .auto : .float64)
        for _ in 0..<2 where !run.hasConverged {
          let before = NamedPolicy(name: "before", policy: run.policy)
          let iteration = try run.advance()
          let name = "\(rule.id), model \(seed), step \(iteration.index)"
          var claims = iteration.check.claims
          if claims.contains(where: { $0.verdict == .undecided }) {
            #expect(!isProved, "\(name): nothing is left open")
            claims = try UpdateVerifier(evaluator, arithmetic: .auto).check(
              from: before, to: NamedPolicy(name: "after", policy: run.policy),
              claims: ClaimCatalogue.all + rule.claims
            ).claims
          }
          let failed = claims.filter { $0.verdict != .holds && $0.verdict != .notApplicable }
          #expect(failed.isEmpty, "\(name): \(failed)")
          #expect(iteration.check.improved == .holds, "\(name) lowers the return")
          let residual = iteration.optimalityResidual.approximation
          #expect(residual.isFinite && residual >= -Self.rounding, "\(name): \(residual)")
        }
      }
    }
  }
}

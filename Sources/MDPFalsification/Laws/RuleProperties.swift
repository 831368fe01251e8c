internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPTesting
internal import PolicyImprovement

/// The promises of the improvement rules about their steps from the current policy.
enum RuleProperties {
  static let all = RuleCatalogue.all.map { rule in
    NamedProperty.law(
      "rule-\(rule.id)", "a step of \(rule.id) is a policy, loses no return, and keeps its claims",
      kind: .rule
    ) { experiment in try check(rule, experiment) }
  }

  private static func check(
    _ rule: any ImprovementRule, _ experiment: Experiment
  ) throws -> Bool {
    let (input, evaluator) = (experiment.input, experiment.evaluator)
    let start = try EvaluatedPolicy(
      policy: input.current, evaluator: evaluator, effort: .proof())
    let proposal: Proposal
    // Softmax rules need every action; the policy may not take some. Nothing else may stop a rule, not
    // even the size of rewards.
    do throws(RuleFailure) { proposal = try rule.propose(from: start) } catch {
      guard case .unsupportedAction = error else { throw Broken(description: error.message) }
      return false
    }
    let ladder = ProofLadder(evaluator, from: input.current, to: proposal.policy)
    let update = try ladder.exact()
    let space = input.mdp.space
    for state in space.liveStates {
      let row = space.pairs(of: state).map { proposal.policy[$0] }
      guard row.allSatisfy({ $0.signum >= 0 }), row.reduce(Rational(0), +) == Rational(1) else {
        throw Broken(description: "state \(space.states[state]) has \(row)")
      }
    }
    let gain = update.candidate.expectedReturn - update.current.expectedReturn
    guard gain.signum >= 0 else {
      throw Broken(description: "the return falls by \(-gain.doubleValue)")
    }
    for claim in rule.claims + ClaimCatalogue.all.filter({ $0.id == rule.guarantee }) {
      guard try ladder.decide(claim).verdict != .violated else {
        throw Broken(description: "\(claim.id) is violated")
      }
    }
    return true
  }
}

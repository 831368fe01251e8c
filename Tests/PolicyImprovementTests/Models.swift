import MonotoneArithmetic
import Foundation
import MDPGuarantees
import MDPCore
import MDPFormats
import MDPSolvers
import MDPTesting

import MonotoneFiles
@testable import PolicyImprovement

/// Models and policies to try rules on.
enum Models {
  /// The root of the package.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A model of `mdps/`.
  static func corpus(_ name: String) throws -> MDPDocument {
    try MDPReader.read(InputBytes(path: root.appendingPathComponent("mdps/\(name).json").path))
  }

  /// A model given in the format of files, without its schema and name.
  static func model(_ members: String) throws -> MDPDocument {
    try MDPReader.read(
      InputBytes(#"{"schema": "monotone/mdp/v1", "name": "test", \#(members)}"#, name: "test"))
  }

  /// One state that every action leads back to: A(a) = r(a) − Σ π r, ρ = 1/(1−γ).
  static func bandit(_ rewards: [String], discount: String) throws -> MDPDocument {
    try model(
      """
      "discount": "\(discount)", "states": 1, "actions": \(rewards.count), "initial": [1],
      "transitions": [[\(rewards.map { _ in "[1]" }.joined(separator: ", "))]],
      "rewards": [[\(rewards.map { "\"\($0)\"" }.joined(separator: ", "))]]
      """)
  }

  /// A policy by pair.
  static func policy(_ document: MDPDocument, _ probabilities: [String]) throws -> ExactPolicy {
    ExactPolicy(
      space: document.space,
      probabilities: try probabilities.map { try ExactNumber(parsing: $0).rational })
  }
}

/// One step of a rule, and what exact arithmetic makes of it.
struct Step {
  let start: EvaluatedPolicy
  /// What float64 knows of the start.
  let evaluation: PolicyEvaluation<TrackedDouble>
  let proposal: Proposal
  /// The step in rational numbers.
  let update: PolicyUpdate<Rational>
  /// What the rule's residual is in balls around float64 solutions, as runs report it.
  let residual: Extended<Ball>

  init(
    _ rule: any ImprovementRule, from policy: ExactPolicy, _ document: MDPDocument,
    effort: ComparisonEffort = .float64
  ) throws {
    let evaluator = PolicyEvaluator(document)
    evaluation = try evaluator.evaluate(policy)
    start = try EvaluatedPolicy(policy: policy, evaluator: evaluator, effort: effort)
    proposal = try rule.propose(from: start)
    update = PolicyUpdate(
      current: try evaluator.solveExactly(policy),
      candidate: try evaluator.solveExactly(proposal.policy))
    residual = proposal.residual.value(
      from: try evaluator.certify(policy), to: try evaluator.certify(proposal.policy).policy)
  }

  /// Of a rule by name.
  init(
    _ id: String, _ settings: RuleSettings = .init(), from policy: ExactPolicy,
    _ document: MDPDocument, effort: ComparisonEffort = .float64
  ) throws {
    guard let rule = RuleCatalogue.rule(id, settings) else { throw UnknownRule(id: id) }
    try self.init(rule, from: policy, document, effort: effort)
  }

  struct UnknownRule: Error { var id: String }

  /// π̃ in float64.
  var probabilities: [Double] { proposal.policy.probabilities.map(\.doubleValue) }

  /// Whether π̃ = π, every bit of it.
  var isUnchanged: Bool { proposal.policy == start.policy }

  /// What certified arithmetic may add to a residual: the error bounds of the advantages, a few
  /// times over, since prices keep four of them away, on every visit.
  var certifiedRoom: Double {
    let error = evaluation.advantages.reduce(0) { max($0, $1.error) }
    return 10 * error * evaluation.stateVisitation.total.value
  }

  /// The upper end of the residual, rigorous; +∞ where there is none.
  var provedResidual: Double {
    guard case .finite(let ball) = residual else { return .infinity }
    return (ball.approximation + ball.radius).nextUp
  }
}

import Arithmetic
import MDPCore
import MDPFormats
import MDPSolvers

/// Turns policy arguments into policies of one model, and evaluates them.
///
/// Evaluations are kept by name: a verification run meets the uniform policy in most updates.
final class PolicyResolver {
  private let file: String
  private let evaluator: PolicyEvaluator
  private var evaluations: [String: NamedEvaluation] = [:]
  private var solved: OptimalPolicy?

  /// A policy by the name it was asked for, evaluated.
  struct NamedEvaluation {
    var name: String
    var policy: ExactPolicy
    var evaluation: PolicyEvaluation<TrackedDouble>
    /// The JSON paths of rows of a policy file that were divided by their sum.
    var normalised: [String]
  }

  private struct Resolved {
    var policy: ExactPolicy
    var normalised: [String] = []
  }

  init(_ model: LoadedModel) {
    file = model.file
    evaluator = model.evaluator
  }

  /// The policy of an argument, evaluated.
  func evaluate(_ argument: String) throws -> NamedEvaluation {
    try evaluate(PolicyArgument.parse(argument))
  }

  /// The policy of an argument.
  func policy(_ argument: String) throws -> ExactPolicy {
    try resolve(PolicyArgument.parse(argument)).policy
  }

  /// An optimal policy of the model.
  func optimal() throws -> OptimalPolicy {
    if let solved { return solved }
    do throws(EvaluationFailure) {
      let optimal = try OptimalPolicy(evaluator)
      solved = optimal
      return optimal
    } catch {
      throw CommandFailure(error, file: file)
    }
  }

  /// An estimate of the reciprocal condition of a policy's linear system; nil for sparse systems.
  func reciprocalCondition(_ policy: ExactPolicy) throws -> Double? {
    do throws(EvaluationFailure) {
      return try evaluator.reciprocalCondition(policy)
    } catch {
      throw CommandFailure(error, file: file)
    }
  }

  private func evaluate(_ expression: PolicyExpression) throws -> NamedEvaluation {
    let name = expression.description
    if let known = evaluations[name] { return known }
    let resolved = try resolve(expression)
    let named: NamedEvaluation
    do throws(EvaluationFailure) {
      named = NamedEvaluation(
        name: name, policy: resolved.policy, evaluation: try evaluator.evaluate(resolved.policy),
        normalised: resolved.normalised)
    } catch {
      throw CommandFailure(error, file: file)
    }
    evaluations[name] = named
    return named
  }

  private func resolve(_ expression: PolicyExpression) throws -> Resolved {
    let space = evaluator.space
    switch expression {
    case .uniform: return Resolved(policy: .uniform(space))
    case .optimal: return Resolved(policy: try optimal().policy)
    case .random(let seed): return Resolved(policy: .random(space, seed: seed))
    case .greedy(let base): return Resolved(policy: try evaluate(base).evaluation.greedyPolicy)
    case .softmax(let step, let base):
      let base = try evaluate(base)
      return Resolved(
        policy: base.evaluation.softmaxStep(step.approximation, from: base.policy))
    case .drop(let base):
      let base = try evaluate(base)
      return Resolved(policy: base.evaluation.withoutWorstAction(from: base.policy))
    case .mix(let weight, let first, let second):
      let (a, b) = (try resolve(first), try resolve(second))
      return Resolved(
        policy: a.policy.mixed(with: b.policy, weight: weight.rational),
        normalised: a.normalised + b.normalised)
    case .file(let path):
      let document = try ModelLoader.readPolicy(path, for: evaluator.document)
      return Resolved(policy: document.policy, normalised: document.normalised)
    }
  }
}

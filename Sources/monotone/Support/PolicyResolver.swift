import Arithmetic
import Guarantees
import MDPCore
import MDPFormats
import MDPSolvers

/// Turns policy arguments into policies of one model.
///
/// What is derived from a policy (greedy, softmax, drop) rests on its float64 evaluation; the policy
/// that comes out is exact. Policies and evaluations are kept by name.
final class PolicyResolver {
  private let file: String
  private let evaluator: PolicyEvaluator
  private var policies: [String: NamedPolicy] = [:]
  private var evaluations: [String: NamedEvaluation] = [:]
  private var solved: OptimalPolicy?

  private struct NamedEvaluation {
    var policy: ExactPolicy
    var evaluation: PolicyEvaluation<TrackedDouble>
  }

  private struct Resolved {
    var policy: ExactPolicy
    var normalised: [String] = []
  }

  init(_ model: LoadedModel) {
    file = model.file
    evaluator = model.evaluator
  }

  /// The policy of an argument, by name.
  func policy(_ argument: String) throws -> NamedPolicy {
    let expression = try PolicyArgument.parse(argument)
    if let known = policies[expression.description] { return known }
    let resolved = try resolve(expression)
    let named = NamedPolicy(
      name: expression.description, policy: resolved.policy, normalised: resolved.normalised)
    policies[named.name] = named
    return named
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

  private func evaluate(_ expression: PolicyExpression) throws -> NamedEvaluation {
    let name = expression.description
    if let known = evaluations[name] { return known }
    let resolved = try resolve(expression)
    let named: NamedEvaluation
    do throws(EvaluationFailure) {
      named = NamedEvaluation(
        policy: resolved.policy, evaluation: try evaluator.evaluate(resolved.policy))
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

internal import MonotoneArithmetic
public import MonotoneFiles
public import MDPGuarantees
internal import MDPCore
package import MDPFormats
public import MDPSolvers

/// Turns policy arguments into policies of one model.
///
/// A policy derived from another one (optimal, greedy, softmax, drop) compares action values as
/// sharply as the arithmetic asks for: in float64 within error bounds, otherwise until a proof decides
/// or none is affordable. What is not proved is remarked upon. Policies are kept by name.
public final class PolicyResolver {
  private let file: String
  private let reading: MDPReaderConfiguration
  private let evaluator: PolicyEvaluator
  private let effort: ComparisonEffort
  private let monitor: RunMonitor
  private var policies: [String: NamedPolicy] = [:]
  private var solved: OptimalPolicy?
  /// The properties of requested policies that were not proved, in words.
  public private(set) var remarks: [String] = []

  /// A resolver for one model.
  public init(_ model: LoadedModel, _ rigour: Rigour = Rigour(), monitor: RunMonitor = .init()) {
    self.monitor = monitor
    file = model.file
    reading = model.reading
    evaluator = model.evaluator
    effort = rigour.comparisonEffort
  }

  /// The policy of an argument, by name.
  public func policy(_ argument: String) throws(RunFailure) -> NamedPolicy {
    try policy(PolicyExpression(argument: argument))
  }

  package func policy(_ expression: PolicyExpression) throws(RunFailure) -> NamedPolicy {
    if let known = policies[expression.description] { return known }
    let resolved = try resolve(expression)
    let named = NamedPolicy(
      name: expression.description, policy: resolved.policy, normalised: resolved.normalised)
    policies[named.name] = named
    return named
  }

  /// An optimal policy of the model.
  public func optimal() throws(RunFailure) -> OptimalPolicy {
    if let solved { return solved }
    do throws(EvaluationFailure) {
      let optimal = try OptimalPolicy(evaluator, effort: effort)
      solved = optimal
      if let doubt = optimal.doubt { remark("optimal: \(doubt)") }
      return optimal
    } catch {
      throw RunFailure(error, file: file)
    }
  }

  /// Keeps a remark, and tells the user: results have no place for it.
  private func remark(_ text: String) {
    remarks.append(text)
    monitor.note("\(file): \(text)")
  }

  /// The policy that answers a question about another one.
  private func derive<Question: ActionQuestion>(
    _ expression: PolicyExpression, from base: PolicyExpression,
    _ question: (_ policy: ExactPolicy) -> Question
  ) throws(RunFailure) -> PolicyDocument where Question.Answer == ExactPolicy {
    let named = try policy(base)
    let base = named.policy
    do throws(EvaluationFailure) {
      try evaluator.requireEnding(base, named: named.name)
      let derived = try evaluator.ask(question(base), of: base, effort: effort)
      if effort.refines, !derived.isDecided {
        remark(
          "\(expression): some actions could not be told apart and count as equal; "
            + "an exact solve would decide (--arithmetic exact --force)")
      }
      return PolicyDocument(policy: derived.answer)
    } catch {
      throw RunFailure(error, file: file)
    }
  }

  private func resolve(_ expression: PolicyExpression) throws(RunFailure) -> PolicyDocument {
    let space = evaluator.space
    switch expression {
    case .uniform: return PolicyDocument(policy: .uniform(space))
    case .optimal: return PolicyDocument(policy: try optimal().policy)
    case .random(let seed): return PolicyDocument(policy: .random(space, seed: seed))
    case .greedy(let base): return try derive(expression, from: base) { _ in GreedyQuestion() }
    case .softmax(let step, let base):
      return try derive(expression, from: base) {
        SoftmaxQuestion(step: step.rational, from: $0)
      }
    case .drop(let base):
      return try derive(expression, from: base) { WorstActionQuestion(of: $0) }
    case .mix(let weight, let first, let second):
      let (a, b) = (try resolve(first), try resolve(second))
      return PolicyDocument(
        policy: a.policy.mixed(with: b.policy, weight: weight.rational),
        normalised: a.normalised + b.normalised)
    case .file(let path):
      return try InputFile.policy(path, for: evaluator.document, reading)
    }
  }
}

extension OptimalPolicy {
  /// The reason why the policy is not proved optimal; nil where it is.
  package var doubt: String? {
    if isProved { return nil }
    return "not proved optimal"
      + (gap.isFinite
        ? ": at most \(NumberFormat.bound(gap, .up, digits: 2)) below the optimal return" : "")
  }
}

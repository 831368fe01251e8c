import Arithmetic
import Guarantees
import MDPFormats
import MDPSolvers
import PolicyImprovement
import Reports

/// The improvement rules as a family of updates: from the uniform policy, every rule's first steps
/// proved, and a longer way in float64 to see where it leads.
struct RuleFamily {
  /// How many steps of each rule are proved.
  var iterations: Int
  /// How verdicts are reached.
  var arithmetic: Rigour

  /// The rules at their default settings on one model.
  func verify(_ model: LoadedModel, optimum: Double) throws -> [RuleVerification] {
    let start = try PolicyResolver(model).policy("uniform")
    let budget = Self.iterationBudget(model)
    return try RuleCatalog.all.compactMap { rule in
      // Ctrl-C keeps the rules that are done.
      guard !Interruption.isRequested else { return nil }
      let run = ImprovementRun(
        rule, from: start, evaluator: model.evaluator, arithmetic: arithmetic.kind,
        configuration: arithmetic.configuration,
        identitySecondsLimit: Self.identitySecondsLimit)
      do throws(ImprovementFailure) {
        while run.iterations.count < iterations, !run.hasConverged { try run.advance() }
        return RuleVerification(
          rule: rule,
          command: ShellWord.line(
            ["monotone", "improve", model.file, "--rule", rule.id, "--iterations", "\(iterations)"]
              + arithmetic.arguments),
          steps: run.iterations.map { VerifiedStep($0) },
          curve: try LearningCurve(
            rule, from: start.policy, evaluator: model.evaluator, iterations: budget),
          iterationBudget: budget, optimum: optimum)
      } catch {
        throw CommandFailure(error, file: model.file)
      }
    }
  }

  /// Up to about eighty states; beyond, a report would spend most of its time on proving the same
  /// identities on one step after another.
  private static let identitySecondsLimit = 0.01

  /// 200 steps, or as many as fit into about five seconds a rule. Estimated from the model's size,
  /// not from a clock: the same model gives the same report.
  private static func iterationBudget(_ model: LoadedModel) -> Int {
    let order = Double(model.document.space.liveStates.count)
    let entries = Double(model.document.transitions.nextState.count)
    let seconds = order * order * order * 1e-10 + entries * 1e-7
    return max(1, min(200, Int(5 / seconds)))
  }
}

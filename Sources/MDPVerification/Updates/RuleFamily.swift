internal import MonotoneArithmetic
internal import MonotoneFiles
internal import MDPGuarantees
internal import MDPFormats
internal import MDPSolvers
internal import PolicyImprovement

/// The improvement rules as a family of updates: from the uniform policy, every rule's first steps
/// proved, and a longer way in float64 to see where it leads.
struct RuleFamily {
  /// How many steps of each rule are proved.
  var iterations: Int
  /// How verdicts are reached.
  var arithmetic: Rigour
  /// May stop the run.
  var monitor: RunMonitor

  /// The rules at their default settings on one model.
  func verify(_ model: LoadedModel, optimum: Double) -> [RuleVerification] {
    let start = NamedPolicy(name: "uniform", policy: .uniform(model.document.space))
    let rules = RuleCatalogue.all.filter { !model.document.isUndiscounted || !$0.needsDiscounting }
    return rules.compactMap { rule in
      // A run that is stopped keeps the rules that are done.
      monitor.isStopped() ? nil : verify(rule, model, start, optimum: optimum)
    }
  }

  /// One rule. That it has no step to propose, or that a step cannot be evaluated, ends the rule and not
  /// the run: its row says so.
  private func verify(
    _ rule: any ImprovementRule, _ model: LoadedModel, _ start: NamedPolicy, optimum: Double
  ) -> RuleVerification {
    let budget = Self.iterationBudget(model)
    let run = ImprovementRun(
      rule, from: start, evaluator: model.evaluator, arithmetic: arithmetic.kind,
      configuration: arithmetic.configuration, identitySecondsLimit: Self.identitySecondsLimit)
    var curve: LearningCurve?
    var failure: String?
    do throws(ImprovementFailure) {
      while run.iterations.count < iterations, !run.hasConverged { try run.advance() }
      do throws(ImprovementFailure) {
        curve = try LearningCurve(
          rule, from: start.policy, evaluator: model.evaluator, iterations: budget)
      } catch {
        // A model that float64 cannot evaluate has proved steps, but no curve to draw.
        if case .rule = error { throw error }
      }
    } catch {
      failure = error.message
    }
    return RuleVerification(
      rule: rule,
      command: ShellWord.line(
        ["monotone", "improve", model.file, "--rule", rule.id, "--iterations", "\(iterations)"]
          + arithmetic.arguments),
      steps: run.iterations.map { VerifiedStep($0) }, curve: curve, iterationBudget: budget,
      optimum: optimum, failure: failure)
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
    return Int(clamping: 5 / seconds, to: 1...200)
  }
}

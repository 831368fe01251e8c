internal import Arithmetic
internal import Guarantees
internal import PolicyImprovement

extension HTMLReport {
  private static let outcomes = UpdateMark.allCases

  /// The improvement rules: over all models, by model, and each model's figures and numbers.
  var rules: String {
    let summaries = verification.ruleSummaries
    guard !summaries.isEmpty else { return "" }
    let models = verification.models.enumerated().filter { !$1.rules.isEmpty }
    return """
      <section id="rules">
      <h2>Improvement rules</h2>
      <p class="note">\(verification.ruleOverviewNote.htmlEscaped)</p>
      \(failures)
      \(overview(summaries))
      <h3>Iterations until \(Verification.timedShareText) of the gap is closed</h3>
      <p class="note">&gt; N where N iterations do not close it, never where the rule came to its \
      end before; below that, how much of the gap was closed.</p>
      \(iterations(models.map(\.element), rules: summaries.map(\.rule)))
      <h3>Model by model</h3>
      \(models.map { details($1, place: $0) }.joined(separator: "\n"))
      </section>
      """
  }

  /// The rules that could not go on, and why.
  private var failures: String {
    verification.ruleFailures.map { row in
      """
      <p class="verdict violated">error: <code>\(row.rule.htmlName)</code> on \
      \(row.model.htmlName): \(row.message.htmlEscaped)</p>
      """
    }.joined(separator: "\n")
  }

  /// Where rows of the rules' steps are, for the sections that count and list updates.
  var ruleStepsNote: String {
    guard verification.ruleStepCount > 0 else { return "" }
    return """
      <p class="note">All results of the updates. Of the steps of the \
      <a href="#rules">improvement rules</a>, on which every claim is checked as well, those that \
      are violated or undecided.</p>
      """
  }

  private func overview(_ summaries: [RuleSummary]) -> String {
    HTML.table(
      ["rule", "#models closed", "#median steps", "#proved steps"]
        + Self.outcomes.map { "#\($0.rawValue)" } + ["claims"],
      summaries.map { rule in
        [
          "<code>\(rule.rule.htmlName)</code>", rule.closedText, rule.medianText.htmlEscaped,
          NumberFormat.count(rule.stepCount),
        ] + Self.outcomes.map { Self.outcome($0, rule.count($0)) }
          + [HTML.verdict(rule.counts.worst)]
      }, label: "Improvement rules over all models")
  }

  private func iterations(_ models: [ModelVerification], rules: [String]) -> String {
    HTML.table(
      ["model"] + rules.map { "#\($0.htmlName)" },
      models.map { model in
        [model.model.name.htmlName]
          + rules.map { name in
            guard let rule = model.rules.first(where: { $0.rule == name }) else { return "–" }
            guard rule.iterationsToClose == nil else { return rule.iterationsText }
            return "\(rule.iterationsText.htmlEscaped)<small>\(rule.gapText)</small>"
          }
      }, label: "Iterations until \(Verification.timedShareText) of the gap is closed")
  }

  private func details(_ model: ModelVerification, place: Int) -> String {
    let closed = model.rules.count { $0.iterationsToClose != nil }
    let drawings = [
      (figures?.returns[place], ReturnFigure.caption),
      (figures?.stepSizes[place], StepSizeFigure.caption),
    ].compactMap { figure, caption in
      figure.map {
        "<figure>\($0.inline)<figcaption>\(caption.htmlEscaped)</figcaption></figure>"
      }
    }
    let table = HTML.table(
      ["rule", "#iterations", "#gap closed", "#max KL of step 1", "#proved steps"]
        + Self.outcomes.map { "#\($0.rawValue)" } + ["claims"],
      model.rules.map { rule in
        [
          "<code>\(rule.rule.htmlName)</code>"
            + (rule.parameters.isEmpty
              ? "" : "<small>\(rule.parametersText.htmlName)</small>"),
          rule.iterationsText.htmlEscaped, rule.gapText,
          rule.steps.first.map { NumberFormat.middle($0.maxKL, digits: 3) } ?? "–",
          NumberFormat.count(rule.steps.count),
        ] + Self.outcomes.map { Self.outcome($0, rule.count($0)) }
          + [HTML.verdict(rule.counts.worst)]
      }, commands: model.rules.map(\.command),
      label: "Improvement rules on \(model.model.name.displayable)")
    return """
      <details class="rules">
      <summary><h4>\(model.model.name.htmlName)</h4> \
      \(NumberFormat.count(closed)) of \(NumberFormat.count(model.rules.count, "rule")) close \
      \(Verification.timedShareText) of the gap from \
      \(NumberFormat.middle(model.uniformReturn)) to \
      \(NumberFormat.middle(model.optimalReturn))</summary>
      <div class="curves">\(drawings.joined())</div>
      \(table)
      </details>
      """
  }

  /// A count of steps, in the colour of bad news where a step did harm.
  private static func outcome(
    _ outcome: UpdateMark, _ count: Int
  ) -> String {
    let text = NumberFormat.count(count)
    guard count > 0 else { return text }
    return switch outcome {
    case .harmful: "<span class=\"verdict violated\">\(text)</span>"
    case .undecided: "<span class=\"verdict undecided\">\(text)</span>"
    case .guaranteed, .improved, .unchanged: text
    }
  }
}

internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPVerification
internal import PolicyImprovement

extension VerificationReport {
  private static let outcomes = UpdateMark.allCases

  /// The improvement rules: over all models, by model, and each model's figures and numbers.
  var rules: ReportSection? {
    let summaries = verification.ruleSummaries
    guard !summaries.isEmpty else { return nil }
    let models = verification.models.enumerated().filter { !$1.rules.isEmpty }
    return ReportSection(
      id: "rules", "Improvement rules",
      [
        .paragraph(RichText(verification.ruleOverviewNote)), .table(overview(summaries)), failures,
        .figures(
          figures?.gap.map {
            [.init($0, caption: GapFigure.caption, narrow: figures?.narrowGap)]
          } ?? []),
        .folded(iterations(models.map(\.element), rules: summaries.map(\.rule))),
      ] + models.map { details($1, place: $0) })
  }

  /// The rules that could not go on, and why.
  private var failures: ReportBlock {
    let rows = verification.ruleFailures.map { row in
      ReportTable.Row(
        [.code(row.rule), RichText(row.model), .verdict(.violated, row.message)],
        command: row.command)
    }
    return .only(
      rows.isEmpty ? [] : [.page, .summary, .terminal],
      [.table(ReportTable("Rules that could not go on", ["rule", "model", "error"], rows))])
  }

  private func overview(_ summaries: [RuleSummary]) -> ReportTable {
    ReportTable(
      "Improvement rules over all models",
      ["rule", "claims", "#models closed", "#median steps", "#proved steps"]
        + Self.outcomes.map { .init("#\($0.rawValue)") },
      summaries.map { rule in
        let head: [RichText] = [
          .code(rule.rule), .verdict(rule.counts.worst), RichText(rule.closedText),
          RichText(rule.medianText), RichText(NumberFormat.count(rule.stepCount)),
        ]
        return .init(head + Self.outcomes.map { Self.outcome($0, rule.count($0)) })
      }, limit: .max)
  }

  private func iterations(
    _ models: [ModelVerification], rules: [String]
  ) -> ReportBlock.Folded {
    let title = "Iterations until \(Verification.timedShareText) of the gap is closed"
    let table = ReportTable(
      title,
      ["model"] + rules.map { .init("#\($0)") },
      models.map { model in
        .init(
          [RichText(model.model.name)]
            + rules.map { name in
              guard let rule = model.rules.first(where: { $0.rule == name }) else { return "–" }
              return RichText(rule.iterationsText)
                + (rule.iterationsToClose == nil ? .note(rule.gapText) : "")
            })
      })
    return .init(
      id: "rules-iterations", title: RichText(title), summary: "model by model",
      blocks: [
        .paragraph(
          "> N where N iterations do not close it, never where the rule came to its end before; below "
            + "that, how much of the gap was closed."), .table(table),
      ])
  }

  private func details(_ model: ModelVerification, place: Int) -> ReportBlock {
    let closed = model.rules.count { $0.iterationsToClose != nil }
    let drawings: [ReportBlock.CaptionedFigure] = [
      figures?.returns[place].map { .init($0, caption: ReturnFigure.caption) },
      figures?.stepSizes[place].map { .init($0, caption: StepSizeFigure.caption) },
    ].compactMap(\.self)
    let table = ReportTable(
      "Improvement rules on \(model.model.name.displayable)",
      ["rule", "claims", "#iterations", "#gap closed", "#max KL of step 1", "#proved steps"]
        + Self.outcomes.map { .init("#\($0.rawValue)") },
      model.rules.map { rule in
        let head: [RichText] = [
          .code(rule.rule) + .note(rule.parametersText), .verdict(rule.counts.worst),
          RichText(rule.iterationsText), RichText(rule.gapText),
          RichText(rule.steps.first.map { NumberFormat.middle($0.maxKL, digits: 3) } ?? "–"),
          RichText(NumberFormat.count(rule.steps.count)),
        ]
        return .init(
          head + Self.outcomes.map { Self.outcome($0, rule.count($0)) }, command: rule.command)
      })
    return .folded(
      .init(
        id: "rules-\(place + 1)", title: RichText(model.model.name),
        summary: RichText(
          "\(NumberFormat.count(closed)) of \(NumberFormat.count(model.rules.count, "rule")) close "
            + "\(Verification.timedShareText) of the gap from "
            + "\(NumberFormat.middle(model.uniformReturn)) to "
            + NumberFormat.middle(model.optimalReturn)),
        blocks: [.figures(drawings), .table(table)]))
  }

  /// A count of steps, in the colour of bad news where a step did harm.
  private static func outcome(
    _ outcome: UpdateMark, _ count: Int
  ) -> RichText {
    let text = NumberFormat.count(count)
    guard count > 0 else { return RichText(text) }
    return switch outcome {
    case .harmful: .verdict(.violated, text)
    case .undecided: .verdict(.undecided, text)
    case .guaranteed, .improved, .unchanged: RichText(text)
    }
  }
}

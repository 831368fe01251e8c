internal import MonotoneArithmetic
internal import MDPGuarantees
public import MDPVerification

/// The report of a verification, section by section in the order in which a reader wants them.
struct VerificationReport {
  let verification: Verification
  let environment: RunEnvironment?
  let rows: [ReportRow]
  let summaries: [ClaimSummary]
  let counts: VerdictCounts
  let figures: ReportFigures?

  /// - Parameters:
  ///   - environment: The run's environment; nil where only its results are at hand.
  ///   - drawsFigures: Whether figures are wanted: a terminal shows none.
  init(_ verification: Verification, environment: RunEnvironment? = nil, drawsFigures: Bool = true)
  {
    self.verification = verification
    self.environment = environment
    rows = verification.rows
    summaries = verification.claimSummaries(rows)
    counts = verification.counts
    figures = drawsFigures ? ReportFigures(verification, summaries) : nil
  }

  /// The whole report.
  var report: SectionedReport {
    SectionedReport(
      title: "Monotone verification report", headline: verification.headline,
      qualifier: verification.rigour, worst: verification.worst, opening: opening,
      notices: notices,
      sections: [
        verdicts, problems, looseness, rules, attainments, refutations, models, claims, results,
        toolchain,
      ].compactMap(\.self))
  }

  /// A paragraph on the models and claims that were checked, and the meaning of the verdicts.
  private var opening: RichText {
    guard !verification.models.isEmpty else {
      return "Counterexamples to false variants of claims, and examples of how tight bounds are."
    }
    let strength =
      counts.rigorous == counts.total
      ? "Every verdict is proved. "
      : counts.rigorous == 0
        ? "Verdicts are float64 evidence, not proofs. "
        : "\(provedText). "
    let marks = verification.markCounts
    return RichText(
      "\(verification.scopeText): each claim was checked on each of them. " + strength
        + "The claims are theorems, \(MachineChecked.words). That they hold tests this program and the model files, not whether "
        + "an update is good. Of the updates, \(NumberFormat.count(marks[.guaranteed])) "
        + "were guaranteed to improve the policy, "
        + "\(NumberFormat.count(marks[.improved])) improved it without a guarantee, and "
        + "\(NumberFormat.count(marks[.harmful])) lowered its return.")
  }

  private var notices: [SectionedReport.Notice] {
    var notices: [SectionedReport.Notice] = []
    if verification.interrupted {
      notices.append(
        .init("Interrupted.", "Models are missing, and the counts are of what was finished."))
    }
    if let failures = verification.ruleFailureText {
      notices.append(.init("\(failures).", "See " + .link("the rules", to: "rules") + "."))
    }
    let failing = verification.refutations.count { !$0.refutes }
    if failing > 0 {
      notices.append(
        .init(
          "\(NumberFormat.count(failing, "counterexample")) failed to refute.",
          "A checker that misses a false bound proves nothing about true ones: see "
            + .link("the counterexamples", to: "counterexamples") + "."))
    }
    let faulty = verification.attainments.compactMap(\.fault).count
    if faulty > 0 {
      notices.append(
        .init(
          "\(NumberFormat.count(faulty, "example")) of tightness failed.",
          "See " + .link("the attainment of the bounds", to: "attainment") + "."))
    }
    if counts.total > counts.consistent, counts.rigorous == 0 {
      notices.append(
        .init(
          "Float64 evidence, not proof.",
          "Every number carries a bound on its rounding error, and a verdict holds within it. No "
            + "verdict here is a theorem.", isFault: false))
    } else if counts.rigorous < counts.total {
      notices.append(
        .init(
          "\(provedText).",
          counts.rigorous + counts.consistent == counts.total
            ? "The others are equalities that were not refuted: enclosures cannot prove one."
            : "The others are float64 evidence.", isFault: false))
    }
    return notices
  }

  /// `12 of 14 verdicts are proved`.
  private var provedText: String {
    "\(NumberFormat.count(counts.rigorous)) of \(NumberFormat.count(counts.total)) verdicts are proved"
  }

  private var verdicts: ReportSection {
    let refuted = verification.refutations.count(where: \.refutes)
    let hasModels = !verification.models.isEmpty
    var facts: [ReportBlock.Fact] =
      hasModels
      ? [
        .init("Scope", verification.scopeText), .init("Updates", verification.markCounts.text),
      ] : []
    facts.append(.init("Arithmetic", verification.rigour))
    if !verification.refutations.isEmpty {
      facts.append(
        .init(
          "Counterexamples",
          "\(refuted) of \(verification.refutations.count) refute their false variant"))
    }
    if !verification.attainments.isEmpty {
      facts.append(.init("Attainment", verification.attainmentText))
    }
    return ReportSection(
      "Verdicts",
      (hasModels
        ? [
          .tiles(
            counts.listed.map {
              .init($0.words, counts[$0], plural: $0 == .holds ? "hold" : nil, colour: $0)
            })
        ] : [])
        + [.facts(facts)])
  }

  /// The violated and undecided rows, readable without JavaScript.
  private var problems: ReportSection? {
    let problems = rows.badNews
    guard !problems.isEmpty else { return nil }
    let table = ReportTable(
      "Violated and undecided results",
      ["verdict", "claim", "model", "update", "#margin", "witness"],
      problems.enumerated().map { index, row in
        let isLast =
          index + 1 == problems.count || problems[index + 1].updateIndex != row.updateIndex
        return .init(
          [
            .verdict(row.result.verdict), .code(row.result.id), RichText(row.model),
            RichText(row.update) + .note(row.result.assumption ?? ""),
            RichText(row.result.marginText), RichText(row.result.witnessText),
          ], emphasis: row.result.verdict, command: isLast ? row.command : nil)
      })
    return ReportSection("Violated and undecided", [.table(table)])
  }

  private var looseness: ReportSection? {
    guard let figures, let figure = figures.looseness else { return nil }
    return ReportSection(
      id: "looseness", LoosenessFigure.title,
      [
        .paragraph(
          "How much wider each bound is than the gap that it bounds. Bounds near the top guarantee "
            + "much larger steps than those at the foot."),
        .figures([
          .init(figure, caption: LoosenessFigure.subtitle, narrow: figures.narrowLooseness)
        ]),
      ], on: [.page])
  }

  /// A line a model.
  private var models: ReportSection? {
    guard !verification.models.isEmpty else { return nil }
    let table = ReportTable(
      "Models",
      [
        "model", "verdict", "#states", "#actions", "#γ", "#η uniform", "#η optimal", "#updates",
        "#harmful",
      ],
      verification.models.map { model in
        .init([
          RichText(model.model.name) + .note(model.description ?? ""),
          .verdict(model.counts.worst),
          RichText(NumberFormat.count(model.model.states)),
          RichText(NumberFormat.count(model.model.actions)),
          RichText(NumberFormat.literal(model.model.discount)),
          RichText(NumberFormat.text(model.uniformReturn)), RichText(model.optimalReturnText),
          RichText(NumberFormat.count(model.updates.count)),
          RichText(NumberFormat.count(model.markCounts[.harmful])),
        ])
      }, limit: .max)
    return ReportSection("Models", [.table(table)])
  }

  private var results: ReportSection? {
    guard !rows.isEmpty else { return nil }
    return ReportSection(
      id: "results", "All results",
      [
        .paragraph(
          "Every claim on every update, with the command that shows the update again."
            + (verification.ruleStepCount > 0
              ? " Of the steps of the rules, those that are violated or undecided." : "")),
        .results(
          ResultTable(rows, summaries, counts, models: verification.models.map(\.model.name))),
      ], on: [.page])
  }

  private var toolchain: ReportSection? {
    environment.map { ReportSection("Toolchain", [.facts($0.stableFacts)], on: [.page]) }
  }
}

extension Verification {
  /// The report of the verification for a terminal; ends in a newline.
  public var terminalText: String {
    VerificationReport(self, drawsFigures: false).report.terminalText
  }
}

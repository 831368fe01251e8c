internal import MonotoneArithmetic
internal import TRPOComparison

/// The tables of a comparison as cells of text, for the page and for the summary.
struct ComparisonTables {
  let document: ComparisonDocument

  static func text(_ value: Double?, digits: Int = 3) -> String {
    value.map { NumberFormat.text($0, digits: digits) } ?? "–"
  }

  /// The outcomes of the updates in a sentence.
  var headline: String {
    let summary = document.summary
    return "\(NumberFormat.count(summary.updates, "sampled update")): \(MarkCounts(summary).text)"
  }

  /// γ, and the model's own where training had another.
  private var discount: String {
    NumberFormat.text(document.mdp.discount)
      + (document.ownDiscount.map {
        ", chosen for training and used for every exact number here; the model's own is "
          + NumberFormat.text($0, digits: 6)
      } ?? "")
  }

  /// Facts about the run.
  var facts: [ReportBlock.Fact] {
    let summary = document.summary
    var facts: [ReportBlock.Fact] = [
      .init(
        "Model",
        "\(document.mdp.name), \(NumberFormat.count(document.mdp.states, "state")), "
          + NumberFormat.count(document.mdp.actions, "action")
      ),
      .init("Discount γ", discount),
      .init("Optimal return", NumberFormat.text(document.optimalReturn)),
      .init("Return before", NumberFormat.text(document.initialReturn)),
      .init(
        "Return after, sampled",
        Self.text(document.updates.last?.audit.returnCandidate.approximation, digits: 6)
      ),
      .init("Return after, exact TRPO", Self.text(document.exactReturns.last, digits: 6)),
    ]
    facts += document.ruleReturns.map { curve in
      let settings = curve.parameters.map {
        "\($0.name) \(NumberFormat.text($0.value, digits: 3))"
      }
      let returns = Self.text(curve.returns.last, digits: 6)
      return .init(
        "Return after, exact \(curve.rule)",
        curve.notApplicable.map { "not applicable: \($0)" }
          ?? "\(returns) (\(settings.joined(separator: ", ")))")
    }
    facts += [
      .init("Largest exact mean KL", NumberFormat.text(summary.largestMeanKL, digits: 3)),
      .init("Largest exact max KL", NumberFormat.text(summary.largestMaxKL, digits: 3)),
      .init(
        "Claims",
        summary.withViolatedClaims > 0
          ? "violated on \(NumberFormat.count(summary.withViolatedClaims, "update"))"
          : summary.withUndecidedClaims > 0
            ? "none violated; left open on \(NumberFormat.count(summary.withUndecidedClaims, "update"))"
            : "all that apply hold, proved"
      ),
    ]
    if document.every > 1 { facts.append(.init("Recorded", "one update in \(document.every)")) }
    if let reason = document.updates.compactMap(\.practiceNotApplicable).first {
      facts.append(.init("Practice twin", "not applicable: \(reason)"))
    }
    if let reason = document.updates.compactMap({ $0.errors?.standardErrorsNotApplicable }).first {
      facts.append(.init("Standard errors", "not applicable: \(reason)"))
    }
    if let relativeNoise {
      facts.append(
        .init("Gradient noise over its expected length, r.m.s.", Self.text(relativeNoise)))
    }
    return facts
  }

  static let ledgerColumns = [
    "#update", "mark", "claims", "#η", "#true gain", "#exact surrogate", "#predicted",
    "#sampled KL",
    "#mean KL", "#max KL", "#cosine", "#noise", "#bias", "#FVP error", "#angle", "#β / exact β",
    "tightest bound",
  ]

  /// A row an update.
  var ledger: [ReportTable.Row] {
    document.updates.map { row in
      let audit = row.audit
      let numbers = [
        NumberFormat.middle(audit.returnCandidate),
        NumberFormat.middle(audit.gain, digits: 3),
        NumberFormat.middle(audit.surrogateGain, digits: 3),
        Self.text(row.predictedGain), NumberFormat.text(row.sampledKL, digits: 3),
        NumberFormat.middle(audit.liveMeanKL, digits: 3),
        NumberFormat.middle(audit.maxKL, digits: 3),
        Self.text(row.theory.gradientCosine), Self.text(row.errors?.gradient?.noise),
        Self.text(row.errors?.gradient?.bias),
        Self.text(row.theory.fisherError),
        row.theory.directionAngle.map { "\(Self.text($0))°" } ?? "–",
        Self.text(row.theory.stepLength.map { row.stepLength / $0 }),
      ]
      let head: [RichText] = [
        RichText(NumberFormat.count(row.iteration)), AuditTables.mark(audit.mark),
        .verdict(audit.worst),
      ]
      return .init(
        head + numbers.map { RichText($0) } + [audit.tightest.aPriori.map { .code($0) } ?? "–"],
        emphasis: audit.mark.emphasis)
    }
  }

  /// All tables.
  var sections: [ReportSection] {
    var sections = [
      ReportSection(
        "Updates",
        [
          .paragraph(RichText(Self.meaning)),
          .table(
            ReportTable("Updates", Self.ledgerColumns.map { .init($0) }, ledger, limit: .max)),
        ]),
      settings,
    ]
    if !errors.isEmpty {
      sections.append(
        ReportSection(
          heading: "Noise and bias", text: Self.errorMeaning, columns: Self.errorColumns,
          rows: errors))
    }
    if let sweeps = document.sweeps {
      sections += SweepSections(sweeps: sweeps, iteration: document.sweepIteration ?? 0).all
    }
    return sections
  }

  /// The settings of training.
  private var settings: ReportSection {
    let rows = document.settings.map { setting -> ReportTable.Row in
      let parts = setting.split(separator: " ", maxSplits: 1).map(String.init)
      return .init([.code(parts[0]), RichText(parts.count > 1 ? parts[1] : "")])
    }
    let text = rows.isEmpty ? "All are the defaults." : "Those that differ from the defaults."
    return ReportSection(
      "Settings",
      [.paragraph(RichText(text))]
        + (rows.isEmpty ? [] : [.table(ReportTable("Settings", ["setting", "value"], rows))]))
  }

  /// The meaning of the ledger's columns.
  static let meaning = """
    Cosine, FVP error, angle and β are against the theory twin: exact expectations under d_π with A_π. \
    Noise is the gradient's distance from what the estimator expects, bias that expectation's distance \
    from the theory, both over the size of the theory's gradient. Guaranteed: a bound that needs no \
    solve of the new policy promised the improvement; harmful: the return fell, proved; unchanged: no \
    step was taken. The mean KL is that of live states under d_π.
    """
}

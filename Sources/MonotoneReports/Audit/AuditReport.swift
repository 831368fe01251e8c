internal import MDPFormats
internal import MonotoneArithmetic
public import TRPOComparison
internal import MDPGuarantees

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Writes every file of an audit: `audit.json` (the truth), `index.html`, `summary.md`, `junit.xml` and
/// `figures/*.svg`, all or none. All of them are about the updates, not about this program.
public struct AuditReport: Sendable {
  private let document: AuditDocument
  private let conditions: [NamedCondition]

  /// The report of an audit.
  public init(_ document: AuditDocument) { self.init(document, conditions: []) }

  /// - Parameter conditions: The conditions that the run was told to fail on.
  package init(_ document: AuditDocument, conditions: [NamedCondition]) {
    self.document = document
    self.conditions = conditions
  }

  /// Writes the files into a folder, made if it does not exist.
  ///
  /// - Throws: ``ReportFailure``; then no file was written.
  public func write(to directory: String) throws(ReportFailure) {
    try report.write(
      document, named: "audit.json", [ReportFile(name: "junit.xml", data: Data(junit.utf8))],
      to: directory)
  }

  var report: SectionedReport {
    let summary = document.summary
    let tables = AuditTables(document: document)
    let charts = AuditFigures.charts(document).map(\.figure)
    return SectionedReport(
      title: "Monotone: audit of updates of \(document.mdp.name)",
      headline: "\(NumberFormat.count(summary.updates, "update")): \(MarkCounts(summary).text)",
      worst: summary.harmful > 0 ? .violated : summary.worst,
      opening: """
        What each update of a training run really did, computed exactly: how the return changed, how far the \
        policy moved, whether theory guaranteed the step, and whether every claim of the theory holds on it.
        """,
      notices: document.errors.map { error in
        .init(
          error.updates.isEmpty
            ? "Not wholly audited."
            : "No verdict on update \(error.updates.map(String.init).joined(separator: ", ")).",
          RichText(error.message))
      },
      sections: [
        ReportSection("Updates by outcome", [.tiles(MarkCounts(summary).tiles), .facts(facts)]),
        problems, named, ReportSection("Figures", [.figures(charts)], on: [.page]),
        ReportSection("Updates", [.table(tables.updates())]),
        tables.batches().map { ReportSection("Batches", [.table($0)]) },
      ].compactMap(\.self))
  }

  private var facts: [ReportBlock.Fact] {
    let summary = document.summary
    var facts: [ReportBlock.Fact] = [
      .init("Model", document.mdp.summaryText),
      .init(
        "Claims",
        "violated on \(NumberFormat.count(summary.withViolatedClaims, "update")), left open on "
          + NumberFormat.count(summary.withUndecidedClaims, "update")),
      .init("Largest exact mean KL", NumberFormat.text(summary.largestMeanKL, digits: 4)),
      .init("Largest exact max KL", NumberFormat.text(summary.largestMaxKL, digits: 4)),
    ]
    if let budget = summary.budget {
      facts += [
        .init("Trust region δ", NumberFormat.text(budget)),
        .init(
          "Above δ",
          "the exact mean on \(NumberFormat.count(summary.meanBeyond)), the exact max on "
            + "\(NumberFormat.count(summary.maxBeyond)) of \(NumberFormat.count(summary.updates))"),
      ]
    }
    if summary.logged > 0 {
      facts.append(
        .init(
          "Logged KL",
          "understated on \(NumberFormat.count(summary.understated)) of "
            + NumberFormat.count(summary.logged)
            + (summary.largestRatio.map {
              "; the exact mean is at most \(NumberFormat.text($0, digits: 3)) times it"
            } ?? "")))
    }
    if let normalised = document.normalised {
      facts.append(.init("Normalised", NormalisedNote.text(normalised)))
    }
    return facts
  }

  /// Updates that did harm, on which a claim fails, or that were logged wrongly.
  private var problems: ReportSection? {
    let rows = document.updates.flatMap { update -> [ReportTable.Row] in
      let index = RichText(NumberFormat.count(update.index))
      let name = RichText("\(update.current) → \(update.candidate)")
      var rows: [ReportTable.Row] = []
      func add(_ what: RichText, _ detail: String, _ emphasis: Verdict) {
        rows.append(.init([index, what, name, RichText(detail)], emphasis: emphasis))
      }
      if update.worst != .holds {
        add(
          .verdict(update.worst), (update.violated + update.undecided).joined(separator: ", "),
          update.worst)
      }
      if update.mark == .harmful {
        add(
          .verdict(.violated, "harmful"), "η changes by \(NumberFormat.text(update.gain))",
          .violated)
      }
      if let flag = update.loggedKLFlag {
        add(.verdict(.undecided, "logged KL"), "\(flag.text): \(flag.reason)", .undecided)
      }
      if update.batch?.isForeign == true {
        add(
          .verdict(.violated, "foreign batch"),
          "rows that the policy before the update cannot have made", .violated)
      }
      return rows
    }
    guard !rows.isEmpty else { return nil }
    return ReportSection(
      "What to look at",
      [.table(ReportTable("What to look at", ["#update", "what", "policies", "detail"], rows))])
  }

  private var named: ReportSection? {
    guard !conditions.isEmpty else { return nil }
    return ReportSection(
      "Conditions",
      [
        .table(
          ReportTable(
            "Conditions", ["condition", "#updates", "first"],
            conditions.map { condition in
              let first = condition.happened.min { $0.key < $1.key }
              return .init(
                [
                  .code(condition.name),
                  RichText(NumberFormat.count(condition.happened.count)),
                  RichText(first.map { "update \($0.key): \($0.value)" } ?? "–"),
                ], emphasis: first == nil ? nil : .violated)
            }))
      ])
  }

  /// A case an update: failed where a claim fails on it or a named condition happened, an error where it could not
  /// be audited.
  private var junit: String {
    let audited = document.updates.map { update in
      (
        index: update.index,
        test: JUnitXML.Case(
          group: document.mdp.name,
          name: "update \(update.index): \(update.current) → \(update.candidate)",
          outcome: outcome(update))
      )
    }
    let lost = document.errors.flatMap { error in
      error.updates.map { index in
        (
          index: index,
          test: JUnitXML.Case(
            group: document.mdp.name, name: "update \(index)",
            outcome: .error(type: "notAudited", message: error.message))
        )
      }
    }
    let others = document.errors.filter(\.updates.isEmpty).enumerated().map { number, error in
      JUnitXML.Case(
        group: document.mdp.name, name: "input \(number + 1)",
        outcome: .error(type: "input", message: error.message))
    }
    // An update may be lost for the policy before it and for the one after it.
    let cases = (audited + lost).enumerated()
      .sorted { ($0.element.index, $0.offset) < ($1.element.index, $1.offset) }
      .map(\.element.test)
    return JUnitXML.document(
      name: "monotone audit", [JUnitXML.Suite(name: document.mdp.name, cases: cases + others)])
  }

  private func outcome(_ update: UpdateAudit) -> JUnitXML.Outcome {
    let detail =
      "mark: \(update.mark.rawValue)\ngain: \(NumberFormat.text(update.gain))\n"
      + "mean KL: \(NumberFormat.text(update.liveMeanKL))\nmax KL: \(NumberFormat.text(update.maxKL))"
    if !update.violated.isEmpty {
      return .failure(
        type: "violated", message: update.violated.joined(separator: ", "), detail: detail)
    }
    let happened = conditions.compactMap { condition in
      condition.happened[update.index].map { "\(condition.name): \($0)" }
    }
    if !happened.isEmpty {
      return .failure(
        type: "condition", message: happened.joined(separator: "; "), detail: detail)
    }
    guard update.undecided.isEmpty else {
      return .failure(
        type: "undecided", message: update.undecided.joined(separator: ", "), detail: detail)
    }
    return .passed
  }
}

internal import MonotoneArithmetic
public import MDPFalsification
internal import MDPGuarantees
internal import MDPTesting

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension CampaignReport {
  /// The campaign for people: what depends on the seed and the number of cases alone.
  package var sections: SectionedReport {
    let cases = NumberFormat.count(result.cases)
    return SectionedReport(
      title: "A campaign of \(cases) cases", headline: FuzzText.headline(self), worst: worst,
      opening: """
        Every case is a random model of 3–6 states and 2–4 actions with two policies. Claims are proved on \
        each; equalities, laws, rules and formats are decided on the first 1,000 and on one in 500 after them, \
        equalities being held against their enclosures on the others.
        """,
      sections: [counterexamples, properties, command].compactMap(\.self))
  }

  private var worst: Verdict {
    result.isViolated || !stillViolated.isEmpty
      ? .violated : result.isUndecided ? .undecided : .holds
  }

  private var properties: ReportSection {
    let rows = result.properties.map { tally -> ReportTable.Row in
      let verdict: Verdict =
        tally.violated > 0
        ? .violated : tally.undecided > 0 ? .undecided : tally.isChecked ? .holds : .notApplicable
      let counts = [
        tally.count, tally.holds, tally.notRefuted, tally.notApplicable, tally.undecided,
        tally.violated,
      ]
      return .init(
        [.code(tally.property.id) + .note(tally.property.statement), .verdict(verdict)]
          + counts.map { RichText(NumberFormat.count($0)) },
        emphasis: [.violated, .undecided].contains(verdict) ? verdict : nil)
    }
    return ReportSection(
      "Properties",
      [
        .table(
          ReportTable(
            "Properties",
            [
              "property", "verdict", "#cases", "#proved", "#not refuted", "#not applicable",
              "#undecided", "#violated",
            ], rows, limit: .max))
      ])
  }

  private var counterexamples: ReportSection? {
    let rows = result.properties.compactMap { tally -> ReportTable.Row? in
      guard let shrunk = tally.counterexample, let first = tally.firstViolated else { return nil }
      return .init(
        [
          .code(tally.property.id), RichText(NumberFormat.count(first.index)),
          RichText(shrunk.reason),
          RichText(NumberFormat.count(shrunk.input.mdp.space.stateCount)),
          RichText(NumberFormat.count(shrunk.input.mdp.space.actions.count)),
        ], emphasis: .violated, command: command(tally.property))
    }
    guard !rows.isEmpty else { return nil }
    return ReportSection(
      "Counterexamples",
      [
        .table(
          ReportTable(
            "Counterexamples", ["property", "#case", "what is wrong", "#states", "#actions"], rows))
      ])
  }

  private var command: ReportSection {
    ReportSection(
      "Reproduce",
      [.commands(["monotone fuzz --cases \(result.cases) --seed \(result.seed)"])])
  }

  /// Writes the report of the campaign: `fuzz.json` (the truth), `index.html`, `summary.md` and `junit.xml`, all
  /// or none.
  ///
  /// - Throws: ``ReportFailure``; then no file was written.
  public func write(to folder: String) throws(ReportFailure) {
    let junit = ReportFile(name: "junit.xml", data: Data(FuzzJUnit.render(self).utf8))
    try sections.write(CampaignDocument(self), named: "fuzz.json", [junit], to: folder)
  }
}

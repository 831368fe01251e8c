internal import MonotoneArithmetic
package import MDPFalsification
internal import MDPGuarantees

extension LadderResult {
  /// The report of the search.
  package var report: SectionedReport {
    let refuted = refutations.count(where: \.isRefuted)
    let reached = bounds.count { $0.attained >= 0.99 }
    return SectionedReport(
      title: "Monotone: what searches attain of the bounds",
      headline: "\(refuted) of \(refutations.count) false variants refuted; "
        + "\(reached) of \(bounds.count) bounds attained to 1 %",
      worst: refuted == refutations.count && bounds.allSatisfy { $0.attained <= 1 }
        ? .holds : .violated,
      opening: """
        Seed \(seed), \(NumberFormat.count(budget)) updates a search. The attained share is \
        |η(π̃) − L|/B of the worst update found, in rational arithmetic; the constant needed is that \
        share of the theorem's leading constant. A search that stops short of 1 proves nothing; one \
        that passed 1 would refute the bound.
        """,
      sections: [attained, variants])
  }

  private var attained: ReportSection {
    let figure = AttainedFigure.draw(bounds.map { .init(name: $0.id, attained: $0.attained) })
    let rows = bounds.map { bound in
      ReportTable.Row([
        .code(bound.id), Self.number(bound.attained), Self.number(bound.constant),
        Self.number(bound.needed), RichText(NumberFormat.count(bound.states)),
      ])
    }
    return ReportSection(
      "Bounds",
      [
        .figures([.init(figure, caption: AttainedFigure.caption)]),
        .table(
          ReportTable(
            "Bounds",
            ["bound", "#attained", "#theorem's constant", "#constant needed", "#states"], rows)),
      ])
  }

  private var variants: ReportSection {
    let rows = refutations.map { variant in
      ReportTable.Row(
        [
          .code(variant.id), .formula(variant.statement),
          variant.isRefuted ? .verdict(.holds, "yes") : .verdict(.violated, "no"),
          RichText(variant.states.map(NumberFormat.count) ?? "–"),
          RichText(variant.actions.map(NumberFormat.count) ?? "–"),
          variant.margin.map(Self.number) ?? "–",
        ], emphasis: variant.isRefuted ? nil : .violated, command: variant.command)
    }
    return ReportSection(
      "False variants",
      [
        .paragraph("Each was searched for, proved wrong in rational arithmetic, and shrunk."),
        .table(
          ReportTable(
            "False variants",
            ["variant", "statement", "refuted", "#states", "#actions", "#margin"], rows)),
      ])
  }

  private static func number(_ value: Double) -> RichText {
    RichText(NumberFormat.text(value, digits: 4))
  }
}

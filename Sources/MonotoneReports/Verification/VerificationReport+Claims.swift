internal import MonotoneArithmetic
internal import MDPGuarantees

extension VerificationReport {
  /// Every claim with what became of it; on a page each is folded with its figure.
  var claims: ReportSection? {
    guard !verification.models.isEmpty, !summaries.isEmpty else { return nil }
    return ReportSection(
      id: "claims", "Claims",
      [
        .only(
          [.page],
          [
            .paragraph(
              "Over all updates"
                + (verification.ruleStepCount > 0
                  ? ", and over those steps of the rules that are violated or undecided." : "."))
          ] + summaries.map(folded)), .only([.summary], [.table(table)]),
      ], on: [.page, .summary])
  }

  private func folded(_ summary: ClaimSummary) -> ReportBlock {
    let claim = summary.claim
    var counts = RichText("")
    for verdict in Verdict.allCases where summary.counts[verdict] > 0 {
      counts = counts + .verdict(verdict, verdict.words(of: summary.counts[verdict])) + " "
    }
    var blocks: [ReportBlock] = [.paragraph(RichText(claim.source))]
    if let figure = figures?.margins[claim.id] {
      blocks.append(.figures([.init(figure, caption: "margins of all updates, sorted")]))
    }
    var facts = [("tightest", summary.tightest), ("loosest", summary.loosest)].compactMap {
      name, found in
      found.map { found in
        ReportBlock.Fact(
          name,
          RichText("\(found.text), \(found.row.model): \(found.row.update) ")
            + .command(found.row.command))
      }
    }
    if summary.infiniteCount > 0 {
      facts.append(
        .init(
          "infinite", NumberFormat.count(summary.infiniteCount, "case") + " with an infinite bound")
      )
    }
    if let theorem = ClaimCatalogue.claim(claim.id)?.theorem {
      facts.append(.init("machine-checked", .code(theorem) + " in Proofs/"))
    }
    if !facts.isEmpty { blocks.append(.facts(facts)) }
    return .folded(
      .init(
        id: "claim-\(claim.id.asIdentifier)", title: .code(claim.id),
        summary: counts + .formula(claim.statement), blocks: blocks))
  }

  private var table: ReportTable {
    ReportTable(
      "Claims",
      ["claim", "statement"] + counts.listed.map { .init("#\($0.words)") }
        + ["tightest case"],
      summaries.map { summary in
        let tightest = summary.tightest.map { "\($0.text) (\($0.row.model), \($0.row.update))" }
        return .init(
          [.code(summary.claim.id), .formula(summary.claim.statement)]
            + counts.listed.map { RichText(NumberFormat.count(summary.counts[$0])) }
            + [RichText(tightest ?? "–")])
      }, limit: .max)
  }
}

public import TRPOComparison
internal import MDPGuarantees

/// Writes every file of a comparison: `comparison.json` (the truth), `index.html`, `summary.md` and
/// `figures/*.svg`, all or none.
public struct ComparisonReport: Sendable {
  private let document: ComparisonDocument

  /// The report of a comparison.
  public init(_ document: ComparisonDocument) { self.document = document }

  /// Writes the files into a folder, made if it does not exist.
  ///
  /// - Throws: ``ReportFailure``; then no file was written.
  public func write(to directory: String) throws(ReportFailure) {
    try report.write(document, named: "comparison.json", to: directory)
  }

  var report: SectionedReport {
    let tables = ComparisonTables(document: document)
    let summary = document.summary
    return SectionedReport(
      title: "Monotone: sampled against exact, \(document.mdp.name)", headline: tables.headline,
      worst: document.worst, opening: Self.opening,
      notices: document.interrupted
        ? [.init("Interrupted.", "Updates are missing, and all that would stand beside them.")]
        : [],
      sections: [
        ReportSection(
          "Updates by outcome",
          [.tiles(MarkCounts(summary).tiles), .facts(tables.facts)]),
        ReportSection(
          "Figures", [.figures(ComparisonFigures.charts(document).map(\.figure))], on: [.page]),
      ] + tables.sections)
  }

  private static let opening: RichText = """
    Every update of sampled TRPO beside what exact expectations say of it: how far its gradient, its step and \
    its KL divergence are from them, what it did to the return, and whether theory guaranteed it.
    """
}

public import Comparison

/// Writes every file of a comparison: `comparison.json` (the truth), `index.html`, `summary.md` and
/// `figures/*.svg`, all or none.
public struct ComparisonReport: Sendable {
  private let gnuplot: Gnuplot

  public init(gnuplot: Gnuplot) { self.gnuplot = gnuplot }

  /// Writes the files into a folder, made if it does not exist.
  ///
  /// - Throws: ``ReportFailure``; then no file was written.
  public func write(
    _ document: ComparisonDocument, to directory: String
  ) throws(ReportFailure) {
    let tables = ComparisonTables(document: document)
    try SectionedReport(
      title: "Monotone: sampled against exact, \(document.mdp.name)", headline: tables.headline,
      worst: document.summary.worst,
      interruption: document.interrupted
        ? "Updates are missing, and all that would stand beside them." : nil, facts: tables.facts,
      charts: ComparisonFigures.charts(document), sections: tables.sections
    ).write(document, named: "comparison.json", gnuplot, to: directory)
  }
}

internal import TRPOComparison

/// Writes every file of the paper's experiments: `paper.json` (the truth), `index.html`, `summary.md` and
/// `figures/*.svg`, all or none.
public struct PaperReport: Sendable {
  let data: PaperData
  let document: PaperDocument

  /// The report of what `Benchmarks/paper.py` measured.
  public init(_ data: PaperData) {
    self.data = data
    document = PaperDocument(data.runs, finite: data.finite, scores: data.scores)
  }

  /// Writes the files into a folder, made if it does not exist.
  ///
  /// - Returns: The files, in the order in which a reader wants them.
  /// - Throws: ``ReportFailure``; then no file was written.
  @discardableResult public func write(to directory: String) throws(ReportFailure) -> [String] {
    try report.write(document, named: "paper.json", to: directory)
  }

  var report: SectionedReport {
    SectionedReport(
      title: "Monotone: Schulman et al. 2015", headline: headline,
      worst: stated.allSatisfy { $0.conclusion == .shown } ? .holds : .undecided,
      opening: """
        Every equation, theorem, algorithm, table and figure of “Trust Region Policy Optimization” \
        (arXiv 1502.05477v5): where Monotone proves it, computes it or measures it, or why it does not. \
        Then the paper's experiments, with paired seeds, intervals and tests.
        """,
      notices: notices,
      sections: experimentSections
        + [comparisonSection, finiteSection, scoreSection].compactMap(\.self)
        + [PaperSettings.section, map, Self.slips, Self.making])
  }

  /// The comparisons on which the paper states something.
  private var stated: [PairedComparison] { document.comparisons.filter { $0.statement != nil } }

  private var headline: String {
    let shown = stated.count { $0.conclusion == .shown }
    return stated.isEmpty
      ? "no runs are compared yet"
      : "\(shown) of \(stated.count) statements of the paper on its methods are shown, at 5 % together"
  }

  /// Notices that a reader needs before any number.
  private var notices: [SectionedReport.Notice] {
    var notices: [SectionedReport.Notice] = []
    let chosen = document.experiments.flatMap { experiment in
      experiment.arms.filter { !$0.isBestOfSweep }.map {
        "\($0.arm.title) on \(experiment.experiment.rawValue)"
      }
    }
    if !chosen.isEmpty {
      notices.append(
        .init(
          "Not the best of the sweep.",
          "Evaluated with another value than the sweep's best, or with several: \(chosen.joined(separator: ", "))."
        )
      )
    }
    let missing = document.experiments.flatMap { experiment in
      experiment.arms.filter { $0.seeds != experiment.arms.first?.seeds }.map {
        "\($0.arm.title) on \(experiment.experiment.rawValue)"
      }
    }
    if !missing.isEmpty {
      notices.append(
        .init(
          "Runs are missing.",
          "Other seeds than the single path has: \(missing.joined(separator: ", "))."))
    }
    return notices
  }

  private static let making = ReportSection(
    "How it was made",
    [
      .commands(["make paper", "monotone report reports/paper/data --output reports/paper"]),
      .paragraph(
        """
        make paper trains what is missing in data/ and writes this report from it; make paper-quick does so \
        with few seeds and steps. environment.json says how long each part took, on which machine; no other file \
        holds a time, and the same data gives the same bytes.
        """),
    ])
}

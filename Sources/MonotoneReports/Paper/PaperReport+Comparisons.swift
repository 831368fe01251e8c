internal import MonotoneArithmetic
internal import TRPOComparison

extension PaperReport {
  /// The single path against every other method; nil before there are two.
  var comparisonSection: ReportSection? {
    guard !document.comparisons.isEmpty else { return nil }
    return ReportSection(
      "Comparisons",
      [
        .paragraph(
          """
          The single path against every other method, seed by seed, by the exact test of signs: were the hypothesis \
          barely false, each difference would be as likely to have the other sign. “Not much worse”: the method keeps \
          more than \(NumberFormat.text(PaperHypothesis.keptShare)) of what the single path gains over its own \
          beginning; this margin was fixed before any run. \
          Probabilities are adjusted for all comparisons of this page together by Holm. Where the paper states \
          nothing, nothing is concluded.
          """),
        .table(
          ReportTable(
            "Comparisons",
            [
              "task", "method", "the paper", "tested", "#pairs", "#difference", "#p", "#p, Holm",
              "conclusion",
            ], document.comparisons.map(Self.row), limit: .max)),
      ])
  }

  private static func row(_ comparison: PairedComparison) -> ReportTable.Row {
    .init([
      .init(comparison.experiment.rawValue), .init(comparison.arm.title),
      .init(comparison.statement ?? "–"), .init(words(comparison)), "\(comparison.pairs)",
      .init(PaperText.text(comparison.difference)),
      .init(NumberFormat.text(comparison.probability, digits: 2)),
      .init(NumberFormat.text(comparison.adjusted, digits: 2)), conclusion(comparison),
    ])
  }

  private static func words(_ comparison: PairedComparison) -> String {
    switch comparison.hypothesis {
    case .keepsGain(let measure): "\(measure.title): not much worse"
    case .isWorse: "\(comparison.measure.title): worse"
    case .differs: "\(comparison.measure.title): different"
    }
  }

  private static func conclusion(_ comparison: PairedComparison) -> RichText {
    switch comparison.conclusion {
    case .shown: .verdict(.holds, "shown")
    case .notShown: .verdict(.undecided, "not shown")
    case .nothingStated: "nothing stated"
    }
  }
}

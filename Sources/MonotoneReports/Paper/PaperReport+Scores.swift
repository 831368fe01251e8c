internal import MonotoneArithmetic
internal import TRPOComparison

extension PaperReport {
  /// Runs in the paper's own settings beside its numbers; nil before there are any.
  var scoreSection: ReportSection? {
    guard !document.scores.isEmpty else { return nil }
    return ReportSection(
      "Scores in the paper's settings",
      [
        .paragraph(
          """
          Single runs as they came, with the batches of Tables 2 and 3 as far as the steps say; nothing is \
          concluded from them. The paper prints scores of games alone (Table 1), after 50 million steps.
          """),
        .table(
          ReportTable(
            "Scores in the paper's settings",
            ["task", "method", "#seed", "#steps", "#score", "the paper", "result file"],
            document.scores.map { score in
              .init([
                .code(score.environment), .init(score.arm.title), "\(score.seed)",
                .init(NumberFormat.count(score.steps)), .init(PaperText.number(score.score)),
                .init(Self.printed[score.environment] ?? "no number"), .code(score.source),
              ])
            }, limit: .max)),
      ])
  }

  /// The paper's own numbers by environment: Table 1, and section 8.1 on standing still.
  private static let printed = [
    "atari:pong": "20.9, single path and vine", "Hopper-paper": "no number; standing still: −1",
    "Walker-paper": "no number; standing still: −1",
  ]
}

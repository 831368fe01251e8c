internal import MonotoneArithmetic
internal import TRPOComparison

extension PaperReport {
  /// The methods on finite models; nil before there are results.
  var finiteSection: ReportSection? {
    guard let finite = data.finite else { return nil }
    return ReportSection(
      id: "finite", "Finite models: algorithm and noise apart",
      [
        .paragraph(
          """
          From one policy, \(NumberFormat.count(finite.updates, "update")) of each method with δ = \
          \(NumberFormat.text(finite.delta)), once with exact expectations (∞) and with N samples an update from \
          several seeds. Returns and divergences are exact in all of them: what differs between ∞ and N is noise, \
          what differs between methods at ∞ is the algorithm. Progress is the share of the way to the optimal \
          return, the mean over models; divergences are medians over updates, as multiples of δ. The natural \
          gradient's fixed step spends δ at the first update. At ∞ both Fisher matrices are the same.
          """),
        .table(
          ReportTable(
            "Methods on finite models",
            [
              "method", "#N", "#models", "#updates", "#progress", "#mean KL / δ", "#max KL / δ",
              "#guaranteed", "#harmful",
            ], finite.summaries.map(Self.row), limit: .max)),
        .paragraph(
          """
          Algorithm 1, the penalty, assumes exact advantages and has no form with samples here; the mean-KL problem \
          solved to optimality (mean-kl) neither, its parametric form is trust-region.
          """),
        .only(
          [.page],
          [
            .folded(
              .init(
                id: "finite-models", title: "Model by model",
                summary: .init(NumberFormat.count(finite.models.count, "model")),
                blocks: [.table(Self.table(finite))]))
          ]),
      ])
  }

  private static func row(_ summary: FiniteComparison.Summary) -> ReportTable.Row {
    .init([
      .init(summary.method), .init(summary.samples.map { NumberFormat.count($0) } ?? "∞"),
      "\(summary.models)", "\(summary.updates)",
      .init(NumberFormat.text(summary.progress, digits: 3)),
      .init(summary.meanKL.map { NumberFormat.text($0, digits: 3) } ?? "∞"),
      .init(summary.maxKL.map { NumberFormat.text($0, digits: 3) } ?? "∞"),
      "\(summary.guaranteed)", "\(summary.harmful)",
    ])
  }

  /// The last return of every method on every model: exact, then the mean over seeds of the most samples.
  private static func table(_ finite: FiniteComparison) -> ReportTable {
    ReportTable(
      "Returns by model", ["model", "#states", "method", "#start", "#∞", "#N", "#optimum"],
      finite.models.flatMap { model in
        model.methods.map { method in
          let runs = method.sampled.max { $0.samples < $1.samples }?.runs ?? []
          let last = runs.compactMap(\.last?.return)
          return ReportTable.Row([
            .init(model.model), "\(model.states)", .init(method.method),
            .init(PaperText.number(model.start)),
            .init(method.exact.map { PaperText.number($0.last?.return ?? model.start) } ?? "–"),
            .init(
              last.isEmpty ? "–" : PaperText.number(last.reduce(0, +) / Double(last.count))),
            .init(PaperText.number(model.optimum)),
          ])
        }
      }, limit: .max)
  }
}

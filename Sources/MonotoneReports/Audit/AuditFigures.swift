internal import MonotoneArithmetic
internal import TRPOComparison

/// The charts of an audit: what each update did to the return, and how far it went.
enum AuditFigures {
  static func charts(_ document: AuditDocument) -> [CaptionedChart] {
    [gains(document), divergences(document)].filter { !$0.chart.series.isEmpty }
  }

  private static func gains(_ document: AuditDocument) -> CaptionedChart {
    let caption = "what each update did to the return: η(π̃) − η(π)"
    return CaptionedChart(
      chart: ChartFigure(
        name: "gains", title: document.mdp.name, subtitle: caption.wrapped(52),
        x: .init(label: "update"), y: .init(label: "gain"),
        series: ComparisonFigures.marked(document.updates) { update in
          PlotPoint(x: Double(update.index), y: update.gain.approximation)
        }, references: [.init(label: "", value: 0)]), caption: caption, isWide: true)
  }

  private static func divergences(_ document: AuditDocument) -> CaptionedChart {
    let caption = "exact KL divergence of each update, and what the program logged"
    func line(
      _ title: String, _ category: FigureStyle.Category, _ look: ChartFigure.Look,
      _ value: (UpdateAudit) -> Double?
    ) -> ChartFigure.Series {
      .init(
        title: title, category: category, look: look,
        points: document.updates.compactMap { update in
          value(update).flatMap { $0 > 0 ? PlotPoint(x: Double(update.index), y: $0) : nil }
        })
    }
    return CaptionedChart(
      chart: ChartFigure(
        name: "divergences", title: document.mdp.name, subtitle: caption.wrapped(52),
        x: .init(label: "update"), y: .init(label: "KL", isLogarithmic: true),
        series: [
          line("exact max", FigureStyle.violated, .line) { $0.maxKL.approximation },
          line("exact mean", FigureStyle.holds, .line) { $0.liveMeanKL.approximation },
          line("logged", FigureStyle.softmaxRule, .dashes) { $0.loggedKL },
        ].filter { !$0.points.isEmpty },
        references: document.summary.budget.map { [.init(label: "δ", value: $0)] } ?? []),
      caption: caption, isWide: true)
  }
}

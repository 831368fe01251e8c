internal import MonotoneArithmetic
internal import TRPOComparison
internal import MDPGuarantees

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The charts of a comparison.
enum ComparisonFigures {
  /// In the order of the page.
  static func charts(_ document: ComparisonDocument) -> [CaptionedChart] {
    [ledger(document), gains(document), curves(document)].filter { !$0.chart.series.isEmpty }
      + (document.sweeps.map { SweepFigures(model: document.mdp.name, sweeps: $0).charts } ?? [])
  }

  /// The look of a mark.
  static func category(_ mark: UpdateMark) -> FigureStyle.Category {
    switch mark {
    case .guaranteed: FigureStyle.holds
    case .improved: FigureStyle.withinError
    case .harmful: FigureStyle.violated
    case .unchanged: FigureStyle.tolerance
    case .undecided: FigureStyle.undecided
    }
  }

  private static func marked(
    _ document: ComparisonDocument, _ point: (UpdateComparison) -> PlotPoint?
  ) -> [ChartFigure.Series] {
    UpdateMark.allCases.compactMap { mark in
      series(mark, document.updates.filter { $0.audit.mark == mark }.compactMap(point))
    }
  }

  /// The updates of an audit as points, a series a mark.
  static func marked(
    _ updates: [UpdateAudit], _ point: (UpdateAudit) -> PlotPoint
  ) -> [ChartFigure.Series] {
    UpdateMark.allCases.compactMap { mark in
      series(mark, updates.filter { $0.mark == mark }.map(point))
    }
  }

  private static func series(_ mark: UpdateMark, _ points: [PlotPoint]) -> ChartFigure.Series? {
    points.isEmpty
      ? nil
      : .init(title: mark.rawValue, category: category(mark), look: .points, points: points)
  }

  private static func ledger(_ document: ComparisonDocument) -> CaptionedChart {
    let caption =
      "sampled mean KL against the exact maximum over states; on the line they are equal"
    return CaptionedChart(
      chart: ChartFigure(
        name: "ledger", title: document.mdp.name, subtitle: caption.wrapped(52),
        x: .init(label: "sampled mean KL", isLogarithmic: true),
        y: .init(label: "exact max KL", isLogarithmic: true),
        series: marked(document) {
          $0.sampledKL > 0 ? PlotPoint(x: $0.sampledKL, y: $0.audit.maxKL.approximation) : nil
        }, isSquare: true), caption: caption)
  }

  private static func gains(_ document: ComparisonDocument) -> CaptionedChart {
    let isSampled = document.updates.contains { $0.predictedGain != nil }
    let caption =
      isSampled
      ? "what the sampled gradient predicts against what the return gained"
      : "what the exact surrogate predicts against what the return gained"
    return CaptionedChart(
      chart: ChartFigure(
        name: "gains", title: document.mdp.name, subtitle: caption.wrapped(52),
        x: .init(label: "predicted improvement"), y: .init(label: "true improvement"),
        series: marked(document) {
          let predicted =
            isSampled ? $0.predictedGain : $0.audit.surrogateGain.approximation
          return predicted.map { [audit = $0.audit] x in
            PlotPoint(x: x, y: audit.gain.approximation)
          }
        }, isSquare: true), caption: caption)
  }

  private static func curves(_ document: ComparisonDocument) -> CaptionedChart {
    let rules = document.ruleReturns.filter { !$0.returns.isEmpty }
    let caption =
      "η by update, all from one start: sampled TRPO, exact TRPO of the network"
      + (rules.isEmpty ? "" : ", exact tabular rules")
    let sampled =
      [PlotPoint(x: 0, y: document.initialReturn)]
      + document.updates.map {
        PlotPoint(x: Double($0.iteration), y: $0.audit.returnCandidate.approximation)
      }
    let last = max(document.updates.last?.iteration ?? 0, document.exactReturns.count - 1)
    func curve(_ returns: [Double]) -> [PlotPoint] {
      // A rule that came to its end stays there.
      let rest =
        returns.count <= last ? returns.last.map { [PlotPoint(x: Double(last), y: $0)] } : nil
      return returns.enumerated().map { PlotPoint(x: Double($0), y: $1) } + (rest ?? [])
    }
    var series: [ChartFigure.Series] = [
      .init(title: "sampled", category: FigureStyle.holds, look: .line, points: sampled)
    ]
    if !document.exactReturns.isEmpty {
      series.append(
        .init(
          title: "exact", category: FigureStyle.holds, look: .dashes,
          points: curve(document.exactReturns)))
    }
    series += rules.map { rule in
      let style = RuleLineStyle.style(of: rule.rule)
      return .init(
        title: rule.rule, category: style.category, look: .drawn(style.pattern),
        points: curve(rule.returns))
    }
    return CaptionedChart(
      chart: ChartFigure(
        name: "learning-curves", title: document.mdp.name, subtitle: caption.wrapped(52),
        x: .init(label: "updates"), y: .init(label: "return η"), series: series,
        references: [.init(label: "optimal", value: document.optimalReturn)]), caption: caption,
      isWide: true)
  }
}

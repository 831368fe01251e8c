internal import Arithmetic
internal import Comparison
internal import Foundation

/// The figures of a comparison.
struct ComparisonFigures {
  /// All of them with what they show, in the order of the page.
  private(set) var all: [(figure: Figure, caption: String)] = []

  init(_ document: ComparisonDocument, gnuplot: Gnuplot) throws(FigureFailure) {
    for (chart, caption) in Self.charts(document) {
      all.append((try chart.draw(gnuplot), caption))
    }
  }

  private static func charts(_ document: ComparisonDocument) -> [(ChartFigure, String)] {
    [ledger(document), gains(document), curves(document)].filter { !$0.0.series.isEmpty }
      + errors(document)
  }

  /// The look of a mark.
  static func category(_ mark: UpdateAudit.Mark) -> FigureStyle.Category {
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
    UpdateAudit.Mark.allCases.compactMap { mark in
      let points = document.updates.filter { $0.audit.mark == mark }.compactMap(point)
      return points.isEmpty
        ? nil
        : .init(title: mark.rawValue, category: category(mark), look: .points, points: points)
    }
  }

  private static func ledger(_ document: ComparisonDocument) -> (ChartFigure, String) {
    let caption =
      "sampled mean KL against the exact maximum over states; on the line they are equal"
    return (
      ChartFigure(
        name: "ledger", title: document.mdp.name, subtitle: caption.wrapped(52),
        x: .init(label: "sampled mean KL", isLogarithmic: true),
        y: .init(label: "exact max KL", isLogarithmic: true),
        series: marked(document) {
          $0.sampledKL > 0 ? PlotPoint(x: $0.sampledKL, y: $0.audit.maxKL.approximation) : nil
        }, isSquare: true), caption
    )
  }

  private static func gains(_ document: ComparisonDocument) -> (ChartFigure, String) {
    let isSampled = document.updates.contains { $0.predictedGain != nil }
    let caption =
      isSampled
      ? "what the sampled gradient predicts against what the return gained"
      : "what the exact surrogate predicts against what the return gained"
    return (
      ChartFigure(
        name: "gains", title: document.mdp.name, subtitle: caption.wrapped(52),
        x: .init(label: "predicted improvement"), y: .init(label: "true improvement"),
        series: marked(document) {
          let predicted =
            isSampled ? $0.predictedGain : $0.audit.surrogateGain.approximation
          return predicted.map { [audit = $0.audit] x in
            PlotPoint(x: x, y: audit.gain.approximation)
          }
        }, isSquare: true), caption
    )
  }

  private static func curves(_ document: ComparisonDocument) -> (ChartFigure, String) {
    let caption = "η by update: sampled TRPO, and exact TRPO from the same start"
    let sampled =
      [PlotPoint(x: 0, y: document.initialReturn)]
      + document.updates.map {
        PlotPoint(x: Double($0.iteration), y: $0.audit.returnCandidate.approximation)
      }
    let exact = document.exactReturns.enumerated().map { PlotPoint(x: Double($0), y: $1) }
    var series: [ChartFigure.Series] = [
      .init(title: "sampled", category: FigureStyle.holds, look: .line, points: sampled)
    ]
    if !exact.isEmpty {
      series.append(
        .init(title: "exact", category: FigureStyle.withinError, look: .line, points: exact))
    }
    return (
      ChartFigure(
        name: "learning-curves", title: document.mdp.name, subtitle: caption.wrapped(52),
        x: .init(label: "updates"), y: .init(label: "return η"), series: series,
        references: [.init(label: "optimal", value: document.optimalReturn)]), caption
    )
  }

  private static func errors(_ document: ComparisonDocument) -> [(ChartFigure, String)] {
    guard let sweep = document.sweep else { return [] }
    return sweep.curves.enumerated().map { index, curve in
      let caption =
        "\(curve.name): relative error of the gradient; slope of the noise "
        + "\(NumberFormat.text(curve.slope.slope, digits: 3)) ± "
        + NumberFormat.text(curve.slope.halfWidth, digits: 2)
      func points(_ values: [Double]) -> [PlotPoint] {
        zip(sweep.sizes, values).map { PlotPoint(x: Double($0), y: $1) }
      }
      let fitted = sweep.sizes.map {
        PlotPoint(
          x: Double($0), y: exp(curve.slope.intercept) * pow(Double($0), curve.slope.slope))
      }
      return (
        ChartFigure(
          name: "error-\(index + 1)", title: document.mdp.name, subtitle: caption.wrapped(52),
          x: .init(label: "trajectories N", isLogarithmic: true),
          y: .init(label: "relative error", isLogarithmic: true),
          series: [
            .init(
              title: "to practice", category: FigureStyle.holds, look: .points,
              points: points(curve.noise)),
            .init(
              title: "to theory", category: FigureStyle.violated, look: .points,
              points: points(curve.error)),
            .init(title: "fit", category: FigureStyle.tolerance, look: .dashes, points: fitted),
          ], references: curve.bias > 0 ? [.init(label: "bias", value: curve.bias)] : []), caption
      )
    }
  }
}

internal import MonotoneArithmetic
internal import MDPGuarantees

/// The margins of one claim over all updates, sorted, in colours that say whether they exceed their error
/// bounds.
///
/// An identity has none: its differences lie within their error bounds, which is a flat line.
struct MarginFigure {
  /// More points than this are drawn thinned: the outermost and every bad one stay.
  static let mostPoints = 400

  private struct Point {
    var rank: Int
    var margin: Double
    var radius: Double
    var category: Int
  }

  /// The categories in the order of the key, by the index that points carry.
  private static let legend: [(category: FigureStyle.Category, title: String)] = [
    (FigureStyle.holds, "holds"), (FigureStyle.withinError, "within error"),
    (FigureStyle.undecided, "undecided"), (FigureStyle.violated, "violated"),
  ]

  /// The figure of a claim; nil for an identity, and where no result has a margin.
  static func draw(_ summary: ClaimSummary, name: String) -> Figure? {
    guard summary.claim.kind != .identity else { return nil }
    let points = sortedPoints(summary.rows.map(\.result))
    guard !points.isEmpty else { return nil }
    return Figure(
      plot(thinned(points), total: points.count), name: name, title: summary.claim.id,
      subtitle: summary.claim.statement.wrapped(52))
  }

  private static func sortedPoints(_ results: [ClaimResult]) -> [Point] {
    var points = results.compactMap { result -> Point? in
      guard let margin = result.margin?.approximation, !margin.isNaN,
        result.verdict != .notApplicable
      else { return nil }
      let radius = result.radius ?? 0
      let category =
        switch result.verdict {
        case .violated: 3
        case .undecided: 2
        default: radius > 0 && abs(margin) <= radius ? 1 : 0
        }
      return Point(rank: 0, margin: margin, radius: radius, category: category)
    }
    points.sort { ($0.margin, $0.radius, $0.category) < ($1.margin, $1.radius, $1.category) }
    for index in points.indices { points[index].rank = index + 1 }
    return points
  }

  private static func thinned(_ points: [Point]) -> [Point] {
    guard points.count > mostPoints else { return points }
    let step = points.count / mostPoints + 1
    return points.enumerated().filter { index, point in
      index % step == 0 || index == points.count - 1 || point.category >= 2
    }.map(\.element)
  }

  private static func plot(_ points: [Point], total: Int) -> Plot {
    let scale = SymmetricLogScale(points.map(\.margin))
    let place = { (rank: Double) in (rank - 0.5) / Double(total) }
    let radius = points.count <= 60 ? 3.0 : points.count <= 250 ? 2.2 : 1.7
    return Plot(
      areaHeight: 190,
      x: .init(label: "updates, sorted", ticks: rankTicks(total, place)),
      y: .init(label: "margin", ticks: scale.ticks),
      series: legend.enumerated().compactMap { index, entry in
        let shown = points.filter { $0.category == index }
        guard !shown.isEmpty else { return nil }
        return .init(
          title: entry.title, category: entry.category, look: .points(radius: radius),
          points: shown.map {
            PlotPoint(x: place(Double($0.rank)), y: scale.position($0.margin))
          })
      },
      references: scale.showsZero ? [.init(position: scale.position(0), label: "")] : [])
  }

  /// Ranks at round numbers, the first among them.
  private static func rankTicks(_ total: Int, _ place: (Double) -> Double) -> [Plot.Tick] {
    var step = 1
    var factors = [2, 5, 10]
    while total / step > 6 {
      step = factors[0]
      factors = Array(factors.dropFirst()) + [factors[0] * 10]
    }
    let round = stride(from: step, through: total, by: step).filter { $0 > 1 }
    return ([1] + round).map { .init(position: place(Double($0)), label: NumberFormat.count($0)) }
  }
}

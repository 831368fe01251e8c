internal import Arithmetic
internal import Guarantees

/// The margins of one claim over all updates, sorted.
///
/// An identity is drawn as the size of its difference below its error bound; everything else as
/// the margin by which it holds, in colours that say whether that exceeds its error bound.
struct MarginFigure {
  private static let height = 270
  /// More points than this are drawn thinned: the outermost and every bad one stay.
  static let mostPoints = 800

  private struct Point {
    var rank: Int
    var margin: Double
    var radius: Double
    var category: Int
  }

  /// The categories in the order of the key, by the index that points carry.
  private static let legend: [(FigureStyle.Category, String)] = [
    (FigureStyle.holds, "holds"), (FigureStyle.withinError, "within error"),
    (FigureStyle.undecided, "undecided"), (FigureStyle.violated, "violated"),
  ]

  /// The figure of a claim; nil where no result has a margin.
  static func draw(
    _ summary: ClaimSummary, name: String, gnuplot: Gnuplot
  ) throws(FigureFailure) -> Figure? {
    let isIdentity = summary.claim.kind == .identity
    let points = sortedPoints(summary.rows.map(\.result), isIdentity: isIdentity)
    guard !points.isEmpty else { return nil }
    let shown = thinned(points)
    let script = script(
      shown, total: points.count, isIdentity: isIdentity, name: name)
    let drawing = SVGDrawing(
      name: name, title: summary.claim.id, subtitle: summary.claim.statement.wrapped(52),
      height: height)
    return drawing.figure(try gnuplot.run(script))
  }

  private static func sortedPoints(_ results: [ClaimResult], isIdentity: Bool) -> [Point] {
    var points = results.compactMap { result -> Point? in
      guard let margin = result.margin?.approximation, result.verdict != .notApplicable else {
        return nil
      }
      let radius = result.radius ?? 0
      let category =
        switch result.verdict {
        case .violated: 3
        case .undecided: 2
        // An exact equality within radius 0 holds outright.
        default: !isIdentity && radius > 0 && abs(margin) <= radius ? 1 : 0
        }
      return Point(
        rank: 0, margin: isIdentity ? abs(margin) : margin, radius: radius, category: category)
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

  private static func script(
    _ points: [Point], total: Int, isIdentity: Bool, name: String
  ) -> String {
    let radii = isIdentity ? points.map(\.radius).filter { $0 > 0 && $0.isFinite } : []
    let scale = SymmetricLogScale(points.map(\.margin) + radii)
    let number = FigureStyle.number
    let ticks = scale.ticks.map { "\(FigureStyle.literal($0.label)) \(number($0.position))" }
    var lines = FigureStyle.preamble(name: name, height: height)
    lines += [
      "set lmargin 8.5", "set rmargin 1.5", "set tmargin 0.7", "set bmargin 4.4",
      "set yrange [\(number(scale.range.lowerBound)):\(number(scale.range.upperBound))]",
      "set ytics (\(ticks.joined(separator: ", ")))",
      "set xrange [0.5:\(number(Double(total) + 0.5))]",
      "set xtics autofreq",
      total < 8 ? "set xtics 1" : "",
      "set xlabel 'updates, sorted' textcolor rgb '\(FigureStyle.ink)' offset 0,0.4",
      // gnuplot would place the axis' own label by the width of the ticks, and off the canvas.
      "set label '\(isIdentity ? "difference" : "margin")' at screen 0.025, graph 0.5 center "
        + "rotate textcolor rgb '\(FigureStyle.ink)'",
    ]
    if scale.showsZero, !isIdentity {
      lines.append(
        "set arrow from graph 0, first 0 to graph 1, first 0 nohead linewidth 1.2 "
          + "linecolor rgb '\(FigureStyle.ink)'")
    }
    let size = points.count <= 60 ? 0.5 : points.count <= 250 ? 0.36 : 0.26
    var plots: [String] = []
    var entries: [(FigureStyle.Category, String)] = []
    var blocks: [String] = []
    func add(_ category: FigureStyle.Category, _ title: String, _ data: [String]) {
      let block = "$block\(blocks.count)"
      blocks.append("\(block) << END\n\(data.joined(separator: "\n"))\nEND")
      plots.append(
        "\(block) using 1:2 with points pointtype \(category.shape) "
          + "pointsize \(number(size * category.scale)) linecolor rgb '\(category.colour)'")
      entries.append((category, title))
    }
    if !radii.isEmpty {
      add(
        FigureStyle.tolerance, "error bound",
        points.filter { $0.radius > 0 && $0.radius.isFinite }
          .map { "\($0.rank) \(number(scale.position($0.radius)))" })
    }
    for (index, (category, title)) in legend.enumerated() {
      let data = points.filter { $0.category == index }
        .map { "\($0.rank) \(number(scale.position($0.margin)))" }
      if !data.isEmpty { add(category, title, data) }
    }
    lines += FigureStyle.legend(entries, height: height) + blocks
    lines.append("plot " + plots.joined(separator: ", "))
    return lines.joined(separator: "\n") + "\n"
  }
}

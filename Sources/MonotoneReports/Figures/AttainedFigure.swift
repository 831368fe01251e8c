internal import MonotoneArithmetic
/// How much of each bound a search attained, |G|/B, a point a bound: 1 is equality.
package struct AttainedFigure {
  /// A bound and what was attained of it.
  package struct Point {
    /// The bound's identifier.
    package var name: String
    /// |G|/B of the worst update found.
    package var attained: Double

    package init(name: String, attained: Double) {
      self.name = name
      self.attained = attained
    }
  }

  package static let caption = "|η(π̃) − L|/B of the worst update found; 1 is equality"

  /// The figure of some points, from the top.
  package static func draw(_ points: [Point]) -> Figure {
    let strips = BoundStrips(points.map(\.name))
    let place = { (value: Double) in value / 1.05 }
    let plot = Plot(
      width: 640, areaHeight: strips.height,
      x: .init(
        label: "attained |G|/B",
        ticks: [0, 0.25, 0.5, 0.75, 1].map {
          .init(position: place($0), label: NumberFormat.text($0))
        }),
      y: strips.axis,
      series: [
        .init(
          title: "attained", category: FigureStyle.holds, look: .points(radius: 3.5),
          points: points.enumerated().map { row, point in
            PlotPoint(x: place(min(point.attained, 1)), y: strips.position(row))
          })
      ], verticals: [place(1)])
    return Figure(
      plot, name: "attained", title: "What searches attained of each bound", subtitle: [caption])
  }
}

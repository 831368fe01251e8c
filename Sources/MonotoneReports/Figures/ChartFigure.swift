/// A chart of points and lines over two axes, each linear or logarithmic, in the units of the axes.
package struct ChartFigure {
  /// How a series is drawn.
  enum Look: Equatable {
    case points
    case drawn(Plot.Pattern)

    static let line = Look.drawn(.solid)
    static let dashes = Look.drawn(.dashed)

    fileprivate var plotLook: Plot.Look {
      switch self {
      case .points: .points(radius: 2.6)
      case .drawn(let pattern): .line(pattern)
      }
    }
  }

  /// Points of one meaning.
  struct Series {
    var title: String
    var category: FigureStyle.Category
    var look: Look
    /// Those that have no place on the axes are left out.
    var points: [PlotPoint]
    /// The edges of a band about a line, point by point; empty for none.
    var band: [(low: Double, high: Double)] = []
  }

  /// An axis.
  struct Axis {
    var label: String
    var isLogarithmic = false
  }

  /// A horizontal line with a name.
  struct Reference {
    var label: String
    var value: Double
  }

  var name: String
  var title: String
  var subtitle: [String]
  var x: Axis
  var y: Axis
  var series: [Series]
  var references: [Reference] = []
  /// Whether both axes have one scale, with the line y = x drawn.
  var isSquare = false
  var width = 400.0

  func draw() -> Figure {
    let shown = series.map { series in
      var series = series
      let keeps = series.points.map { has($0.x, x) && has($0.y, y) }
      series.band = zip(series.band, keeps).filter(\.1).map(\.0)
      series.points = zip(series.points, keeps).filter(\.1).map(\.0)
      return series
    }.filter { !$0.points.isEmpty }
    var xs = shown.flatMap { $0.points.map(\.x) }
    let lines = references.filter { has($0.value, y) }
    var ys = shown.flatMap { series in
      series.points.map(\.y) + series.band.flatMap { [$0.low, $0.high] }
    }
    ys = ys.filter { has($0, y) } + lines.map(\.value)
    if isSquare { (xs, ys) = (xs + ys, xs + ys) }
    let (across, up) = (ChartScale(xs, x.isLogarithmic), ChartScale(ys, y.isLogarithmic))
    let plot = Plot(
      width: width, x: .init(label: x.label, ticks: across.ticks),
      y: .init(label: y.label, ticks: up.ticks),
      series: shown.map { series in
        .init(
          title: series.title, category: series.category, look: series.look.plotLook,
          points: series.points.map { PlotPoint(x: across.position($0.x), y: up.position($0.y)) },
          band: zip(series.points, series.band).map { point, band in
            (across.position(point.x), up.position(band.low), up.position(band.high))
          })
      },
      references: lines.map { .init(position: up.position($0.value), label: $0.label) },
      hasDiagonal: isSquare)
    return Figure(plot, name: name, title: title.shortened(to: 48), subtitle: subtitle)
  }

  private func has(_ value: Double, _ axis: Axis) -> Bool {
    value.isFinite && abs(value) < 1e300 && (!axis.isLogarithmic || value > 0)
  }
}

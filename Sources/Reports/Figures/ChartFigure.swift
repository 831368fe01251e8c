internal import Arithmetic
internal import Foundation

/// A chart of points and lines over two axes, each linear or logarithmic.
struct ChartFigure {
  /// How a series is drawn.
  enum Look {
    case points
    case line
    case dashes
    case dots

    /// A line's width and pattern in gnuplot's words; nil for points. Widths differ, because gnuplot draws
    /// neighbours of one colour and one width as one path, in the pattern of the first.
    func line(_ category: FigureStyle.Category) -> String? {
      let colour = "linecolor rgb '\(category.colour)'"
      return switch self {
      case .points: nil
      case .line: "linewidth 1.8 dashtype 1 \(colour)"
      case .dashes: "linewidth 1.7 dashtype (9,4) \(colour)"
      case .dots: "linewidth 1.6 dashtype (2,3) \(colour)"
      }
    }
  }

  /// Points of one meaning.
  struct Series {
    var title: String
    var category: FigureStyle.Category
    var look: Look
    /// In the units of the axes; those that have no place on them are left out.
    var points: [PlotPoint]
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

  private static let (left, right, top) = (62.0, 386.0, 12.0)
  private static let height = 290
  private static let bottom = 62.0

  func draw(_ gnuplot: Gnuplot) throws(FigureFailure) -> Figure {
    let shown = series.map { series in
      var series = series
      series.points.removeAll { !has($0.x, x) || !has($0.y, y) }
      return series
    }.filter { !$0.points.isEmpty }
    return SVGDrawing(
      name: name, title: title.shortened(to: 48), subtitle: subtitle,
      height: Self.height + Int(clamping: ChartKey(shown).extraHeight), series: shown.map(\.title)
    ).figure(try gnuplot.run(script(shown)))
  }

  private func has(_ value: Double, _ axis: Axis) -> Bool {
    value.isFinite && abs(value) < 1e300 && (!axis.isLogarithmic || value > 0)
  }

  private func script(_ shown: [Series]) -> String {
    let number = FigureStyle.number
    let ink = "textcolor rgb '\(FigureStyle.ink)'"
    var xs = shown.flatMap { $0.points.map(\.x) }
    var ys = shown.flatMap { $0.points.map(\.y) } + references.map(\.value).filter { has($0, y) }
    if isSquare { (xs, ys) = (xs + ys, xs + ys) }
    let (across, up) = (ChartScale(xs, x.isLogarithmic), ChartScale(ys, y.isLogarithmic))
    let key = ChartKey(shown)
    let bottom = Self.bottom + key.extraHeight
    let (width, height) = (Double(FigureStyle.width), Double(Self.height) + key.extraHeight)
    let ticks = { (scale: ChartScale) in
      scale.ticks.map { "\(FigureStyle.literal($0.label)) \(number($0.position))" }
        .joined(separator: ", ")
    }
    var lines = FigureStyle.preamble(name: name, height: Int(clamping: height))
    lines += [
      "set lmargin at screen \(number(Self.left / width))",
      "set rmargin at screen \(number(Self.right / width))",
      "set bmargin at screen \(number(bottom / height))",
      "set tmargin at screen \(number(1 - Self.top / height))",
      "set xrange [0:1]", "set yrange [0:1]", "set xtics (\(ticks(across)))",
      "set ytics (\(ticks(up)))",
      "set label \(FigureStyle.literal(x.label)) at graph 0.5, screen \(number((bottom - 36) / height)) center "
        + ink,
      "set label \(FigureStyle.literal(y.label)) at screen \(number(12 / width)), graph 0.5 center "
        + "rotate \(ink)",
    ]
    let rule = "nohead linewidth 1 linecolor rgb '\(FigureStyle.ink)'"
    for reference in references where has(reference.value, y) {
      let place = number(up.position(reference.value))
      lines += [
        "set arrow from graph 0, first \(place) to graph 1, first \(place) \(rule)",
        "set label \(FigureStyle.literal(reference.label)) at graph 0.012, first \(place) left "
          + "offset 0,0.45 font '\(FigureStyle.font),12' \(ink)",
      ]
    }
    lines += key.script(height: height)
    var plots: [String] = []
    for (index, series) in shown.enumerated() {
      let points = series.points.map {
        PlotPoint(x: across.position($0.x), y: up.position($0.y))
      }
      let drawn =
        series.look == .points
        ? points
        : Polyline.simplified(
          points, tolerance: 0.3, width: Self.right - Self.left,
          height: height - Self.top - bottom)
      lines += ["$block\(index) << END"] + drawn.map { "\(number($0.x)) \(number($0.y))" } + ["END"]
      let category = series.category
      let line = drawn.count == 1 ? nil : series.look.line(category)
      plots.append(
        "$block\(index) using 1:2 "
          + (line.map { "with lines \($0)" }
            ?? "with points pointtype \(category.shape) "
            + "pointsize \(number(0.4 * category.scale)) linecolor rgb '\(category.colour)'"))
    }
    if isSquare {
      lines += ["$equal << END", "0 0", "1 1", "END"]
      plots.append(
        "$equal using 1:2 with lines linewidth 1 dashtype 3 linecolor rgb '\(FigureStyle.ink)'")
    }
    lines.append("plot " + (plots.isEmpty ? ["1/0"] : plots).joined(separator: ", "))
    return lines.joined(separator: "\n") + "\n"
  }
}

/// A linear or logarithmic scale.
struct ChartScale {
  private let linear: LinearScale
  private let isLogarithmic: Bool
  private let decades: ClosedRange<Double>

  init(_ values: [Double], _ isLogarithmic: Bool) {
    self.isLogarithmic = isLogarithmic
    linear = LinearScale(isLogarithmic ? [] : values)
    let logarithms = isLogarithmic ? values.map { log10($0) } : []
    let (low, high) = (logarithms.min() ?? 0, logarithms.max() ?? 1)
    decades = (low - 0.15)...(max(high, low + 0.7) + 0.15)
  }

  /// Where a number stands, as a share of the axis.
  func position(_ value: Double) -> Double {
    isLogarithmic
      ? (log10(value) - decades.lowerBound) / (decades.upperBound - decades.lowerBound)
      : linear.position(value)
  }

  /// The ticks, from the lowest: decades, and where those are few twice and five times as much.
  var ticks: [LinearScale.Tick] {
    guard isLogarithmic else { return linear.ticks }
    let span = decades.upperBound - decades.lowerBound
    let step = max(1, Int(clamping: (span / 6).rounded(.up)))
    let (first, last) = (
      Int(clamping: decades.lowerBound.rounded(.down)), Int(clamping: decades.upperBound)
    )
    return stride(from: first, through: last, by: step).flatMap { decade in
      (span < 2.5 ? [1.0, 2, 5] : [1]).compactMap { factor in
        let value = factor * pow(10, Double(decade))
        let place = position(value)
        guard place >= 0, place <= 1 else { return nil }
        return .init(position: place, label: NumberFormat.text(value, digits: 3))
      }
    }
  }
}

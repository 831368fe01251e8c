/// A plot as elements of SVG.
struct PlotDrawing {
  private let plot: Plot
  private let key: PlotKey
  /// The edges of the plotted area.
  private let left: Double
  private let right: Double
  private let top = 12.0
  private let bottom: Double

  init(_ plot: Plot) {
    self.plot = plot
    key = PlotKey(plot)
    let labels = plot.y.ticks.map { SVG.width($0.label) }.max() ?? 0
    left = (plot.y.label.isEmpty ? 6 : 24) + labels + 8
    let notes = plot.notes.map { SVG.width($0.label, size: 11) }.max()
    // The last tick of the horizontal axis reaches beyond it.
    right = plot.width - (notes.map { $0 + 14 } ?? 14)
    bottom = top + plot.areaHeight
  }

  /// The height of the whole drawing.
  var height: Double { bottom + (plot.x.label.isEmpty ? 28 : 44) + key.height }

  /// The axes first, then the series in their order, then the key.
  var elements: [String] {
    grid + axes + references + plot.series.map(element) + diagonal
      + key.elements(top: height - key.height)
  }

  private func x(_ share: Double) -> Double { left + share * (right - left) }
  private func y(_ share: Double) -> Double { bottom - share * (bottom - top) }
  private func place(_ point: PlotPoint) -> (x: Double, y: Double) { (x(point.x), y(point.y)) }

  private var grid: [String] {
    let across = plot.y.ticks.map {
      SVG.polyline([(left, y($0.position)), (right, y($0.position))])
    }
    let up = plot.x.ticks.map { SVG.polyline([(x($0.position), top), (x($0.position), bottom)]) }
    return [SVG.stroke((across + up).joined(), width: 1, " stroke-opacity=\"0.13\"")]
  }

  private var axes: [String] {
    let ticks =
      plot.x.ticks.map { SVG.polyline([(x($0.position), bottom), (x($0.position), bottom + 4)]) }
      + plot.y.ticks.map { SVG.polyline([(left - 4, y($0.position)), (left, y($0.position))]) }
    var elements = [
      SVG.stroke(
        SVG.polyline([(left, top), (left, bottom), (right, bottom)]) + ticks.joined(), width: 1)
    ]
    elements += plot.y.ticks.map { SVG.text($0.label, x: left - 8, y: y($0.position) + 4, .end) }
    elements += plot.x.ticks.map { SVG.text($0.label, x: x($0.position), y: bottom + 18, .middle) }
    elements += plot.notes.map { SVG.text($0.label, x: right + 8, y: y($0.position) + 4, size: 11) }
    if !plot.x.label.isEmpty {
      elements.append(SVG.text(plot.x.label, x: (left + right) / 2, y: bottom + 37, .middle))
    }
    if !plot.y.label.isEmpty {
      elements.append(
        SVG.text(plot.y.label, x: 14, y: (top + bottom) / 2, .middle, isUpright: true))
    }
    return elements
  }

  private var references: [String] {
    let lines =
      plot.references.map { SVG.polyline([(left, y($0.position)), (right, y($0.position))]) }
      + plot.verticals.map { SVG.polyline([(x($0), top), (x($0), bottom)]) }
    guard !lines.isEmpty else { return [] }
    return [SVG.stroke(lines.joined(), width: 1.2)]
      + plot.references.filter { !$0.label.isEmpty }.map { reference in
        // Above the line, unless that is outside.
        let height = y(reference.position)
        return SVG.text(
          reference.label, x: left + 5, y: height > top + 12 ? height - 4 : height + 13)
      }
  }

  private func element(_ series: Plot.Series) -> String {
    let pieces = series.points.split(separator: nil).map { $0.compactMap(\.self) }
    var elements: [String] = []
    if let band = band(series.band) { elements.append(band) }
    switch series.look {
    case .points(let radius):
      elements.append(series.category.mark.element(pieces.joined().map(place), radius: radius))
    case .line(let pattern, let width):
      let lines = pieces.filter { $0.count > 1 }.map { piece in
        Polyline.simplified(
          piece, tolerance: 0.4, width: right - left, height: plot.areaHeight)
      }
      if !lines.isEmpty {
        elements.append(
          SVG.stroke(
            lines.map { SVG.polyline($0.map(place)) }.joined(), width: width,
            " stroke-linejoin=\"round\""
              + (pattern.dashes.map { " stroke-dasharray=\"\($0)\"" } ?? "")))
      }
      // A point without neighbours would be no line.
      let single = pieces.filter { $0.count == 1 }.joined().map(place)
      if !single.isEmpty { elements.append(series.category.mark.element(single, radius: 2.4)) }
    }
    return SVG.group(series.category, title: series.title, elements)
  }

  private func band(_ band: [(x: Double, low: Double, high: Double)]) -> String? {
    guard band.count > 1 else { return nil }
    let upper = band.map { PlotPoint(x: $0.x, y: $0.high) }
    let lower = band.reversed().map { PlotPoint(x: $0.x, y: $0.low) }
    let edges = [upper, lower].flatMap { edge in
      Polyline.simplified(edge, tolerance: 0.4, width: right - left, height: plot.areaHeight)
    }
    return "<path d=\"\(SVG.polyline(edges.map(place)))z\" fill-opacity=\"0.18\"/>"
  }

  private var diagonal: [String] {
    guard plot.hasDiagonal else { return [] }
    return [
      SVG.stroke(
        SVG.polyline([(left, bottom), (right, top)]), width: 1, " stroke-dasharray=\"2 3\"")
    ]
  }
}

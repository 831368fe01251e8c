/// The series of a chart with their names, in rows at its foot: a point for points, a piece of line for
/// lines.
struct ChartKey {
  private let rows: [[ChartFigure.Series]]

  private static let rowHeight = 17.0
  /// The room for a sample.
  private static let sampleWidth = 36.0

  init(_ series: [ChartFigure.Series]) {
    var rows: [[ChartFigure.Series]] = [[]]
    for one in series {
      let taken = rows[rows.count - 1].reduce(0) { $0 + Self.width($1) }
      if taken > 0, taken + Self.width(one) > Double(FigureStyle.width) - 16 { rows.append([]) }
      rows[rows.count - 1].append(one)
    }
    self.rows = rows
  }

  /// What rows beyond the first add to a figure's height.
  var extraHeight: Double { Self.rowHeight * Double(rows.count - 1) }

  /// Some 6 units a letter: gnuplot does not measure the text that it writes.
  private static func width(_ series: ChartFigure.Series) -> Double {
    sampleWidth + 6 * Double(series.title.displayWidth)
  }

  /// The script's lines.
  func script(height: Double) -> [String] {
    let width = Double(FigureStyle.width)
    return rows.enumerated().flatMap { index, row in
      var x = max(8, (width - row.reduce(0) { $0 + Self.width($1) }) / 2)
      let y = 11 + Self.rowHeight * Double(rows.count - 1 - index)
      return row.flatMap { series in
        defer { x += Self.width(series) }
        return sample(series, x: x / width, end: (x + 20) / width, y: y / height)
      }
    }
  }

  private func sample(
    _ series: ChartFigure.Series, x: Double, end: Double, y: Double
  ) -> [String] {
    let number = FigureStyle.number
    let category = series.category
    let text =
      "font '\(FigureStyle.font),12' textcolor rgb '\(FigureStyle.ink)'"
    guard let line = series.look.line(category) else {
      let place = "\(number(x + 8 / Double(FigureStyle.width))), \(number(y))"
      return [
        "set label \(FigureStyle.literal(series.title)) at screen \(place) left "
          + "point pointtype \(category.shape) pointsize \(number(0.55 * category.scale)) "
          + "linecolor rgb '\(category.colour)' offset 0.4,-0.22 \(text)"
      ]
    }
    let next = end + 4 / Double(FigureStyle.width)
    return [
      "set arrow from screen \(number(x)), \(number(y)) to screen \(number(end)), \(number(y)) "
        + "nohead \(line)",
      "set label \(FigureStyle.literal(series.title)) at screen \(number(next)), \(number(y)) left "
        + text,
    ]
  }
}

/// The series of a plot with their names, at its foot: a point for points, a piece of line for lines. One series
/// alone needs none.
struct PlotKey {
  private struct Entry {
    var series: Plot.Series
    var x: Double
    var row: Int
  }

  private var entries: [Entry] = []
  private let rowCount: Int

  private static let rowHeight = 17.0
  private static let sampleWidth = 22.0
  private static let gap = 16.0

  init(_ plot: Plot) {
    let named = plot.series.filter(\.isInKey)
    guard named.count > 1 else {
      rowCount = 0
      return
    }
    if let columns = plot.keyColumns {
      let rows = (named.count + columns - 1) / columns
      rowCount = rows
      entries = named.enumerated().map { index, series in
        let column = Double(index / rows)
        return Entry(
          series: series, x: 6 + (plot.width - 6) / Double(columns) * column, row: index % rows)
      }
      return
    }
    var rows: [[Plot.Series]] = [[]]
    for series in named {
      let taken = rows[rows.count - 1].reduce(0) { $0 + Self.width($1) }
      if taken > 0, taken + Self.width(series) > plot.width - 16 { rows.append([]) }
      rows[rows.count - 1].append(series)
    }
    rowCount = rows.count
    for (index, row) in rows.enumerated() {
      var x = max(8, (plot.width - row.reduce(0) { $0 + Self.width($1) } + Self.gap) / 2)
      for series in row {
        entries.append(Entry(series: series, x: x, row: index))
        x += Self.width(series)
      }
    }
  }

  /// The room that the key takes.
  var height: Double { rowCount == 0 ? 0 : 6 + Self.rowHeight * Double(rowCount) }

  private static func width(_ series: Plot.Series) -> Double {
    sampleWidth + 6 + SVG.width(series.title) + gap
  }

  /// The key below a height.
  func elements(top: Double) -> [String] {
    entries.map { entry in
      let y = top + 6 + Self.rowHeight * (Double(entry.row) + 0.5)
      let sample =
        switch entry.series.look {
        case .points: entry.series.category.mark.element([(entry.x + 11, y)], radius: 3)
        case .line(let pattern, let width):
          SVG.stroke(
            SVG.polyline([(entry.x, y), (entry.x + Self.sampleWidth, y)]), width: width,
            pattern.dashes.map { " stroke-dasharray=\"\($0)\"" } ?? "")
        }
      return SVG.group(entry.series.category, title: nil, [sample])
        + SVG.text(entry.series.title, x: entry.x + Self.sampleWidth + 6, y: y + 4)
    }
  }
}

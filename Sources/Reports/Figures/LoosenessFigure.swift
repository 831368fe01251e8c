internal import Arithmetic
internal import Foundation
internal import Guarantees

/// How much wider each bound is than what it bounds, B/|G|, a strip of points a bound.
///
/// The bounds are in the order of their medians, which are marked.
struct LoosenessFigure {
  static let name = "looseness"
  static let title = "Looseness of the bounds"
  static let subtitle = "B/|G| for every update; 1 is tight, the bar is the median"

  private struct Point {
    var looseness: Double
    var isViolated: Bool
  }

  private static let mostPoints = 300

  /// The figure of the bounds among some claims; nil where none has a finite looseness.
  static func draw(
    _ summaries: [ClaimSummary], gnuplot: Gnuplot
  ) throws(FigureFailure) -> Figure? {
    let bounds = summaries.filter {
      ($0.claim.kind == .aPriori || $0.claim.kind == .aPosteriori) && $0.medianLooseness != nil
    }.sorted { ($0.medianLooseness ?? 0, $0.claim.id) < ($1.medianLooseness ?? 0, $1.claim.id) }
    guard !bounds.isEmpty else { return nil }
    // A few bounds share the height of a margin figure; many need room for their names.
    let height = 72 + bounds.count * max(23, min(55, 180 / bounds.count))
    let drawing = SVGDrawing(name: name, title: title, subtitle: [subtitle], height: height)
    return drawing.figure(try gnuplot.run(script(bounds, height: height)))
  }

  private static func script(_ bounds: [ClaimSummary], height: Int) -> String {
    let values = bounds.map { summary in
      summary.rows.compactMap { row in
        row.result.finiteLooseness.map {
          Point(looseness: $0, isViolated: row.result.verdict == .violated)
        }
      }.filter { $0.looseness > 0 }.sorted { $0.looseness < $1.looseness }
    }
    let exponents = values.flatMap { $0 }.map { log10($0.looseness) }
    let lowest = min((exponents.min() ?? 0).rounded(.down), 0)
    let highest = max((exponents.max() ?? 1).rounded(.up), lowest + 1)
    let names = bounds.map { $0.claim.id.displayable.shortened(to: 30) }
    // Some 6 units a letter of Helvetica 12, which gnuplot does not measure.
    let labelWidth = 14 + 6.1 * Double(names.map(\.displayWidth).max() ?? 0)
    let step = max(1, Int(clamping: ((highest - lowest) / 4).rounded(.up)))
    let number = FigureStyle.number
    let xTicks = stride(from: Int(clamping: lowest), through: Int(clamping: highest), by: step)
      .map { "\(FigureStyle.literal(SymmetricLogScale.power($0))) \($0)" }
    let yTicks = names.enumerated().map { "\(FigureStyle.literal($1)) \(-$0)" }

    var lines = FigureStyle.preamble(name: name, height: height)
    lines += [
      "set lmargin at screen \(number(labelWidth / Double(FigureStyle.width)))",
      "set rmargin \(bounds.contains { $0.infiniteCount > 0 } ? 6.5 : 2)", "set tmargin 0.7",
      "set bmargin 3.2", "unset key",
      "set xrange [\(number(lowest - 0.15)):\(number(highest + 0.15))]",
      "set yrange [\(number(0.4 - Double(bounds.count))):0.6]",
      "set xtics (\(xTicks.joined(separator: ", ")))",
      "set ytics (\(yTicks.joined(separator: ", "))) font '\(FigureStyle.font),12'",
      "set xlabel 'looseness B/|G|' textcolor rgb '\(FigureStyle.ink)' offset 0,0.4",
      "set arrow from first 0, graph 0 to first 0, graph 1 nohead linewidth 1.2 "
        + "linecolor rgb '\(FigureStyle.ink)'",
    ]
    for (row, summary) in bounds.enumerated() where summary.infiniteCount > 0 {
      let text = "\(NumberFormat.count(summary.infiniteCount)) × ∞"
      lines.append(
        "set label \(FigureStyle.literal(text)) at graph 1.02, first \(-row) "
          + "font '\(FigureStyle.font),11' textcolor rgb '\(FigureStyle.ink)'")
    }

    var holds: [String] = []
    var violated: [String] = []
    var medians: [String] = []
    for (row, strip) in values.enumerated() {
      let step = strip.count / mostPoints + 1
      for (index, point) in strip.enumerated()
      where index % step == 0 || index == strip.count - 1 || point.isViolated {
        // Spread by the golden ratio: even, and the same each time.
        let spread = (Double(index) * 0.618_033_988_75).truncatingRemainder(dividingBy: 1) - 0.5
        let line = "\(number(log10(point.looseness))) \(number(-Double(row) + 0.55 * spread))"
        if point.isViolated { violated.append(line) } else { holds.append(line) }
      }
      if let median = bounds[row].medianLooseness, median > 0 {
        medians.append("\(number(log10(median))) \(number(-Double(row) - 0.36)) 0 0.72")
      }
    }
    var plots: [String] = []
    for (name, data, category) in [
      ("$holds", holds, FigureStyle.holds), ("$violated", violated, FigureStyle.violated),
    ] where !data.isEmpty {
      lines.append("\(name) << END\n\(data.joined(separator: "\n"))\nEND")
      plots.append(
        "\(name) using 1:2 with points pointtype \(category.shape) "
          + "pointsize \(number(category.shape == FigureStyle.violated.shape ? 0.6 : 0.24)) "
          + "linecolor rgb '\(category.colour)'")
    }
    lines.append("$medians << END\n\(medians.joined(separator: "\n"))\nEND")
    plots.append(
      "$medians using 1:2:3:4 with vectors nohead linewidth 2.6 "
        + "linecolor rgb '\(FigureStyle.ink)'")
    lines.append("plot " + plots.joined(separator: ", "))
    return lines.joined(separator: "\n") + "\n"
  }
}

internal import Foundation

/// How much of each bound a search attained, |G|/B, a point a bound: 1 is equality.
public struct AttainedFigure: Sendable {
  /// A bound and what was attained of it.
  public struct Point: Sendable {
    /// The bound's identifier.
    public var name: String
    /// |G|/B of the worst update found.
    public var attained: Double

    public init(name: String, attained: Double) {
      self.name = name
      self.attained = attained
    }
  }

  /// The SVG file of some points, from the top.
  ///
  /// - Throws: ``FigureFailure`` where gnuplot fails.
  public static func svg(
    _ points: [Point], gnuplot: Gnuplot
  ) throws(FigureFailure) -> String {
    let height = 72 + 23 * points.count
    let drawing = SVGDrawing(
      name: "attained", title: "What searches attained of each bound",
      subtitle: ["|η(π̃) − L|/B of the worst update found; 1 is equality"], height: height)
    return drawing.figure(try gnuplot.run(script(points, height: height))).file
  }

  private static func script(_ points: [Point], height: Int) -> String {
    let number = FigureStyle.number
    let names = points.map { $0.name.displayable.shortened(to: 30) }
    let labelWidth = 14 + 6.1 * Double(names.map(\.displayWidth).max() ?? 0)
    let ticks = names.enumerated().map { "\(FigureStyle.literal($1)) \(-$0)" }
    var lines = FigureStyle.preamble(name: "attained", height: height)
    lines += [
      "set lmargin at screen \(number(labelWidth / Double(FigureStyle.width)))", "set rmargin 2",
      "set tmargin 0.7", "set bmargin 3.2", "set xrange [0:1.05]",
      "set yrange [\(number(0.4 - Double(points.count))):0.6]", "set xtics 0.25",
      "set ytics (\(ticks.joined(separator: ", "))) font '\(FigureStyle.font),12'",
      "set xlabel 'attained |G|/B' textcolor rgb '\(FigureStyle.ink)' offset 0,0.4",
      "set arrow from 1, graph 0 to 1, graph 1 nohead linewidth 1.2 "
        + "linecolor rgb '\(FigureStyle.ink)'",
    ]
    let data = points.enumerated().map { "\(number(min($1.attained, 1))) \(-$0)" }
    lines.append("$points << END\n\(data.joined(separator: "\n"))\nEND")
    lines.append(
      "plot $points using 1:2 with points pointtype \(FigureStyle.holds.shape) pointsize 0.6 "
        + "linecolor rgb '\(FigureStyle.holds.colour)'")
    return lines.joined(separator: "\n") + "\n"
  }
}

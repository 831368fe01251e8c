/// The learning curve of a training run: mean return of recent episodes against environment steps.
public struct TrainingFigure: Sendable {
  /// A point of the curve.
  public struct Point: Sendable, Equatable {
    /// Environment steps so far.
    public var steps: Double
    /// The mean return of recent episodes.
    public var meanReturn: Double

    public init(steps: Double, meanReturn: Double) {
      self.steps = steps
      self.meanReturn = meanReturn
    }
  }

  /// The environment, for the title.
  public var environment: String
  /// The curve, in the order of steps; points that are not finite are left out.
  public var points: [Point]
  /// A return to reach, and its name.
  public var goal: (value: Double, name: String)?

  public init(
    environment: String, points: [Point], goal: (value: Double, name: String)? = nil
  ) {
    self.environment = environment
    self.points = points
    self.goal = goal
  }

  private static let height = 280
  private static let (left, right, top, bottom) = (62.0, 386.0, 12.0, 44.0)

  /// The figure as an SVG file.
  public func svg(_ gnuplot: Gnuplot) throws(FigureFailure) -> String {
    SVGDrawing(
      name: "learning-curve", title: environment.shortened(to: 48),
      subtitle: ["mean return of recent episodes, by environment steps"], height: Self.height,
      series: ["mean return"]
    ).figure(try gnuplot.run(script)).file
  }

  private var script: String {
    let number = FigureStyle.number
    let ink = "textcolor rgb '\(FigureStyle.ink)'"
    let points = points.filter { $0.steps.isFinite && $0.meanReturn.isFinite }
    let across = LinearScale([0] + points.map(\.steps))
    let up = LinearScale(points.map(\.meanReturn) + (goal.map { [$0.value] } ?? []))
    let ticks = { (scale: LinearScale) in
      scale.ticks.map { "\(FigureStyle.literal($0.label)) \(number($0.position))" }
        .joined(separator: ", ")
    }
    let (width, height) = (Double(FigureStyle.width), Double(Self.height))
    let colour = FigureStyle.holds.colour
    var lines = FigureStyle.preamble(name: "learning-curve", height: Self.height)
    lines += [
      "set lmargin at screen \(number(Self.left / width))",
      "set rmargin at screen \(number(Self.right / width))",
      "set bmargin at screen \(number(Self.bottom / height))",
      "set tmargin at screen \(number(1 - Self.top / height))",
      "set xrange [0:1]", "set yrange [0:1]", "set xtics (\(ticks(across)))",
      "set ytics (\(ticks(up)))",
      "set label 'environment steps' at graph 0.5, screen \(number(10 / height)) center \(ink)",
      "set label 'mean return' at screen \(number(12 / width)), graph 0.5 center rotate \(ink)",
    ]
    if let goal {
      let y = number(up.position(goal.value))
      lines += [
        "set arrow from graph 0, first \(y) to graph 1, first \(y) nohead linewidth 1 "
          + "linecolor rgb '\(FigureStyle.ink)'",
        "set label \(FigureStyle.literal(goal.name)) at graph 0.012, first \(y) left "
          + "offset 0,0.45 font '\(FigureStyle.font),12' \(ink)",
      ]
    }
    let curve = Polyline.simplified(
      points.map { PlotPoint(x: across.position($0.steps), y: up.position($0.meanReturn)) },
      tolerance: 0.3, width: Self.right - Self.left, height: height - Self.top - Self.bottom)
    guard !curve.isEmpty else { return (lines + ["plot 1/0"]).joined(separator: "\n") + "\n" }
    let look =
      curve.count == 1
      ? "with points pointtype 7 pointsize 0.4 linecolor rgb '\(colour)'"
      : "with lines linewidth 1.8 linecolor rgb '\(colour)'"
    lines += ["$curve << END"] + curve.map { "\(number($0.x)) \(number($0.y))" } + ["END"]
    lines.append("plot $curve using 1:2 \(look)")
    return lines.joined(separator: "\n") + "\n"
  }
}

internal import Foundation

/// One line a rule, against the iteration.
///
/// The iterations are on a logarithmic scale of i + 1: the start has a place, and the first steps
/// are as wide as the last hundred.
struct IterationFigure {
  /// A rule's line.
  struct Line {
    /// The rule, for the key.
    var title: String
    /// How it is drawn.
    var style: RuleLineStyle
    /// Its points as shares of the plotted area; nil breaks the line.
    var points: [PlotPoint?]
    /// Points that are marked.
    var marks: [PlotPoint] = []
  }

  /// A tick of the vertical axis.
  struct Tick {
    var label: String
    var position: Double
  }

  /// The figure's name, and its title with the lines below.
  var name: String
  var title: String
  var subtitle: [String]
  /// What the vertical axis shows.
  var axis: String
  var ticks: [Tick]
  /// A horizontal line and its name.
  var reference: Tick?
  /// The last iteration of the horizontal axis.
  var lastIteration: Int
  var lines: [Line]

  private static let columns = 3
  /// The plotted area, nearly: gnuplot keeps the rest for the axes.
  private static let (plotWidth, plotHeight) = (325.0, 200.0)
  private static let (left, right, top) = (62.0, 390.0, 10.0)
  private static let rowHeight = 17.0
  /// Half the width of a line: less than this nobody sees.
  private static let tolerance = 0.6
  /// The least distance of two ticks, as a share of the axis.
  private static let tickDistance = 0.07

  private var keyRows: Int { max(1, (lines.count + Self.columns - 1) / Self.columns) }
  private var keyHeight: Double { 6 + Self.rowHeight * Double(keyRows) }
  private var bottom: Double { keyHeight + 46 }
  private var height: Int { Int(Self.top + Self.plotHeight + bottom) }

  /// Where an iteration stands, as a share of the axis.
  static func position(_ iteration: Int, last: Int) -> Double {
    log10(Double(iteration) + 1) / log10(Double(last) + 1)
  }

  /// Draws it.
  func draw(_ gnuplot: Gnuplot) throws(FigureFailure) -> Figure {
    let blocks = drawnBlocks
    return SVGDrawing(
      name: name, title: title, subtitle: subtitle, height: height, series: blocks.map(\.title)
    ).figure(try gnuplot.run(script(blocks)))
  }

  private func script(_ blocks: [Block]) -> String {
    let number = FigureStyle.number
    let ink = "textcolor rgb '\(FigureStyle.ink)'"
    let share = { (pixels: Double) in number(pixels / Double(FigureStyle.width)) }
    let rise = { (pixels: Double) in number(pixels / Double(height)) }
    let yTicks = ticks.map { "\(FigureStyle.literal($0.label)) \(number($0.position))" }
    let xTicks = Self.iterationTicks(last: lastIteration).map { iteration in
      "'\(iteration)' \(number(Self.position(iteration, last: lastIteration)))"
    }
    var lines = FigureStyle.preamble(name: name, height: height)
    lines += [
      "set lmargin at screen \(share(Self.left))", "set rmargin at screen \(share(Self.right))",
      "set bmargin at screen \(rise(bottom))",
      "set tmargin at screen \(rise(Double(height) - Self.top))",
      "set xrange [0:1]", "set yrange [0:1]",
      "set xtics (\(xTicks.joined(separator: ", ")))",
      "set ytics (\(yTicks.joined(separator: ", ")))",
      "set label 'iteration' at graph 0.5, screen \(rise(keyHeight + 10)) center \(ink)",
      "set label \(FigureStyle.literal(axis)) at screen \(share(12)), graph 0.5 center rotate \(ink)",
    ]
    if let reference {
      lines += [
        "set arrow from graph 0, first \(number(reference.position)) to graph 1, "
          + "first \(number(reference.position)) nohead linewidth 1 "
          + "linecolor rgb '\(FigureStyle.ink)'",
        "set label \(FigureStyle.literal(reference.label)) at graph 0.012, "
          + "first \(number(reference.position)) left offset 0,0.45 "
          + "font '\(FigureStyle.font),12' \(ink)",
      ]
    }
    lines += key
    lines += blocks.map(\.data)
    // Without any line there is still an empty plot.
    lines.append("plot " + (blocks.isEmpty ? ["1/0"] : blocks.map(\.plot)).joined(separator: ", "))
    return lines.joined(separator: "\n") + "\n"
  }

  /// Samples of the lines with the rules' names, in columns at the foot.
  private var key: [String] {
    let number = FigureStyle.number
    let columnWidth = Double(FigureStyle.width) / Double(Self.columns)
    return lines.enumerated().flatMap { index, line in
      let x = 6 + columnWidth * Double(index / keyRows)
      let y = keyHeight - 10 - Self.rowHeight * Double(index % keyRows)
      let place = { (x: Double) in
        "screen \(number(x / Double(FigureStyle.width))), \(number(y / Double(height)))"
      }
      return [
        "set arrow from \(place(x)) to \(place(x + 24)) nohead \(Self.look(line.style))",
        "set label \(FigureStyle.literal(line.title.shortened(to: 16))) at \(place(x + 29)) left "
          + "font '\(FigureStyle.font),12' textcolor rgb '\(FigureStyle.ink)'",
      ]
    }
  }

  private static func look(_ style: RuleLineStyle) -> String {
    "linewidth \(style.pattern.width) dashtype \(style.pattern.dashType) "
      + "linecolor rgb '\(style.category.colour)'"
  }

  /// A block of data and how it is plotted.
  private struct Block {
    /// The rule.
    var title: String
    var data: String
    var plot: String
  }

  private var drawnBlocks: [Block] {
    var blocks: [Block] = []
    func add(_ title: String, _ data: [String], _ how: String) {
      let name = "$block\(blocks.count)"
      blocks.append(
        Block(
          title: title,
          data: "\(name) << END\n\(data.joined(separator: "\n"))\nEND",
          plot: "\(name) using 1:2 \(how)"))
    }
    for line in lines {
      let pieces = line.points.split(separator: nil).map { $0.compactMap { $0 } }
      let drawn = pieces.filter { $0.count > 1 }.map { piece in
        Polyline.simplified(
          piece, tolerance: Self.tolerance, width: Self.plotWidth, height: Self.plotHeight
        ).map(Self.coordinates).joined(separator: "\n")
      }
      // An empty line breaks the line.
      if !drawn.isEmpty {
        add(
          line.title, [drawn.joined(separator: "\n\n")], "with lines \(Self.look(line.style))")
      }
      let marks = line.marks + pieces.filter { $0.count == 1 }.flatMap { $0 }
      if !marks.isEmpty {
        let category = line.style.category
        add(
          line.title, marks.map(Self.coordinates),
          "with points pointtype \(category.shape) "
            + "pointsize \(FigureStyle.number(0.4 * category.scale)) "
            + "linecolor rgb '\(category.colour)'")
      }
    }
    return blocks
  }

  private static func coordinates(_ point: PlotPoint) -> String {
    "\(FigureStyle.number(point.x)) \(FigureStyle.number(point.y))"
  }

  /// 0, 1, 2, 5, 10, … as far as they fit.
  static func iterationTicks(last: Int) -> [Int] {
    var ticks = [0]
    var decade = 1
    while decade <= last {
      for tick in [decade, 2 * decade, 5 * decade] where tick <= last {
        let place = position(tick, last: last)
        if place - position(ticks[ticks.count - 1], last: last) >= tickDistance {
          ticks.append(tick)
        }
      }
      decade *= 10
    }
    return ticks
  }
}

/// A point of a plot, both coordinates as shares of the plotted area, from the left and from the bottom.
struct PlotPoint: Equatable {
  var x: Double
  var y: Double
}

/// A drawing over two axes: points, lines and bands, with ticks, references and a key.
///
/// All places are shares of the plotted area; scales make them of numbers.
struct Plot {
  /// A place on an axis with what is written there.
  struct Tick {
    var position: Double
    var label: String
  }

  /// An axis.
  struct Axis {
    /// The quantity of the axis; empty where the ticks name it.
    var label: String
    var ticks: [Tick]
  }

  /// The pattern of a line.
  enum Pattern: String, CaseIterable {
    case dotted, dashed, dashDotted, solid

    /// Lengths of dashes and gaps; nil for none.
    var dashes: String? {
      switch self {
      case .dotted: "2 3"
      case .dashed: "9 4"
      case .dashDotted: "9 3 2 3"
      case .solid: nil
      }
    }
  }

  /// How a series is drawn.
  enum Look: Equatable {
    case points(radius: Double)
    case line(Pattern, width: Double = 1.7)
  }

  /// Points of one meaning.
  struct Series {
    var title: String
    var category: FigureStyle.Category
    var look: Look
    /// In order; nil breaks a line.
    var points: [PlotPoint?]
    /// The lower and the upper edge of a band about the line, over the same places; empty for none.
    var band: [(x: Double, low: Double, high: Double)] = []
    /// Whether the key names it.
    var isInKey = true
  }

  /// The width of the drawing. It is as narrow as it can be, so that its text is still legible when a phone
  /// scales it down.
  var width = 400.0
  /// The height of the plotted area.
  var areaHeight = 216.0
  var x: Axis
  var y: Axis
  var series: [Series]
  /// Lines across the plot with a name, from left to right.
  var references: [Tick] = []
  /// Lines from bottom to top.
  var verticals: [Double] = []
  /// Whether the line y = x is drawn.
  var hasDiagonal = false
  /// Notes at the right of rows.
  var notes: [Tick] = []
  /// How many columns the key has, filled from top to bottom; nil for rows as full as they can be.
  var keyColumns: Int?

  /// The categories that occur, each once.
  var categories: [FigureStyle.Category] {
    series.reduce(into: []) { if !$0.contains($1.category) { $0.append($1.category) } }
  }
}

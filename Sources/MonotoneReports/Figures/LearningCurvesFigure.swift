/// Learning curves of several programs or methods in one environment, each with a band about it.
public struct LearningCurvesFigure: Sendable {
  /// A point of a curve.
  public struct Point: Sendable, Equatable {
    /// Environment steps so far.
    public var steps: Double
    /// The return.
    public var value: Double
    /// The lower edge of the band.
    public var lower: Double
    /// The upper edge of the band.
    public var upper: Double

    /// A point of a curve.
    public init(steps: Double, value: Double, lower: Double, upper: Double) {
      (self.steps, self.value) = (steps, value)
      (self.lower, self.upper) = (lower, upper)
    }
  }

  /// A curve.
  public struct Curve: Sendable, Equatable {
    /// Its name in the key.
    public var title: String
    /// In the order of steps; points that are not finite are left out.
    public var points: [Point]
    /// Chooses colour and line, so that a method looks alike in several figures; nil for the curve's own place.
    public var style: Int?

    /// A curve.
    public init(title: String, points: [Point], style: Int? = nil) {
      (self.title, self.points, self.style) = (title, points, style)
    }
  }

  /// A return to compare with.
  public struct Reference: Sendable, Equatable {
    /// Its name.
    public var title: String
    /// The return.
    public var value: Double

    /// A return to compare with.
    public init(title: String, value: Double) { (self.title, self.value) = (title, value) }
  }

  /// The environment.
  public var title: String
  /// The meaning of curves and bands, in words.
  public var caption: String
  /// The curves, few enough to be told apart: at most eight.
  public var curves: [Curve]
  /// Lines across the figure.
  public var references: [Reference]

  /// A figure of some curves.
  public init(title: String, caption: String, curves: [Curve], references: [Reference] = []) {
    (self.title, self.caption) = (title, caption)
    (self.curves, self.references) = (curves, references)
  }

  /// Colour and line of each style.
  private static let styles: [(category: FigureStyle.Category, look: ChartFigure.Look)] = [
    (FigureStyle.holds, .line), (FigureStyle.violated, .dashes),
    (FigureStyle.undecided, .drawn(.dashDotted)), (FigureStyle.withinError, .drawn(.dotted)),
    (FigureStyle.tolerance, .line), (FigureStyle.sixthCurve, .dashes),
    (FigureStyle.seventhCurve, .drawn(.dashDotted)), (FigureStyle.eighthCurve, .drawn(.dotted)),
  ]

  /// The figure as an SVG file.
  public var svg: String { chart(named: "learning-curves").draw().file }

  /// The figure as a chart of a report.
  func chart(named name: String) -> ChartFigure {
    ChartFigure(
      name: name, title: title, subtitle: caption.wrapped(100),
      x: .init(label: "environment steps"), y: .init(label: "mean return"),
      series: curves.enumerated().map { place, curve in
        let style = Self.styles[(curve.style ?? place) % Self.styles.count]
        return .init(
          title: curve.title, category: style.category, look: style.look,
          points: curve.points.map { PlotPoint(x: $0.steps, y: $0.value) },
          band: curve.points.map { ($0.lower, $0.upper) })
      },
      references: references.map { .init(label: $0.title, value: $0.value) }, width: 760)
  }
}

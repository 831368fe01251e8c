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

  /// The figure as an SVG file.
  public func svg(_ gnuplot: Gnuplot) throws(FigureFailure) -> String {
    try ChartFigure(
      name: "learning-curve", title: environment,
      subtitle: ["mean undiscounted return of recent episodes, by environment steps"],
      x: .init(label: "environment steps"), y: .init(label: "mean return"),
      series: [
        .init(
          title: "mean return", category: FigureStyle.holds, look: .line,
          points: points.map { PlotPoint(x: $0.steps, y: $0.meanReturn) })
      ],
      references: goal.map { [.init(label: $0.name, value: $0.value)] } ?? []
    ).draw(gnuplot).file
  }
}

/// The learning curve of a training run: mean return of recent episodes against environment steps, with the
/// spread of those episodes.
package struct TrainingFigure: Sendable {
  /// A point of the curve.
  package struct Point: Sendable, Equatable {
    /// Environment steps so far.
    package var steps: Double
    /// The mean return of recent episodes.
    package var meanReturn: Double
    /// The standard deviation of their returns; nil where it is not known.
    package var spread: Double?

    package init(steps: Double, meanReturn: Double, spread: Double? = nil) {
      self.steps = steps
      self.meanReturn = meanReturn
      self.spread = spread
    }
  }

  /// A return to reach, with its name: a goal, or what an optimal policy returns.
  package struct Goal: Sendable, Equatable {
    package var value: Double
    package var name: String

    package init(value: Double, name: String) {
      self.value = value
      self.name = name
    }
  }

  /// The environment, for the title.
  package var environment: String
  /// The curve, in the order of steps; points that are not finite are left out.
  package var points: [Point]
  /// Lines to compare with.
  package var goals: [Goal]

  package init(environment: String, points: [Point], goals: [Goal] = []) {
    self.environment = environment
    self.points = points
    self.goals = goals
  }

  /// The figure as an SVG file.
  package var svg: String {
    // The first iterations may have one episode, which spreads nowhere.
    let isSpreadKnown = points.contains { $0.spread != nil }
    return ChartFigure(
      name: "learning-curve", title: environment,
      subtitle: [
        "mean undiscounted return of recent episodes"
          + (isSpreadKnown ? ", the band one standard deviation on either side" : "")
      ],
      x: .init(label: "environment steps"), y: .init(label: "mean return"),
      series: [
        .init(
          title: "mean return", category: FigureStyle.holds, look: .line,
          points: points.map { PlotPoint(x: $0.steps, y: $0.meanReturn) },
          band: isSpreadKnown
            ? points.map { point in
              let spread = point.spread ?? 0
              return (point.meanReturn - spread, point.meanReturn + spread)
            } : [])
      ],
      references: goals.map { .init(label: $0.name, value: $0.value) }, width: 760
    ).draw().file
  }
}

internal import Arithmetic
internal import MDPVerification

/// η against the iteration, all rules on one model from the same start, and the optimum as a line.
struct ReturnFigure {
  static let caption = "η by iteration, from the uniform policy"

  /// The figure of a model; nil where no rule has a finite return.
  static func draw(
    _ model: ModelVerification, name: String, gnuplot: Gnuplot
  ) throws(FigureFailure) -> Figure? {
    let optimum = finite(model.optimalReturn)
    let values = model.rules.flatMap(\.returns).compactMap(finite)
    guard !values.isEmpty else { return nil }
    let scale = LinearScale(values + (optimum.map { [$0] } ?? []))
    let last = max(1, model.rules.map(\.returns.count).max().map { $0 - 1 } ?? 1)
    let lines = RuleLineStyle.ordered(model.rules).map { rule, style in
      IterationFigure.Line(
        title: rule.rule, style: style,
        points: rule.returns.enumerated().map { iteration, value in
          finite(value).map {
            PlotPoint(
              x: IterationFigure.position(iteration, last: last), y: scale.position($0))
          }
        })
    }
    return try IterationFigure(
      name: name, title: model.model.name.shortened(to: 48), subtitle: [caption],
      axis: "return η", ticks: scale.ticks.map { .init(label: $0.label, position: $0.position) },
      reference: optimum.map { .init(label: "optimal", position: scale.position($0)) },
      lastIteration: last, lines: lines
    ).draw(gnuplot)
  }

  /// A return that has a place on a scale.
  private static func finite(_ quantity: Quantity) -> Double? {
    let value = quantity.approximation
    return abs(value) < 1e300 ? value : nil
  }
}

internal import MonotoneArithmetic
internal import MDPVerification

/// η against the iteration, all rules on one model from the same start, and the optimum as a line.
enum ReturnFigure {
  static let caption = "η by iteration, from the uniform policy"

  /// The figure of a model; nil where no rule has a finite return.
  static func draw(_ model: ModelVerification, name: String) -> Figure? {
    let optimum = finite(model.optimalReturn)
    let values = model.rules.flatMap(\.returns).compactMap(finite)
    guard !values.isEmpty else { return nil }
    let scale = LinearScale(values + (optimum.map { [$0] } ?? []))
    let iterations = IterationScale(model.rules)
    let plot = Plot(
      x: iterations.axis, y: .init(label: "return η", ticks: scale.ticks),
      series: RuleLineStyle.ordered(model.rules).map { rule, style in
        .init(
          title: rule.rule.shortened(to: 18), category: style.category, look: style.look,
          points: rule.returns.enumerated().map { iteration, value in
            finite(value).map {
              PlotPoint(x: iterations.position(iteration), y: scale.position($0))
            }
          })
      },
      references: optimum.map { [.init(position: scale.position($0), label: "optimal")] } ?? [],
      keyColumns: 3)
    return Figure(
      plot, name: name, title: model.model.name.shortened(to: 48), subtitle: [caption])
  }

  /// A return that has a place on a scale.
  private static func finite(_ quantity: Quantity) -> Double? {
    let value = quantity.approximation
    return abs(value) < 1e300 ? value : nil
  }
}

internal import Arithmetic

/// max KL of each step, all rules on one model; a step that drops an action, of infinite KL, is a
/// mark at the upper edge.
struct StepSizeFigure {
  static let caption = "max KL of each step; ∞ where one drops an action"

  /// Marks nearer than this, as a share of the axis, would be a smear.
  private static let markDistance = 0.02

  /// The figure of a model; nil where no rule takes a step.
  static func draw(
    _ model: ModelVerification, name: String, gnuplot: Gnuplot
  ) throws(FigureFailure) -> Figure? {
    let values = model.rules.flatMap(\.maxKL).map(\.approximation).filter { !$0.isNaN }
    guard !values.isEmpty else { return nil }
    let scale = SymmetricLogScale(values)
    let length = scale.range.upperBound - scale.range.lowerBound
    let place = { (value: Double) in (scale.position(value) - scale.range.lowerBound) / length }
    let last = max(1, model.rules.map(\.returns.count).max().map { $0 - 1 } ?? 1)
    let lines = RuleLineStyle.ordered(model.rules).map { rule, style in
      var line = IterationFigure.Line(title: rule.rule, style: style, points: [])
      for (index, value) in rule.maxKL.map(\.approximation).enumerated() {
        let x = IterationFigure.position(index + 1, last: last)
        if value.isFinite {
          line.points.append(PlotPoint(x: x, y: place(value)))
        } else {
          line.points.append(nil)
          if value == .infinity, x - (line.marks.last?.x ?? -1) >= markDistance {
            line.marks.append(PlotPoint(x: x, y: place(value)))
          }
        }
      }
      return line
    }
    return try IterationFigure(
      name: name, title: model.model.name.shortened(to: 48), subtitle: [caption],
      axis: "max KL",
      ticks: scale.ticks.map {
        .init(label: $0.label, position: ($0.position - scale.range.lowerBound) / length)
      },
      reference: nil, lastIteration: last, lines: lines
    ).draw(gnuplot)
  }
}

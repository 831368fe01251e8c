internal import Arithmetic
internal import MDPVerification

/// max KL of each step, all rules on one model; a step that drops an action, of infinite KL, is a
/// mark at the upper edge.
struct StepSizeFigure {
  static let caption = "max KL of each step; ∞ where one drops an action"

  /// Smaller steps are drawn here: they move probabilities by 1e-8, which no return shows.
  private static let smallest = 1e-15
  /// Marks nearer than this, as a share of the axis, would be a smear.
  private static let markDistance = 0.02

  /// The figure of a model; nil where no rule takes a step.
  static func draw(
    _ model: ModelVerification, name: String, gnuplot: Gnuplot
  ) throws(FigureFailure) -> Figure? {
    let steps = RuleLineStyle.ordered(model.rules).map { rule, style in
      (rule: rule.rule, style: style, sizes: rule.maxKL.map(\.approximation))
    }
    let values = steps.flatMap(\.sizes).filter { !$0.isNaN }
    guard !values.isEmpty else { return nil }
    let scale = SymmetricLogScale(values.map { max($0, smallest) })
    let length = scale.range.upperBound - scale.range.lowerBound
    let place = { (value: Double) in
      (scale.position(max(value, smallest)) - scale.range.lowerBound) / length
    }
    var ticks = scale.ticks.map {
      IterationFigure.Tick(
        label: $0.label, position: ($0.position - scale.range.lowerBound) / length)
    }
    if values.contains(where: { $0 < smallest }) {
      let floor = IterationFigure.Tick(label: "≤10⁻¹⁵", position: place(smallest))
      ticks = [floor] + ticks.filter { $0.position - floor.position > 0.08 }
    }
    let last = max(1, model.rules.map(\.returns.count).max().map { $0 - 1 } ?? 1)
    let lines = steps.map { step in
      var line = IterationFigure.Line(title: step.rule, style: step.style, points: [])
      for (index, value) in step.sizes.enumerated() {
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
      axis: "max KL", ticks: ticks, reference: nil, lastIteration: last, lines: lines
    ).draw(gnuplot)
  }
}

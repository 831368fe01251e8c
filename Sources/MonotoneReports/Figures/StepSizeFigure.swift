internal import MonotoneArithmetic
internal import MDPVerification

/// max KL of each step, all rules on one model; a step that drops an action, of infinite KL, is a
/// mark at the upper edge.
enum StepSizeFigure {
  static let caption = "max KL of each step; ∞ where one drops an action"

  /// Smaller steps are drawn here: they move probabilities by 1e-8, which no return shows.
  private static let smallest = 1e-15
  /// Marks nearer than this, as a share of the axis, would be a smear.
  private static let markDistance = 0.02

  /// The figure of a model; nil where no rule takes a step.
  static func draw(_ model: ModelVerification, name: String) -> Figure? {
    let steps = RuleLineStyle.ordered(model.rules).map { rule, style in
      (rule: rule.rule, style: style, sizes: rule.maxKL.map(\.approximation))
    }
    let values = steps.flatMap(\.sizes).filter { !$0.isNaN }
    guard !values.isEmpty else { return nil }
    let scale = SymmetricLogScale(values.map { max($0, smallest) })
    var ticks = scale.ticks
    if values.contains(where: { $0 < smallest }) {
      let floor = Plot.Tick(position: scale.position(smallest), label: "≤10⁻¹⁵")
      ticks = [floor] + ticks.filter { $0.position - floor.position > 0.08 }
    }
    let iterations = IterationScale(model.rules)
    let plot = Plot(
      x: iterations.axis, y: .init(label: "max KL", ticks: ticks),
      series: steps.flatMap { series($0.rule, $0.style, $0.sizes, iterations, scale) },
      keyColumns: 3)
    return Figure(
      plot, name: name, title: model.model.name.shortened(to: 48), subtitle: [caption])
  }

  /// A rule's line, and marks where it is infinite.
  private static func series(
    _ rule: String, _ style: RuleLineStyle, _ sizes: [Double], _ iterations: IterationScale,
    _ scale: SymmetricLogScale
  ) -> [Plot.Series] {
    var line: [PlotPoint?] = []
    var marks: [PlotPoint] = []
    for (index, value) in sizes.enumerated() {
      let x = iterations.position(index + 1)
      if value.isFinite {
        line.append(PlotPoint(x: x, y: scale.position(max(value, smallest))))
      } else {
        line.append(nil)
        if value == .infinity, x - (marks.last?.x ?? -1) >= markDistance {
          marks.append(PlotPoint(x: x, y: scale.position(value)))
        }
      }
    }
    let title = rule.shortened(to: 18)
    let lines = Plot.Series(
      title: title, category: style.category, look: style.look, points: line)
    guard !marks.isEmpty else { return [lines] }
    return [
      lines,
      .init(
        title: title, category: style.category, look: .points(radius: 2.4), points: marks,
        isInKey: false),
    ]
  }
}

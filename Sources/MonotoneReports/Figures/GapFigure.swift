internal import MonotoneArithmetic
internal import MDPVerification

/// How much of the gap between the uniform policy and the optimum each rule has closed, by iteration: the
/// median over models.
enum GapFigure {
  static let name = "gap-closed"
  static let caption =
    "share of the gap to the optimum that is closed, median over models, from the uniform policy"

  /// The drawing of some width; nil where no rule has returns.
  static func draw(_ models: [ModelVerification], width: Double) -> Figure? {
    let rules = models.flatMap(\.rules)
    let iterations = IterationScale(rules)
    var names: [String] = []
    for rule in RuleLineStyle.ordered(rules).map(\.rule.rule) where !names.contains(rule) {
      names.append(rule)
    }
    let series = names.compactMap { name -> Plot.Series? in
      let ways = models.compactMap { model in
        model.rules.first { $0.rule == name }.flatMap { shares($0, of: model) }
      }
      guard !ways.isEmpty else { return nil }
      let style = RuleLineStyle.style(of: name)
      return .init(
        title: name.shortened(to: 18), category: style.category, look: style.look,
        points: (0...iterations.last).map { iteration in
          // A rule that came to its end stays there.
          let sorted = ways.map { $0[min(iteration, $0.count - 1)] }.sorted()
          return PlotPoint(x: iterations.position(iteration), y: place(sorted[sorted.count / 2]))
        })
    }
    guard !series.isEmpty else { return nil }
    let plot = Plot(
      width: width, areaHeight: width > 500 ? 300 : 216, x: iterations.axis,
      y: .init(
        label: "gap closed",
        ticks: [0, 0.25, 0.5, 0.75, 0.9, 1].map {
          .init(position: place($0), label: "\(NumberFormat.text(100 * $0)) %")
        }), series: series, keyColumns: 3)
    return Figure(plot, name: name, title: "Improvement rules", subtitle: [caption])
  }

  private static func place(_ share: Double) -> Double { (max(0, min(share, 1)) + 0.02) / 1.05 }

  /// The shares by iteration; nil where the model has no gap, or returns beyond float64.
  private static func shares(
    _ rule: RuleVerification, of model: ModelVerification
  ) -> [Double]? {
    let (start, optimum) = (
      model.uniformReturn.approximation, model.optimalReturn.approximation
    )
    let shares = rule.returns.map { ($0.approximation - start) / (optimum - start) }
    return shares.isEmpty || !shares.allSatisfy(\.isFinite) ? nil : shares
  }
}

internal import MonotoneArithmetic
public import TRPOComparison

/// Writes every file of a survey: `survey.json` (the truth), `index.html`, `summary.md` and `figures/*.svg`, all
/// or none.
public struct EstimatorSurveyReport: Sendable {
  private let survey: EstimatorSurvey

  /// The report of a survey.
  public init(_ survey: EstimatorSurvey) { self.survey = survey }

  /// Writes the files into a folder, made if it does not exist.
  ///
  /// - Throws: ``ReportFailure``; then no file was written.
  public func write(to directory: String) throws(ReportFailure) {
    try report.write(survey, named: "survey.json", to: directory)
  }

  var report: SectionedReport {
    SectionedReport(
      title: "Monotone: estimators against their twins", headline: Self.headline(survey),
      worst: survey.worst,
      opening: """
        Whether every estimator of sampled TRPO has the expectation that it should have, tested on samples of \
        many models at one false-alarm rate.
        """,
      notices: survey.interrupted ? [.init("Interrupted.", "Models are missing.")] : [],
      sections: [
        ReportSection("Tests", [.facts(Self.facts(survey))]),
        ReportSection("Figures", [.figures([Self.slopes(survey).figure])], on: [.page]),
        Self.estimators(survey), Self.models(survey),
      ])
  }

  static func headline(_ survey: EstimatorSurvey) -> String {
    let refuted = survey.curves.count { !$0.zeroMean.passes }
    return NumberFormat.count(survey.curves.count, "test")
      + " for mean zero on \(NumberFormat.count(survey.policies.count, "model")): \(refuted) refuted"
  }

  private static func facts(_ survey: EstimatorSurvey) -> [ReportBlock.Fact] {
    let all = survey.policies.compactMap(\.sweep).flatMap(\.curves)
    let slopes = all.compactMap(\.slope)
    return [
      .init("False alarm, all tests together", NumberFormat.text(survey.falseAlarm)),
      .init(
        "Largest mean over its standard error",
        NumberFormat.text(survey.curves.map(\.largestQuotient).max() ?? 0, digits: 3)),
      .init("Not applicable", "\(all.count - survey.curves.count) of \(all.count) tests"),
      .init(
        "95 % intervals of slopes that cover −½",
        "\(slopes.count { $0.covers(-0.5) }) of \(slopes.count)"),
    ]
  }

  /// Slopes, model by model.
  private static func slopes(_ survey: EstimatorSurvey) -> CaptionedChart {
    func points(_ isBranched: Bool) -> [PlotPoint] {
      survey.policies.enumerated().flatMap { index, policy in
        (policy.sweep?.curves ?? []).filter { $0.isBranched == isBranched }
          .compactMap(\.slope).map { PlotPoint(x: Double(index + 1), y: $0.slope) }
      }
    }
    let caption = "slope of the noise against N, estimator by estimator; −½ is expected"
    return CaptionedChart(
      chart: ChartFigure(
        name: "slopes", title: "Estimators against their twins", subtitle: caption.wrapped(52),
        x: .init(label: "model, in the order of the table"), y: .init(label: "slope"),
        series: [
          .init(
            title: "single path", category: FigureStyle.holds, look: .points,
            points: points(false)),
          .init(
            title: "vine", category: FigureStyle.violated, look: .points, points: points(true)),
        ], references: [.init(label: "−½", value: -0.5)]), caption: caption)
  }

  private static func estimators(_ survey: EstimatorSurvey) -> ReportSection {
    // A name may hold a λ of the run, the same for all models.
    var names: [String] = []
    for name in survey.policies.compactMap(\.sweep).flatMap(\.curves).map(\.name)
    where !names.contains(name) {
      names.append(name)
    }
    return ReportSection(
      heading: "Estimators",
      text: """
        The noise of each, its estimate less what its practice twin says it expects, must have mean zero. \
        The largest quotient is that of any projection, or of a ratio's denominator, over its standard \
        error. Not applicable: more than a hundredth of what is estimated hangs on actions that all samples \
        together show fewer than 30 times; slopes are fitted over the sizes for which that is not so.
        """,
      columns: [
        "estimator", "#tests", "#refuted", "#not applicable", "#largest mean / s.e.", "#limit",
        "#slopes that cover −½",
      ],
      rows: names.map { name in
        let all = survey.policies.compactMap(\.sweep).flatMap(\.curves).filter { $0.name == name }
        let curves = all.filter(\.isConclusive)
        let slopes = all.compactMap(\.slope)
        return [
          name, "\(curves.count)", "\(curves.count { !$0.zeroMean.passes })",
          "\(all.count - curves.count)",
          NumberFormat.text(curves.map(\.largestQuotient).max() ?? 0, digits: 3),
          NumberFormat.text(curves.map(\.zeroMean.limit).max() ?? 0, digits: 3),
          "\(slopes.count { $0.covers(-0.5) }) of \(slopes.count)",
        ]
      })
  }

  private static func models(_ survey: EstimatorSurvey) -> ReportSection {
    ReportSection(
      heading: "Models",
      text: "Each at the policy after so many updates of sampled TRPO.",
      columns: [
        "#model", "name", "#states", "#updates", "#tests", "#refuted", "#largest mean / s.e.",
        "#slopes that cover −½", "note",
      ],
      rows: survey.policies.enumerated().map { index, policy in
        let all = policy.sweep?.curves ?? []
        let curves = all.filter(\.isConclusive)
        let slopes = all.compactMap(\.slope)
        let rare = all.filter { !$0.isConclusive }.map(\.name)
        return [
          "\(index + 1)", policy.mdp.name, "\(policy.mdp.states)", "\(policy.iteration)",
          "\(curves.count)", "\(curves.count { !$0.zeroMean.passes })",
          NumberFormat.text(curves.map(\.largestQuotient).max() ?? 0, digits: 3),
          "\(slopes.count { $0.covers(-0.5) }) of \(slopes.count)",
          policy.notApplicable
            ?? (rare.isEmpty ? "" : "actions too rare for: \(rare.joined(separator: "; "))"),
        ]
      })
  }
}

extension ErrorSweep.Curve {
  /// The largest quotient that was tested.
  var largestQuotient: Double { max(zeroMean.largest, zeroMean.denominator ?? 0) }
}

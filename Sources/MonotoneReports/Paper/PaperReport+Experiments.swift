internal import MonotoneArithmetic
internal import MonotoneProbability
internal import TRPOComparison

extension PaperReport {
  /// A section for each task: curves, and a table of the methods.
  var experimentSections: [ReportSection] {
    document.experiments.map { experiment in
      ReportSection(
        id: experiment.experiment.rawValue, experiment.experiment.title,
        [
          .only([.page], [.figures(Self.charts(experiment).map(\.figure))]),
          .paragraph(
            """
            Of each method the values of one option that the table names were tried on other seeds, and the one with \
            the best mean final score was kept, as the paper did for the natural gradient. Scores are mean \
            returns of \(experiment.episodes) episodes of the final policy; intervals are 95 % of a bootstrap over \
            runs.
            """),
          .table(Self.table(experiment)),
          .only([.page], [.commands(experiment.arms.map(\.command))]),
        ])
    }
  }

  /// The curves of a task: those of the surrogate, and beside the single path the others.
  static func charts(_ experiment: PaperDocument.Experiment) -> [CaptionedChart] {
    let name = experiment.experiment.rawValue
    let surrogate = experiment.arms.filter(\.arm.usesSurrogate)
    let others = experiment.arms.filter { $0.arm == .singlePath || !$0.arm.usesSurrogate }
    guard experiment.arms.count > mostCurves else {
      return [chart(experiment, experiment.arms, named: name)]
    }
    return [
      chart(experiment, surrogate, named: "\(name)-trust-region"),
      chart(experiment, others, named: "\(name)-others"),
    ]
  }

  /// More than so many curves are told apart badly in one figure.
  private static let mostCurves = 5

  private static func chart(
    _ experiment: PaperDocument.Experiment, _ arms: [PaperArmResult], named name: String
  ) -> CaptionedChart {
    let figure = LearningCurvesFigure(
      title: experiment.experiment.title,
      caption:
        "interquartile mean over seeds of the mean return of recent training episodes; bands: 95 % "
        + "bootstrap intervals, point by point",
      curves: arms.filter { !$0.seeds.isEmpty }.map { arm in
        .init(
          title: "\(arm.arm.title), \(NumberFormat.count(arm.seeds.count, "run"))",
          points: arm.curve.enumerated().compactMap { index, point in
            point.map {
              .init(
                steps: Double(experiment.pointEvery * (index + 1)), value: $0.value,
                lower: $0.lower, upper: $0.upper)
            }
          }, style: PaperArm.allCases.firstIndex(of: arm.arm))
      })
    var chart = figure.chart(named: name)
    chart.width = 400
    chart.subtitle = "interquartile means and 95 % bands over seeds".wrapped(52)
    return CaptionedChart(chart: chart, caption: figure.caption, isWide: true)
  }

  private static func table(_ experiment: PaperDocument.Experiment) -> ReportTable {
    ReportTable(
      "Methods on \(experiment.experiment.rawValue)",
      [
        "method", "swept option", "values: mean scores on the tuning seeds", "#kept", "#runs",
        "#steps",
        "#final score", "#mean of the curve",
      ],
      experiment.arms.map { arm in
        .init([
          .init(arm.arm.title), .code(arm.swept),
          .init(
            arm.sweep.isEmpty
              ? "those of another task"
              : arm.sweep.map { "\(NumberFormat.text($0.value)): \(PaperText.number($0.mean))" }
                .joined(separator: "; ")),
          .init(arm.value.map { NumberFormat.text($0) } ?? "–"), "\(arm.seeds.count)",
          .init(NumberFormat.count(arm.steps)), .init(PaperText.text(arm.score)),
          .init(PaperText.text(arm.curveMean)),
        ])
      }, limit: .max)
  }
}

extension PaperExperiment {
  /// The task, as a heading.
  var title: String {
    switch self {
    case .cartPole: "Cart-pole, six parameters"
    case .swimmer: "Swimmer, 364 parameters"
    case .hopper: "Hopper"
    case .walker: "Walker"
    }
  }
}

/// Numbers of the paper's experiments in words.
enum PaperText {
  /// A return, to a tenth.
  static func number(_ value: Double) -> String { NumberFormat.text(value, digits: 4) }

  /// An estimate with its interval; a dash where there is none.
  static func text(_ estimate: StratifiedBootstrap.Estimate?) -> String {
    estimate.map { "\(number($0.value)) [\(number($0.lower)), \(number($0.upper))]" } ?? "–"
  }
}

internal import MonotoneArithmetic
internal import TRPOComparison

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The figures of what was swept at one policy.
struct SweepFigures {
  let model: String
  let sweeps: PolicySweeps

  /// Each with its caption, in the order of the page.
  var charts: [CaptionedChart] {
    let errors = sweeps.errors.curves.enumerated().map { error($0 + 1, $1) }
    return (errors + [vine, biases, fisher] + settings).filter {
      !$0.chart.series.isEmpty
    }
  }

  private func chart(
    _ name: String, _ caption: String, x: ChartFigure.Axis, y: ChartFigure.Axis,
    _ series: [ChartFigure.Series], _ references: [ChartFigure.Reference] = []
  ) -> CaptionedChart {
    CaptionedChart(
      chart: ChartFigure(
        name: name, title: model, subtitle: caption.wrapped(52), x: x, y: y, series: series,
        references: references), caption: caption)
  }

  private static let colours = [
    FigureStyle.holds, FigureStyle.violated, FigureStyle.withinError, FigureStyle.undecided,
    FigureStyle.tolerance,
  ]

  /// A curve as a line, in the colour of its place.
  private func line(
    _ title: String, _ place: Int, _ x: [Double], _ y: [Double], look: ChartFigure.Look = .line
  ) -> ChartFigure.Series {
    .init(
      title: title, category: Self.colours[place % Self.colours.count], look: look,
      points: zip(x, y).map { PlotPoint(x: $0, y: $1) })
  }

  private static let errorAxis = ChartFigure.Axis(label: "relative error", isLogarithmic: true)

  /// The error of one estimator, to both twins.
  private func error(
    _ number: Int, _ curve: ErrorSweep.Curve
  ) -> CaptionedChart {
    var caption = "\(curve.name): relative error of the gradient"
    let sizes = sweeps.errors.sizes.map { Double($0) }
    var fitted: [Double] = []
    if let slope = curve.slope {
      caption +=
        "; slope of the noise \(NumberFormat.text(slope.slope, digits: 3)) ± "
        + NumberFormat.text(slope.halfWidth, digits: 2)
      fitted = curve.trajectories.map { exp(slope.intercept) * pow($0, slope.slope) }
    }
    return chart(
      "error-\(number)", caption, x: .init(label: "trajectories N", isLogarithmic: true),
      y: Self.errorAxis,
      [
        line("to practice", 0, sizes, curve.noise.map(\.mean), look: .points),
        line("to theory", 1, sizes, curve.error.map(\.mean), look: .points),
        line("fit", 4, sizes, fitted, look: .dashes),
      ], curve.bias > 0 ? [.init(label: "bias", value: curve.bias)] : [])
  }

  /// Single paths against branches, for the same simulator steps.
  private var vine: CaptionedChart {
    // Discounted ones: a mean over rows weighs states otherwise, and its denominator says so.
    let curves = sweeps.errors.curves.filter { $0.isBranched || $0.zeroMean.denominator == nil }
    return chart(
      "vine", "single path against vine at equal simulator steps: noise of the gradient",
      x: .init(label: "simulator steps", isLogarithmic: true), y: Self.errorAxis,
      curves.prefix(Self.colours.count).enumerated().map { place, curve in
        line(curve.label, place, curve.steps, curve.noise.map(\.mean))
      })
  }

  /// The biases of ratios.
  private var biases: CaptionedChart {
    let series = sweeps.ratioBiases.enumerated().flatMap { place, bias in
      let sizes = bias.sizes.map { Double($0) }
      let points = line(
        bias.title, place, sizes, bias.bias.map { abs($0.mean) }, look: .points)
      guard let slope = bias.slope else { return [points] }
      return [
        points,
        line(
          "slope \(NumberFormat.text(slope.slope, digits: 3))", place + 2, sizes,
          sizes.map { exp(slope.intercept) * pow($0, slope.slope) }, look: .dashes),
      ]
    }
    return chart(
      "ratio-bias", "the bias of estimates that are ratios, which should fall as 1/N",
      x: .init(label: "N", isLogarithmic: true),
      y: .init(label: "relative bias", isLogarithmic: true), series)
  }

  /// Fisher products over shares of the rows.
  private var fisher: CaptionedChart {
    chart(
      "fisher-share", "error of Fisher products taken over a share of the rows",
      x: .init(label: "trajectories N", isLogarithmic: true), y: Self.errorAxis,
      sweeps.fisher.curves.enumerated().map { place, curve in
        line(
          "\(NumberFormat.text(100 * curve.share)) %", place,
          sweeps.fisher.sizes.map { Double($0) }, curve.noise.map(\.mean))
      })
  }

  /// The effect of the settings of the update.
  private var settings: [CaptionedChart] {
    sweeps.settings.sweeps.flatMap { sweep in
      let values = sweep.points.map(\.value)
      let efficiency = chart(
        "setting-\(sweep.setting.slug)",
        "\(sweep.setting.title): the share of the possible first-order gain that a step makes",
        x: .init(label: sweep.setting.title, isLogarithmic: sweep.setting != .lambda),
        y: .init(label: "efficiency"),
        [
          line("sampled", 0, values, sweep.points.map { $0.efficiency?.mean ?? .nan }),
          line(
            "infinitely many samples", 1, values, sweep.points.map { $0.exactEfficiency ?? .nan },
            look: .dashes),
        ])
      guard sweep.setting == .lambda else { return [efficiency] }
      let errors = chart(
        "lambda-errors", "GAE(λ): the gradient's noise and bias, relative to the theory's size",
        x: .init(label: sweep.setting.title), y: Self.errorAxis,
        [
          line("noise", 0, values, sweep.points.map(\.noise.mean)),
          line("bias", 1, values, sweep.points.map(\.bias)),
        ])
      return [efficiency, errors]
    }
  }
}

extension RatioBias {
  /// The name for readers.
  var title: String { variable == .actions ? "eq. 16, N actions" : "per row, N trajectories" }
}

extension SettingSweep.Setting {
  /// The name for readers.
  var title: String {
    switch self {
    case .damping: "damping λ"
    case .conjugateGradientIterations: "CG iterations"
    case .fisherShare: "share of rows in Fisher products"
    case .lambda: "λ of GAE"
    }
  }

  /// In file names.
  var slug: String {
    switch self {
    case .damping: "damping"
    case .conjugateGradientIterations: "cg-iterations"
    case .fisherShare: "fisher-share"
    case .lambda: "lambda"
    }
  }
}

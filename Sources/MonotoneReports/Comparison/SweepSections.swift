internal import MonotoneArithmetic
internal import TRPOComparison

/// The tables of what was swept at one policy.
struct SweepSections {
  let sweeps: PolicySweeps
  /// After how many updates the policy was taken.
  let iteration: Int

  var all: [ReportSection] {
    [errors] + (sweeps.ratioBiases.isEmpty ? [] : [biases]) + [fisher(sweeps.fisher)]
      + sweeps.settings.sweeps.map { settings(sweeps.settings, $0) }
  }

  private static func text(_ value: Double?, digits: Int = 3) -> String {
    value.map { NumberFormat.text($0, digits: digits) } ?? "–"
  }

  private static func text(_ mean: SampleMean?, digits: Int = 3) -> String {
    guard let mean else { return "–" }
    return "\(text(mean.mean, digits: digits)) ± \(text(mean.standardError, digits: 1))"
  }

  private static func text(_ slope: SlopeFit?) -> String {
    slope.map { "\(text($0.slope)) ± \(text($0.halfWidth, digits: 2))" } ?? "–"
  }

  private var errors: ReportSection {
    let sweep = sweeps.errors
    return ReportSection(
      heading: "Error against the number of samples",
      text: """
        At the policy after \(iteration) updates, trajectories of at most \(sweep.horizon) steps, \
        \(sweep.repeats.last ?? 0) estimates of the largest size and up to \(sweep.repeats.max() ?? 0) \
        of smaller ones. Vines have so many fewer trajectories that their \
        simulator steps are those of single paths. Noise is the distance from the practice twin, over \
        the size of the theory's gradient. The slope, over sizes whose samples show all that matters, has an interval of 95 %. The tests for mean zero \
        call a right estimator biased with probability at most \(NumberFormat.text(sweep.falseAlarm)) \
        in all; of ratios, numerator and denominator are tested. Not applicable: more than a hundredth of \
        what is estimated hangs on actions that all samples together show fewer than 30 times.
        """,
      columns: [
        "estimator", "#noise at least N", "#at most N", "#steps at most N", "#bias", "#slope",
        "covers −½", "#mean / s.e.", "#limit", "zero mean",
      ],
      rows: sweep.curves.map { curve in
        [
          curve.name + (curve.isRatio ? " (ratio)" : ""), Self.text(curve.noise.first?.mean),
          Self.text(curve.noise.last?.mean), Self.text(curve.steps.last), Self.text(curve.bias),
          Self.text(curve.slope),
          curve.slope.map { $0.covers(-0.5) ? "yes" : "no" } ?? "–",
          Self.text(curve.largestQuotient),
          Self.text(curve.zeroMean.limit), curve.conclusion,
        ]
      })
  }

  private var biases: ReportSection {
    ReportSection(
      heading: "Bias of ratios",
      text: """
        The expectation of a ratio differs from the ratio of expectations by O(1/N): along the gradient \
        and relative to it, by the number N of what is summed up. The slope is −1 where N is large; where \
        the policy is nearly certain, a few uniform draws miss its usual action, and the bias first falls \
        faster. No slope is fitted where some bias is within three standard errors of 0.
        """,
      columns: ["estimator", "N counts", "#N", "#bias at least N", "#at most N", "#slope"],
      rows: sweeps.ratioBiases.map { bias in
        [
          bias.name, bias.variable.rawValue, "\(bias.sizes.first ?? 0) to \(bias.sizes.last ?? 0)",
          Self.text(bias.bias.first), Self.text(bias.bias.last), Self.text(bias.slope),
        ]
      })
  }

  private func fisher(_ fisher: FisherSweep) -> ReportSection {
    ReportSection(
      heading: "Fisher products over a share of the rows",
      text: """
        The relative error of F̂v, with v the exact natural gradient, from its practice twin. Rows of one \
        trajectory hang together: leaving some out loses less than their number says.
        """,
      columns: ["share", "#error at least N", "#at most N", "#times that of all rows", "#slope"],
      rows: fisher.curves.map { curve in
        let all = fisher.curves.first { $0.share == 1 }?.noise.last?.mean
        return [
          "\(NumberFormat.text(100 * curve.share)) %", Self.text(curve.noise.first),
          Self.text(curve.noise.last),
          // Rounding errors have no ratio.
          Self.text(
            all.flatMap { all in
              all > SlopeFit.rounding ? curve.noise.last.map { $0.mean / all } : nil
            }),
          Self.text(curve.slope),
        ]
      })
  }

  private func settings(_ settings: SettingSweeps, _ sweep: SettingSweep) -> ReportSection {
    ReportSection(
      heading: "Setting: \(sweep.setting.title)",
      text: """
        Updates of \(settings.repeats) batches of \(settings.trajectories) trajectories each, the same for \
        every value; the run's own value is \(NumberFormat.text(sweep.chosen)). Efficiency: what the step \
        gains to first order, of what the natural gradient gains at the same quadratic KL; with infinitely \
        many samples it lacks only what bias costs.
        """,
      columns: [
        "value", "#steps taken", "#efficiency", "#with infinite samples", "#true gain",
        "#with infinite samples", "#exact mean KL", "#noise", "#bias",
      ],
      rows: sweep.points.map { point in
        [
          NumberFormat.text(point.value), "\(point.accepted)", Self.text(point.efficiency),
          Self.text(point.exactEfficiency), Self.text(point.gain), Self.text(point.exactGain),
          Self.text(point.meanKL), Self.text(point.noise), Self.text(point.bias),
        ]
      })
  }
}

extension ErrorSweep.Curve {
  /// The result of the test for mean zero.
  var conclusion: String {
    !isConclusive ? "not applicable" : zeroMean.passes ? "not refuted" : "refuted"
  }
}

/// How far a statistic of the scores of training runs could have come out otherwise: the percentile
/// bootstrap, stratified by task.
///
/// Each repetition draws from every task as many of its runs as there are, with replacement, and takes
/// the statistic of all scores together. The ends of an interval of level 1 − α are the α/2 and 1 − α/2
/// quantiles of what the repetitions give. Tasks are not resampled: it is the runs that chance decides.
///
/// Source: Efron, "Bootstrap methods: another look at the jackknife", 1979; Agarwal et al. 2021, whose
/// package rliable the tests compare with.
public struct StratifiedBootstrap: Sendable {
  /// The scores of the runs of each task.
  public let strata: [[Double]]
  /// Repetitions.
  public let repetitions: Int
  /// Where all randomness comes from.
  public let seed: UInt64

  /// A statistic with the ends of its interval.
  public struct Estimate: Sendable, Equatable, Codable {
    /// The statistic of the scores themselves.
    public var value: Double
    /// The lower end.
    public var lower: Double
    /// The upper end.
    public var upper: Double
  }

  /// The bootstrap of some scores.
  ///
  /// - Precondition: there is a task, each has a run, and there is a repetition.
  public init(_ strata: [[Double]], repetitions: Int = 10_000, seed: UInt64 = 0) {
    precondition(!strata.isEmpty && strata.allSatisfy { !$0.isEmpty }, "a task without runs")
    precondition(repetitions > 0, "\(repetitions) repetitions")
    (self.strata, self.repetitions, self.seed) = (strata, repetitions, seed)
  }

  /// A statistic and its interval.
  ///
  /// - Parameter level: 1 − α.
  /// - Precondition: 0 < `level` < 1.
  public func estimate(
    level: Double = 0.95,
    of statistic: ([Double]) -> Double = SampleStatistics.interquartileMean
  ) -> Estimate {
    precondition(level > 0 && level < 1, "an interval of level \(level)")
    let replicates = replicates(of: statistic)
    return Estimate(
      value: statistic(strata.flatMap(\.self)),
      lower: SampleStatistics.quantile((1 - level) / 2, of: replicates),
      upper: SampleStatistics.quantile((1 + level) / 2, of: replicates))
  }

  /// The statistic of each repetition.
  func replicates(of statistic: ([Double]) -> Double) -> [Double] {
    var stream = RandomStream(seed: seed)
    var drawn = strata.flatMap(\.self)
    return (0..<repetitions).map { _ in
      var place = 0
      for runs in strata {
        for _ in runs {
          drawn[place] = runs[stream.integer(below: runs.count)]
          place += 1
        }
      }
      return statistic(drawn)
    }
  }
}

extension StratifiedBootstrap {
  /// The interquartile mean of learning curves at each of their points, with its interval; nil where a
  /// curve has no number.
  ///
  /// The interval is that of each point for itself, not of the curve as a whole. Points beyond the
  /// shortest curve are left out.
  public static func band(
    _ curves: [[Double?]], level: Double = 0.95, repetitions: Int = 2000, seed: UInt64 = 0
  ) -> [Estimate?] {
    (0..<(curves.map(\.count).min() ?? 0)).map { point in
      let values = curves.compactMap { $0[point] }
      guard values.count == curves.count else { return nil }
      return StratifiedBootstrap([values], repetitions: repetitions, seed: seed)
        .estimate(level: level)
    }
  }
}

internal import MonotoneProbability

/// How the error of sampled gradients falls with the number of trajectories, estimator by estimator.
///
/// The noise, ĝ − g_practice, should fall like N^−½ and have mean zero; the distance to g_theory should
/// fall likewise until it meets the bias. Estimators that branch are sampled as often as makes them cost
/// as many simulator steps.
public struct ErrorSweep: Sendable, Equatable, Codable {
  /// Steps after which trajectories are cut.
  public var horizon: Int
  /// N, of single paths.
  public var sizes: [Int]
  /// Estimates by size.
  public var repeats: [Int]
  /// The probability with which some right estimator would be called biased.
  public var falseAlarm: Double
  /// The errors of each estimator.
  public var curves: [Curve]

  /// One estimator's errors.
  public struct Curve: Sendable, Equatable, Codable {
    /// Its name.
    public var name: String
    /// A short name, for figures and narrow tables.
    public var label: String
    /// Whether it branches.
    public var isBranched: Bool
    /// Whether its twin is a ratio of expectations.
    public var isRatio: Bool
    /// The mean number of trajectories by size.
    public var trajectories: [Double]
    /// The mean number of simulator steps by size.
    public var steps: [Double]
    /// √mean ‖ĝ − g_practice‖² / ‖g_theory‖ by size.
    package var noise: [SampleMean]
    /// √mean ‖ĝ − g_theory‖² / ‖g_theory‖ by size.
    package var error: [SampleMean]
    /// ‖g_practice − g_theory‖ / ‖g_theory‖.
    public var bias: Double
    /// The slope of ln noise against ln N, over sizes whose samples show all that matters; nil where
    /// those are fewer than three, or there is no noise.
    package var slope: SlopeFit?
    /// How many sizes that are.
    package var slopeSizes: Int
    /// Whether the noise has mean zero, that of numerator and denominator where there are both.
    package var zeroMean: ZeroMeanTest
    /// How much of the expectation hangs on what all trajectories of the sweep together see too rarely.
    public var rareShare: Double

    /// Whether the test means anything: the samples show all that matters.
    public var isConclusive: Bool { rareShare <= RareEvents.largestShare }
    /// Whether the test says that the estimator does not expect what its twin says.
    public var isRefuted: Bool { isConclusive && !zeroMean.passes }
  }

  /// The sizes, repeats and seed of a sweep.
  public struct Configuration: Sendable {
    /// Steps after which trajectories are cut.
    public var horizon = 100
    /// N: at least 6 over 3 decades say something.
    public var sizes = [10, 32, 100, 320, 1000, 3200, 10_000]
    /// Estimates of the largest size; of smaller ones there are up to four times as many.
    public var repeats = 12
    /// The overall false-alarm probability of the tests for mean zero.
    public var falseAlarm = 1e-6
    /// The seed.
    public var seed: UInt64 = 1

    /// The usual sweep.
    public init() {}

    /// Estimates by size: small ones are cheap, and say little one by one.
    package var estimates: [Int] {
      let largest = sizes.max() ?? 1
      return sizes.map { repeats * min(4, max(1, largest / $0)) }
    }

    /// Single paths in all.
    package var trajectories: Int { zip(sizes, estimates).reduce(0) { $0 + $1.0 * $1.1 } }

    /// The random stream that the seed of one estimate is drawn from.
    func stream(size: Int, turn: Int) -> RandomStream {
      RandomStream(seed: seed, stream: UInt64(size) << 32 | UInt64(turn))
    }
  }

  /// Sweeps the estimators of one policy.
  ///
  /// - Precondition: the theory's gradient is not zero; errors are relative to its size.
  /// - Parameters:
  ///   - theory: The theory twin at the policy.
  ///   - progress: Told how many trajectories are done, of how many; may throw to end the sweep.
  /// - Throws: what `progress` does.
  package init(
    _ policy: NetworkPolicy, theory: Twin, _ estimators: [SweepEstimator],
    _ configuration: Configuration,
    progress: (_ done: Int, _ all: Int) throws(SweepFailure) -> Void = { _, _ in }
  ) throws(SweepFailure) {
    horizon = configuration.horizon
    sizes = configuration.sizes
    repeats = configuration.estimates
    falseAlarm = configuration.falseAlarm
    var groups = estimators.map { _ in configuration.sizes.map { _ in [GradientSums]() } }
    let sampler = GradientSampler(policy, estimators, horizon: configuration.horizon)
    var done = 0
    for (index, size) in configuration.sizes.enumerated() {
      for turn in 0..<configuration.estimates[index] {
        var stream = configuration.stream(size: index, turn: turn)
        for (place, sums) in sampler.sample(size, seed: stream.next()).enumerated() {
          groups[place][index].append(sums)
        }
        done += size
        try progress(done, configuration.trajectories)
      }
    }
    let tests = Double(estimators.count)
    curves = zip(estimators, groups).map { estimator, sums in
      let target = SweepTarget(policy, theory, estimator, horizon: configuration.horizon)
      return Curve(target, sums, falseAlarm: configuration.falseAlarm / tests)
    }
  }
}

extension ErrorSweep.Curve {
  /// - Parameter groups: Estimates by size.
  init(_ target: SweepTarget, _ groups: [[GradientSums]], falseAlarm: Double) {
    name = target.estimator.name
    label = target.estimator.label
    isBranched = target.estimator.branches != nil
    isRatio = target.isRatio
    steps = groups.map { $0.reduce(0) { $0 + $1.steps } / Double($0.count) }
    let noise = groups.map { target.error($0, from: target.practice) }
    self.noise = noise
    error = groups.map { target.error($0, from: target.theory) }
    bias = target.bias
    let totals = groups.map { $0.reduce(0) { $0 + $1.trajectories } }
    let means = zip(totals, groups).map { $0 / Double($1.count) }
    // A root mean square over samples that miss what matters is not that of the estimator.
    let shown = groups.indices.filter {
      target.rareShare(trajectories: totals[$0]) <= RareEvents.largestShare
    }
    trajectories = means
    slopeSizes = shown.count
    // Against the trajectories that there were: N is rounded for vines.
    slope = SlopeFit(
      power: shown.map { means[$0] }, shown.map { noise[$0].mean },
      repeats: shown.map { groups[$0].count })
    zeroMean = target.zeroMean(groups.flatMap { $0 }, falseAlarm: falseAlarm)
    rareShare = target.rareShare(trajectories: totals.reduce(0, +))
  }
}

internal import Distributions
internal import NeuralTRPO
internal import RealModule

/// How the error of sampled gradients falls with the number of trajectories, estimator by estimator.
///
/// The noise, ĝ − g_practice, should fall like N^−½ and have mean zero; the distance to g_theory should
/// fall likewise until it meets the bias.
public struct ErrorSweep: Sendable, Equatable, Codable {
  /// Steps after which trajectories are cut.
  public var horizon: Int
  /// N.
  public var sizes: [Int]
  /// Estimates of each size.
  public var repeats: Int
  /// The probability with which some right estimator would be called biased.
  public var falseAlarm: Double
  /// What came of each estimator.
  public var curves: [Curve]

  /// One estimator's errors.
  public struct Curve: Sendable, Equatable, Codable {
    /// Its name.
    public var name: String
    /// Whether its twin is a ratio of expectations.
    public var isRatio: Bool
    /// √mean ‖ĝ − g_practice‖² / ‖g_theory‖ by size.
    public var noise: [Double]
    /// √mean ‖ĝ − g_theory‖² / ‖g_theory‖ by size.
    public var error: [Double]
    /// ‖g_practice − g_theory‖ / ‖g_theory‖.
    public var bias: Double
    /// The slope of ln noise against ln N.
    public var slope: SlopeFit
    /// Whether the numerator's noise has mean zero.
    public var zeroMean: ZeroMeanTest
    /// How much of the expectation hangs on what all trajectories of the sweep together see too rarely.
    public var rareShare: Double

    /// Whether slope and test mean anything: the samples show all that matters.
    public var isConclusive: Bool { rareShare <= RareEvents.largestShare }
  }

  /// What to sweep.
  public struct Configuration: Sendable {
    /// Steps after which trajectories are cut.
    public var horizon = 100
    /// N: at least 6 over 3 decades say something.
    public var sizes = [10, 32, 100, 320, 1000, 3200, 10_000]
    /// Estimates of each size.
    public var repeats = 12
    /// The overall false-alarm probability of the tests for mean zero.
    public var falseAlarm = 1e-6
    /// The seed.
    public var seed: UInt64 = 1

    public init() {}
  }

  /// Sweeps the estimators of one policy.
  ///
  /// - Parameters:
  ///   - theory: The theory twin at the policy.
  ///   - progress: Told how many trajectories are done, of how many.
  public init(
    _ policy: NetworkPolicy, theory: Twin, _ estimators: [SweepEstimator],
    _ configuration: Configuration, progress: (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) {
    horizon = configuration.horizon
    sizes = configuration.sizes
    repeats = configuration.repeats
    falseAlarm = configuration.falseAlarm
    let targets = estimators.map {
      SweepTarget(policy, theory, $0, configuration)
    }
    var groups = estimators.map { _ in [GradientSampler.Sums]() }
    let sampler = GradientSampler(policy, estimators, horizon: configuration.horizon)
    let all = sizes.reduce(0, +) * repeats
    var done = 0
    for (index, size) in sizes.enumerated() {
      for turn in 0..<repeats {
        var stream = RandomStream(
          seed: configuration.seed, stream: UInt64(index * configuration.repeats + turn))
        for (place, sums) in sampler.sample(size, seed: stream.next()).enumerated() {
          groups[place].append(sums)
        }
        done += size
        progress(done, all)
      }
    }
    let tests = Double(estimators.count)
    let shared = configuration
    curves = zip(targets, groups).map { target, sums in
      target.curve(sums, shared, falseAlarm: shared.falseAlarm / tests)
    }
  }
}

/// What an estimator's gradients are held against.
struct SweepTarget {
  let estimator: SweepEstimator
  let theory: [Double]
  let practice: [Double]
  /// E of the numerator, of one trajectory.
  let numerator: [Double]
  let isRatio: Bool
  let rareShare: Double

  init(
    _ policy: NetworkPolicy, _ theory: Twin, _ estimator: SweepEstimator,
    _ configuration: ErrorSweep.Configuration
  ) {
    self.estimator = estimator
    let probabilities = policy.probabilities
    let twin = PracticeTwin(
      policy.states.environment, policy: probabilities, critic: estimator.critic,
      plan: SamplingPlan(
        extent: .trajectories(horizon: configuration.horizon), returns: estimator.returns,
        weighting: estimator.weighting))
    let weight = estimator.weighting == .discounted ? theory.totalWeight : 1
    self.theory = theory.scaled(toWeight: weight).batch(at: policy).gradient()
    practice = twin.twin.batch(at: policy).gradient()
    let divisor = estimator.weighting == .discounted ? 1 : twin.sums.rows
    numerator = practice.map { $0 * divisor }
    isRatio = twin.isRatio
    let trajectories = configuration.sizes.reduce(0, +) * configuration.repeats
    rareShare = RareEvents.share(
      of: twin, policy: probabilities, trajectories: Double(trajectories))
  }

  func curve(
    _ sums: [GradientSampler.Sums], _ configuration: ErrorSweep.Configuration, falseAlarm: Double
  ) -> ErrorSweep.Curve {
    let size = Vectors.norm(theory)
    func root(_ target: [Double]) -> [Double] {
      configuration.sizes.indices.map { index in
        let group = sums[index * configuration.repeats..<(index + 1) * configuration.repeats]
        let mean = group.reduce(0) { sum, one in
          let distance = Vectors.distance(one.estimate(estimator.weighting), target)
          return sum + distance * distance
        }
        return (mean / Double(configuration.repeats)).squareRoot() / size
      }
    }
    let noise = root(practice)
    return ErrorSweep.Curve(
      name: estimator.name, isRatio: isRatio, noise: noise, error: root(theory),
      bias: Vectors.distance(practice, theory) / size,
      slope: SlopeFit(
        configuration.sizes.map { Double.log(Double($0)) }, noise.map { Double.log($0) }),
      zeroMean: ZeroMeanTest(
        sums.map { ($0.gradient, $0.trajectories) }, expected: numerator, falseAlarm: falseAlarm),
      rareShare: rareShare)
  }
}

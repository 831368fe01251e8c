internal import MonotoneProbability
internal import NeuralTRPO

/// The error of Fisher products that are taken over a share of the rows, as the paper takes a tenth.
///
/// F̂v over a share of a batch's rows, drawn at random, is held against its practice twin: its error should
/// fall like N^−½ whatever the share. It grows by less than share^−½, as rows of one trajectory hang
/// together and leaving some out loses little.
///
/// Source: Schulman et al. 2015, App. C.1.
package struct FisherSweep: Sendable, Equatable, Codable {
  /// Steps after which trajectories are cut.
  package var horizon: Int
  /// N: trajectories.
  package var sizes: [Int]
  /// Estimates by size.
  package var repeats: [Int]
  /// A curve a share.
  package var curves: [Curve]

  /// The errors with one share of the rows.
  package struct Curve: Sendable, Equatable, Codable {
    /// The share of the rows.
    package var share: Double
    /// √mean ‖F̂v − Fv‖² / ‖Fv‖ by size, with v the exact natural gradient.
    package var noise: [SampleMean]
    /// The slope of ln noise against ln N; nil where there is no noise.
    package var slope: SlopeFit?
  }

  /// Sweeps the share at a policy.
  ///
  /// - Parameter direction: v, with Fv not zero.
  /// - Throws: what `progress` does.
  init(
    _ policy: NetworkPolicy, direction: [Double], shares: [Double] = [1, 0.3, 0.1, 0.03],
    _ configuration: ErrorSweep.Configuration,
    progress: (_ done: Int, _ all: Int) throws(SweepFailure) -> Void = { _, _ in }
  ) throws(SweepFailure) {
    let estimator = SweepEstimator(
      name: "Fisher product", returns: ReturnEstimator(discount: 0), weighting: .undiscounted,
      critic: [Double](repeating: 0, count: policy.states.space.stateCount))
    let twin = PracticeTwin(
      policy.states.environment, policy: policy.probabilities, critic: estimator.critic,
      plan: SamplingPlan(
        extent: .trajectories(horizon: configuration.horizon), returns: estimator.returns,
        weighting: .undiscounted)
    ).twin
    var exact = [Double](repeating: 0, count: direction.count)
    twin.batch(at: policy).fisherProduct(direction, rows: twin.fisherRows, into: &exact)

    let sampler = TrajectorySampler(policy, horizon: configuration.horizon)
    var errors = shares.map { _ in configuration.sizes.map { _ in [Double]() } }
    var done = 0
    for (index, size) in configuration.sizes.enumerated() {
      for turn in 0..<configuration.estimates[index] {
        var stream = configuration.stream(size: index, turn: turn)
        var sums = shares.map { _ in FisherSums(parameters: direction.count) }
        sampler.sample(size, seed: stream.next()) { chunk in
          var rows = sampler.rows(of: chunk, estimator)
          rows.shuffle(&stream)
          let batch = sampler.load(rows)
          for place in shares.indices { sums[place].add(batch, direction, share: shares[place]) }
        }
        for place in shares.indices {
          let distance = Vectors.relativeError(sums[place].product, exact) ?? 0
          errors[place][index].append(distance * distance)
        }
        done += size
        try progress(done, configuration.trajectories)
      }
    }
    horizon = configuration.horizon
    sizes = configuration.sizes
    repeats = configuration.estimates
    curves = zip(shares, errors).map { share, errors in
      let noise = errors.map { SampleMean(rootOf: $0) }
      return Curve(
        share: share, noise: noise,
        slope: SlopeFit(
          power: configuration.sizes.map { Double($0) }, noise.map(\.mean),
          repeats: configuration.estimates))
    }
  }
}

/// Fisher products of chunks, summed up by the rows they were taken over.
private struct FisherSums {
  private var sum: [Double]
  private var rows = 0.0

  init(parameters: Int) { sum = [Double](repeating: 0, count: parameters) }

  mutating func add(_ batch: PolicyBatch<Double>, _ direction: [Double], share: Double) {
    let used = max(1, Int(clamping: (Double(batch.rows) * share).rounded(.up)))
    var product = [Double](repeating: 0, count: direction.count)
    batch.fisherProduct(direction, rows: used, into: &product)
    for index in sum.indices { sum[index] += Double(used) * product[index] }
    rows += Double(used)
  }

  var product: [Double] { sum.map { $0 / rows } }
}

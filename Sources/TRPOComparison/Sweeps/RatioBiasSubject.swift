internal import MonotoneProbability
internal import NeuralTRPO

/// Where the bias of an estimator is looked for.
struct RatioBiasSubject {
  let policy: NetworkPolicy
  let estimator: SweepEstimator
  let horizon: Int
  let seed: UInt64
  let target: SweepTarget
  let scores: ScoreTable

  /// A mean of fewer has no standard error to speak of.
  private static let fewestGroups = 30

  /// - Returns: nil where the gradient is zero.
  init?(
    _ policy: NetworkPolicy, _ estimator: SweepEstimator, theory: Twin, horizon: Int, seed: UInt64
  ) {
    target = SweepTarget(policy, theory, estimator, horizon: horizon)
    let size = Vectors.dot(target.practice, target.practice)
    guard size > 0 else { return nil }
    scores = ScoreTable(policy, along: target.practice.map { $0 / size })
    self.policy = policy
    self.estimator = estimator
    self.horizon = horizon
    self.seed = seed
  }

  /// The bias of an estimator that divides by the number of rows.
  ///
  /// With numerator G, rows n and g the twin, G/n − g = (G − g n)/n; as G − g n expects 0, its mean is
  /// that of (G − g n)(1/n − 1/E n), whose scatter is of the bias's own size.
  ///
  /// - Parameters:
  ///   - trajectories: For each size, in groups of that.
  ///   - check: Called again and again; may throw to end the work.
  /// - Returns: nil where the number of rows is certain, or no size has groups enough.
  /// - Throws: what `check` does.
  func perRow(
    sizes: [Int] = [8, 16, 32, 64], trajectories: Int,
    check: () throws(SweepFailure) -> Void = {}
  ) throws(SweepFailure) -> RatioBias? {
    let sizes = sizes.filter { $0 * Self.fewestGroups <= trajectories }
    guard target.isRatio, estimator.branches == nil, let rows = target.denominator, !sizes.isEmpty
    else { return nil }
    let sampler = TrajectorySampler(policy, horizon: horizon)
    var bias: [SampleMean] = []
    for (index, size) in sizes.enumerated() {
      var stream = RandomStream(seed: seed, stream: UInt64(index))
      var sums = TrajectoryGroups(size: size, trajectories: trajectories)
      try sampler.sample(trajectories, seed: stream.next()) { chunk throws(SweepFailure) in
        sums.add(chunk, sampler.rows(of: chunk, estimator), scores)
        try check()
      }
      bias.append(
        SampleMean(
          sums.groups.map { group in
            // Along g: g·g/‖g‖² is 1.
            (group.numerator - group.rows) * (1 / group.rows - 1 / (rows * Double(size)))
          }))
    }
    return RatioBias(estimator.name, .trajectories, sizes, bias)
  }

  /// The bias of eq. 16: branches of a state weighed relative to each other.
  ///
  /// Each estimate is held against eq. 14's from the same branches, which has none.
  ///
  /// - Precondition: actions are drawn uniformly; their number is that of `sizes` here.
  /// - Parameters:
  ///   - trajectories: Of each of so many estimates.
  ///   - check: Called again and again; may throw to end the work.
  /// - Throws: what `check` does.
  func selfNormalised(
    sizes: [Int] = [4, 8, 16], trajectories: Int, repeats: Int = 60,
    check: () throws(SweepFailure) -> Void = {}
  ) throws(SweepFailure) -> RatioBias {
    let sampler = TrajectorySampler(policy, horizon: horizon)
    // Fewer where memory would not hold them: estimates then scatter more.
    let trajectories = min(trajectories, sampler.largestChunk)
    var bias: [SampleMean] = []
    for (index, size) in sizes.enumerated() {
      var estimator = estimator
      estimator.branches?.vine.actions = size
      var differences: [Double] = []
      for turn in 0..<repeats {
        var stream = RandomStream(seed: seed, stream: UInt64(index * repeats + turn))
        differences.append(
          difference(sampler.branches(of: estimator, trajectories, seed: stream.next()), size))
        try check()
      }
      bias.append(SampleMean(differences))
    }
    return RatioBias(estimator.name, .actions, sizes, bias)
  }

  /// Eq. 16's projected gradient less eq. 14's.
  private func difference(_ grown: TrajectorySampler.Grown, _ size: Int) -> Double {
    let vine = grown.vine
    let values = vine.actionValues(finalValues: grown.finalValues)
    var sum = 0.0
    for (state, first) in stride(from: 0, to: vine.branchCount, by: size).enumerated() {
      let group = first..<first + size
      let baseline = estimator.critic[grown.states[state]]
      let ratios = group.map { vine.importance[$0] }
      let total = ratios.reduce(0, +)
      let advantages = group.map { values[$0] - baseline }
      let mean = Vectors.dot(ratios, advantages) / total
      for (place, branch) in group.enumerated() {
        let score = scores.score(grown.states[state], vine.actions[branch])
        sum +=
          vine.weights[state] * ratios[place] * score
          * ((advantages[place] - mean) / total - advantages[place] / Double(size))
      }
    }
    return sum
  }
}

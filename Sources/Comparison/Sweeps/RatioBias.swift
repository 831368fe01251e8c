internal import Distributions
internal import NeuralTRPO
internal import RealModule

/// How the bias of a ratio of sums falls with what is summed up: like 1/N.
///
/// A ratio's expectation is not the ratio of the expectations, which is what its twin is. The bias is given
/// along the twin's gradient g and relative to it, (E ĝ − g)·g / ‖g‖², each time as the mean of something
/// that expects just that and scatters little, at about equal precision for every N.
///
/// Source: Cochran, "Sampling Techniques", 3rd ed. 1977, §6.8; Owen, "Monte Carlo theory, methods and
/// examples", §9.2.
public struct RatioBias: Sendable, Equatable, Codable {
  /// The estimator.
  public var name: String
  /// What N counts.
  public var variable: Variable
  /// N.
  public var sizes: [Int]
  /// The relative bias by size.
  public var bias: [SampleMean]
  /// The slope of ln |bias| against ln N; nil where some bias is within three standard errors of 0, or
  /// their signs differ.
  public var slope: SlopeFit?

  /// What N counts.
  public enum Variable: String, Sendable, Codable {
    /// Trajectories of an estimate, whose rows it is divided by.
    case trajectories
    /// Actions tried in a state, whose ratios π/q they are divided by.
    case actions
  }

  init(_ name: String, _ variable: Variable, _ sizes: [Int], _ bias: [SampleMean]) {
    self.name = name
    self.variable = variable
    self.sizes = sizes
    self.bias = bias
    let sign = bias.first.map { $0.mean < 0 ? -1.0 : 1 } ?? 1
    let isClear = bias.allSatisfy { sign * $0.mean > 3 * $0.standardError }
    slope =
      isClear && bias.count > 2
      ? SlopeFit(power: sizes.map { Double($0) }, bias.map { $0.scaled(sign) }) : nil
  }
}

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

/// Projected gradients and rows of groups of trajectories.
private struct TrajectoryGroups {
  let size: Int
  private(set) var groups: [Group]
  /// Trajectories taken in.
  private var done = 0

  struct Group {
    var numerator = 0.0
    var rows = 0.0
  }

  /// Groups of so many of all trajectories; those that fill no group will be left out.
  init(size: Int, trajectories: Int) {
    self.size = size
    groups = [Group](repeating: Group(), count: trajectories / size)
  }

  /// Takes in a chunk; a group may go on in the next one.
  mutating func add(
    _ chunk: TrajectorySampler.Chunk, _ rows: BatchRows<Double>, _ scores: ScoreTable
  ) {
    for row in 0..<chunk.rollout.rows {
      // One trajectory a slot.
      let group = (done + Int(chunk.rollout.slots[row])) / size
      guard group < groups.count else { continue }
      groups[group].numerator +=
        rows.advantages[row] * scores.score(chunk.states[row], rows.actions[row])
      groups[group].rows += 1
    }
    done += chunk.trajectories
  }
}

import TRPOComparison
import NeuralTRPO

/// The numerators and the denominator of an estimate, trajectory by trajectory: their means, and the
/// standard errors of those.
struct TrajectorySums {
  /// Σ w Â [s_t = s, a_t = a] by pair, then Σ w [s_t = s] by state, then rows.
  private(set) var mean: [Double]
  private var squares: [Double]
  /// How many trajectories add something to an entry.
  private(set) var visitors: [Int]
  private let count: Int
  private let pairCount: Int
  private let stateCount: Int

  /// - Parameters:
  ///   - rollout: One trajectory a slot, one-hot observations.
  ///   - weights: w by row, however normalised in the end.
  ///   - values: w Â by row.
  init(
    _ world: TestWorld, _ rollout: Rollout<Double>, trajectories: Int, weights: [Double],
    values: [Double]
  ) {
    let space = world.document.space
    (count, pairCount, stateCount) = (trajectories, space.pairCount, space.stateCount)
    let width = pairCount + stateCount + 1
    var sums = [Double](repeating: 0, count: trajectories * width)
    let choices = space.actions.count
    // By state and action: the pair. Found once: this runs for every row of millions.
    var pairs = [Int](repeating: -1, count: stateCount * choices)
    for state in space.liveStates {
      for pair in space.pairs(of: state) {
        pairs[state * choices + Int(space.pairAction[pair])] = pair
      }
    }
    mean = [Double](repeating: 0, count: width)
    squares = mean
    visitors = [Int](repeating: 0, count: width)
    rollout.observations.withUnsafeBufferPointer { seen in
      sums.withUnsafeMutableBufferPointer { sums in
        for row in 0..<rollout.rows {
          var state = 0
          while seen[row * stateCount + state] == 0 { state += 1 }
          let base = Int(rollout.slots[row]) * width
          sums[base + pairs[state * choices + Int(rollout.actions[row])]] += values[row]
          sums[base + pairCount + state] += weights[row]
          sums[base + width - 1] += 1
        }
        for trajectory in 0..<trajectories {
          for entry in 0..<width {
            let value = sums[trajectory * width + entry]
            guard value != 0 else { continue }
            mean[entry] += value
            squares[entry] += value * value
            visitors[entry] += 1
          }
        }
      }
    }
    for entry in 0..<width { mean[entry] /= Double(trajectories) }
  }

  /// The standard error of an entry's mean.
  func standardError(_ entry: Int) -> Double {
    let n = Double(count)
    return ((squares[entry] / n - mean[entry] * mean[entry]) / (n - 1)).squareRoot()
  }

  /// The entries whose mean lies further than so many standard errors from what is expected, among those
  /// that enough trajectories add to for the mean to be nearly normal.
  func strays(from expected: ExpectedSums, _ policy: [Double], limit: Double) -> [Int] {
    let wanted =
      zip(policy, expected.returns).map { $0 * $1 } + expected.visits + [expected.rows]
    return mean.indices.filter { entry in
      let distance = abs(mean[entry] - wanted[entry])
      // A number that no trajectory varies is right to rounding.
      return visitors[entry] >= Self.enough
        && distance > limit * standardError(entry) + 1e-10
    }
  }

  private static let enough = 400
}

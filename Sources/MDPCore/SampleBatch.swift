/// Samples of a policy with their estimated advantages: what a training program made one update from.
///
/// Row i is a state s_i, an action a_i that it offers, an estimate Â_i of A_π(s_i, a_i), and a weight
/// w_i ≥ 0. Rows of one trajectory hang together; trajectories are the independent units.
public struct SampleBatch: Sendable, Equatable {
  /// s_i by row.
  public let states: [Int]
  /// The pair (s_i, a_i) by row.
  public let pairs: [Int]
  /// Â_i by row.
  public let advantages: [Double]
  /// w_i by row; some is above 0.
  public let weights: [Double]
  /// The trajectory by row, numbered from 0 in the order of their first rows.
  public let trajectories: [Int32]

  /// A batch from its columns.
  ///
  /// - Parameters:
  ///   - weights: Empty for 1 everywhere.
  ///   - trajectories: Any numbers that tell trajectories apart; empty for every row its own.
  /// - Precondition: columns of one length, at least 1; finite numbers; weights that are not negative,
  ///   with a finite sum above 0.
  public init(
    states: [Int], pairs: [Int], advantages: [Double], weights: [Double] = [],
    trajectories: [Int] = []
  ) {
    let count = states.count
    precondition(
      count > 0 && pairs.count == count && advantages.count == count
        && [0, count].contains(weights.count) && [0, count].contains(trajectories.count),
      """
      \(count) states, \(pairs.count) pairs, \(advantages.count) advantages, \(weights.count) \
      weights, \(trajectories.count) trajectories
      """)
    let total = weights.isEmpty ? Double(count) : weights.reduce(0, +)
    precondition(
      total > 0 && total.isFinite && weights.allSatisfy { $0 >= 0 }, "weights that sum to \(total)")
    self.states = states
    self.pairs = pairs
    self.advantages = advantages
    self.weights = weights.isEmpty ? [Double](repeating: 1, count: count) : weights
    self.trajectories =
      trajectories.isEmpty
      ? states.indices.map(Int32.init(truncatingIfNeeded:)) : Self.renumbered(trajectories)
  }

  /// The number of rows.
  public var count: Int { states.count }

  private static func renumbered(_ labels: [Int]) -> [Int32] {
    var numbers: [Int: Int32] = [:]
    return labels.map { label in
      if let known = numbers[label] { return known }
      let number = Int32(truncatingIfNeeded: numbers.count)
      numbers[label] = number
      return number
    }
  }
}

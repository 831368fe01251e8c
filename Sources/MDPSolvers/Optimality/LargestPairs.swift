internal import MonotoneArithmetic

/// The pairs among some at which a number is largest, as far as its error bounds tell.
///
/// Pairs that cannot be told from the leader count as its ties. Exact numbers are always told apart.
struct LargestPairs {
  /// A pair of the largest number: the first of those that are certainly tied with it.
  private(set) var leader: Int?
  /// The pairs that are not certainly below the leader, in order.
  private(set) var ties: [Int]
  /// Whether the ties are known to be ties: one pair alone, or exact numbers.
  private(set) var isDecided: Bool

  init<Number: Scalar>(_ pairs: some Collection<Int>, _ number: (_ pair: Int) -> Number) {
    var leader: Int?
    for pair in pairs {
      guard let known = leader else {
        leader = pair
        continue
      }
      if number(pair).isAbove(number(known)) { leader = pair }
    }
    guard let leader else {
      (self.leader, ties, isDecided) = (nil, [], true)
      return
    }
    let best = number(leader)
    ties = pairs.filter { pair in
      let lag = best - number(pair)
      // Where nothing is known of the error, only the numbers themselves are left to compare.
      return pair == leader
        || (lag.radius.isFinite ? lag.isPositive != .yes : !(lag.approximation > 0))
    }
    self.leader = leader
    isDecided =
      Number.arithmetic == .exact || pairs.count == 1
      || (ties.count == 1
        && pairs.allSatisfy { $0 == leader || (best - number($0)).isPositive == .yes })
  }
}

internal import MonotoneArithmetic
internal import MDPCore

/// The lengths of a model's numbers, which the costs of its policies rest on.
struct ModelDigits {
  private let space: StateActionSpace
  private let discount: CommonDenominator
  /// The common denominators of the transition rows, by pair.
  private let rows: [CommonDenominator]
  /// The bits of the common denominator of ρ₀.
  private let initialBits: Int
  /// The common denominator of all rewards.
  private let rewards: CommonDenominator
  /// The bits of the longest numerator of a reward.
  private let rewardBits: Int

  /// Beyond so many bits nothing is affordable, and counting stops.
  private static let bitLimit = 1 << 24

  /// Up to this length the multiple of all probabilities' denominators is computed; beyond it their
  /// lengths are added up.
  private static let exactLengthLimit = 1 << 14

  /// Complexity: O(stored transitions).
  init(_ document: MDPDocument) {
    space = document.space
    let table = document.transitions
    var (discount, initial, rewards) = (
      CommonDenominator(), CommonDenominator(), CommonDenominator()
    )
    discount.include(document.discount)
    self.discount = discount
    for number in document.initial { initial.include(number) }
    if let sum = document.initialSum { initial.divide(by: sum) }
    initialBits = initial.bitCount
    var rows: [CommonDenominator] = []
    rows.reserveCapacity(space.pairCount)
    var longest = 0
    var total = 0
    for number in document.stateRewards { Self.include(number, &rewards, &longest) }
    for number in document.actionRewards { Self.include(number, &rewards, &longest) }
    for pair in 0..<space.pairCount {
      var row = CommonDenominator()
      var paid: CommonDenominator?
      for entry in table.rowStart[pair]..<table.rowStart[pair + 1] where total < Self.bitLimit {
        row.include(table.probability[entry])
        guard !document.transitionRewards.isEmpty, !document.transitionRewards[entry].isZero else {
          continue
        }
        var sum = paid ?? CommonDenominator()
        Self.include(document.transitionRewards[entry], &sum, &longest)
        paid = sum
      }
      if let sum = table.rowSum[pair] { row.divide(by: sum) }
      total += row.bitCount
      rows.append(row)
      if var paid, rewards.bitCount < Self.bitLimit {
        paid.multiply(by: row)
        rewards.include(paid)
      }
    }
    self.rows = rows
    self.rewards = rewards
    rewardBits = longest
  }

  private static func include(
    _ reward: ExactNumber, _ sum: inout CommonDenominator, _ longest: inout Int
  ) {
    sum.include(reward)
    longest = max(longest, reward.bitCount)
  }

  /// Beyond so many live states an exact evaluation takes minutes, whatever the digits.
  private static let orderLimit = 5_000

  /// The least cost of evaluating a policy of a model, if that is too much for anybody; nil where
  /// it takes the digits to tell.
  static func leastCost(_ space: StateActionSpace) -> ExactCost? {
    let order = space.liveStates.count
    guard order > orderLimit else { return nil }
    return ExactCost(
      order: order, pairCount: space.pairCount, bitCount: 4 * Double(order), longestEntry: 4)
  }

  /// The cost of evaluating a policy; of one whose probabilities are 0 and 1, if it is not given.
  func cost(_ policy: ExactPolicy?) -> ExactCost {
    var cost = ExactCost(
      order: space.liveStates.count, pairCount: space.pairCount, bitCount: 0, longestEntry: 0)
    var right = rewards
    var furtherBits = 0
    for state in space.liveStates where cost.bitCount < Double(Self.bitLimit) {
      var row = CommonDenominator()
      for pair in space.pairs(of: state) {
        guard let policy else {
          row.include(rows[pair])
          continue
        }
        if policy[pair].isExactlyZero { continue }
        var share = CommonDenominator()
        share.include(policy[pair])
        if right.bitCount < Self.exactLengthLimit {
          right.include(share)
        } else {
          furtherBits += share.bitCount
        }
        share.multiply(by: rows[pair])
        row.include(share)
      }
      row.multiply(by: discount)
      cost.bitCount += Double(row.bitCount + 2)
      cost.longestEntry = max(cost.longestEntry, Double(row.bitCount))
    }
    let side = Double(max(right.bitCount + furtherBits + rewardBits, initialBits))
    cost.bitCount += side
    cost.longestEntry = max(cost.longestEntry, side)
    return cost
  }
}

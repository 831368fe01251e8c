internal import MonotoneArithmetic
internal import MDPCore
internal import MDPSolvers

/// A step under construction: each visited state at a point of its trade-off, the others at π.
struct ConvexStep {
  private let start: EvaluatedPolicy
  private let tradeOffs: TradeOffs
  private var change: [Double]
  private var multipliers: [Double]
  private var prices: [Double]

  /// No step, at prices that prove it optimal where nothing can be gained.
  ///
  /// - Parameter multiplier: κ of states that are not visited.
  init(_ start: EvaluatedPolicy, _ tradeOffs: TradeOffs, multiplier: Double) {
    let space = start.space
    self.start = start
    self.tradeOffs = tradeOffs
    change = [Double](repeating: 0, count: space.pairCount)
    multipliers = [Double](repeating: multiplier, count: space.stateCount)
    prices = [Double](repeating: 0, count: space.stateCount)
    for state in space.liveStates {
      // max A: the best action has no gap.
      prices[state] =
        start.meanGap(in: state) * start.scale(of: state, in: start.unit) + multiplier
    }
  }

  /// Moves a state to a point.
  mutating func move(
    _ state: Int, _ tradeOff: StateTradeOff, to point: StateTradeOff.Point
  ) {
    tradeOffs.change(tradeOff, at: point, into: &change)
    set(
      state, multiplier: tradeOffs.multiplier(tradeOff, at: point),
      price: tradeOffs.price(tradeOff, at: point))
  }

  /// Sets the prices of a state that stays.
  mutating func set(_ state: Int, multiplier: Double, price: Double) {
    multipliers[state] = multiplier
    prices[state] = price
  }

  /// Makes all steps shorter by a factor; divergences are convex, so they shrink by as much.
  mutating func shorten(by factor: Double) {
    for pair in change.indices { change[pair] *= factor }
  }

  /// The step as a policy, with what proves how good it is.
  func proposal(_ slackness: DualityGap.Slackness) throws(RuleFailure) -> Proposal {
    guard (multipliers + prices).allSatisfy(\.isFinite) else {
      throw .range("the price of a divergence")
    }
    return Proposal(
      policy: try RationalStep.policy(from: start, change: change),
      residual: DualityGap(
        slackness: slackness, multipliers: multipliers, prices: prices, unit: start.unit))
  }

  /// Room for the rounding of probabilities to ``RationalStep/significantBits``: a step is made
  /// shorter by this much, so that the rounded policy keeps to its budget.
  static let roundingRoom = 1 - 0x1p-29
}

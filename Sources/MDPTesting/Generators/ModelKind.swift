/// The kind of a random model: how its states lead to each other.
public enum ModelKind: String, Sendable, CaseIterable {
  /// Each pair leads to a few random states.
  case garnet
  /// Each pair leads to every state.
  case dense
  /// Actions go left and right along a line, now and then astray.
  case chain
  /// Actions go in four directions on a grid; walls stop them.
  case grid
  /// Each pair leads to one state.
  case deterministic
  /// Some states are terminal.
  case episodic
  /// Not every action is available everywhere.
  case unavailable
  /// Some states are never left.
  case trap
  /// Every action leads from one class of states to the next.
  case periodic
  /// Two groups of states that are hardly ever left.
  case nearReducible = "near-reducible"
}

/// The sizes, kinds and numbers of random models.
public struct ModelConfiguration: Sendable {
  /// |S|, terminal states included.
  public var states = 1...6
  /// |A|.
  public var actions = 1...4
  /// The kinds to choose from.
  public var kinds = ModelKind.allCases
  /// The discounts to choose from, each p/q below 1.
  public var discounts: [Discount] = [
    Discount(0, 1), Discount(1, 100), Discount(1, 10), Discount(1, 2), Discount(2, 3),
    Discount(3, 4), Discount(9, 10), Discount(19, 20), Discount(99, 100), Discount(999, 1000),
  ]
  /// How rewards are drawn.
  public var rewards = RewardStyle.allCases
  /// One model in so many is taken to the ends of the range of numbers; nil for none.
  public var extremeStride: Int?
  /// The extremes that models are taken to.
  public var extremes = Extreme.allCases

  /// Small models of every kind.
  public init() {}

  /// A discount p/q.
  public struct Discount: Sendable, Equatable {
    let fraction: Fraction

    /// - Precondition: 0 ≤ `numerator` < `denominator`.
    public init(_ numerator: Int, _ denominator: Int) {
      precondition(
        numerator >= 0 && numerator < denominator,
        "a discount of \(numerator)/\(denominator) is not in [0, 1)")
      fraction = Fraction(numerator, over: denominator)
    }
  }
}

/// How a random model, or the step between its policies, is taken to the ends of the range of numbers.
public enum Extreme: String, Sendable, CaseIterable {
  /// Rewards around 1e150, 1e300, 1e307 or 1e400.
  case hugeRewards = "huge-rewards"
  /// Rewards around 1e−150, 1e−300, 1e−320 or 1e−400.
  case tinyRewards = "tiny-rewards"
  /// Rewards that all have 10⁶ to 10¹² in common, so that advantages are small beside values.
  case offset
  /// γ = 1 − 1e−6 … 1 − 1e−17.
  case longHorizon = "long-horizon"
  /// γ around 1e−20, 1e−300 or 1e−400.
  case tinyDiscount = "tiny-discount"
  /// A state that nothing leads to, where −10⁶ to −10¹⁵ is paid for ever.
  case unreachablePenalty = "unreachable-penalty"
  /// A step of 1e−12 to 1e−400 between policies.
  case tinyStep = "tiny-step"
  /// Rewards of a thousand digits or three; rare, because they are slow.
  case longNumbers = "long-numbers"
}

/// How the rewards of a random model are drawn.
public enum RewardStyle: String, Sendable, CaseIterable {
  /// Whole numbers from −3 to 3.
  case whole
  /// Multiples of 1/10 from −1 to 1.
  case tenths
  /// 0 but for one pair in four.
  case sparse
  /// By state, equal for all its actions.
  case state
  /// With a part that depends on the next state.
  case next
  /// Thousands.
  case large
}

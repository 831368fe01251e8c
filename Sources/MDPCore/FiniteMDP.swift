public import MonotoneArithmetic
public import MonotoneLinearAlgebra

/// A finite Markov decision process (S, A, P, r, ρ₀, γ), ready for computation.
///
/// Rewards of every form are reduced to the expected reward r(s,a); probability rows are divided
/// by their sums where the file says so. A terminal state absorbs with reward 0: it has no pairs,
/// value 0, and keeps whatever visitation reaches it.
///
/// Source: Schulman et al. 2015, §2, with terminal states and per-state action sets added.
public struct FiniteMDP<Number: Scalar>: Sendable {
  /// The model's name.
  public let name: String
  /// States, actions, terminal states and available pairs.
  public let space: StateActionSpace
  /// γ, in [0, 1].
  public let discount: Number
  /// Whether γ is exactly 1, which no rounding makes it: then values exist only under policies whose
  /// paths end.
  public let isUndiscounted: Bool
  /// ρ₀ by state; sums to 1.
  public let initial: [Number]
  /// P(s'|s,a): one row a pair, one column a state; rows sum to 1.
  public let transitions: SparseRows<Number>
  /// r(s,a) by pair.
  public let expectedReward: [Number]

  /// The model of a document, in this arithmetic.
  ///
  /// Complexity: O(stored transitions).
  ///
  /// - Throws: ``NumberOutOfRange`` where a number leaves this arithmetic's range.
  public init(_ document: MDPDocument) throws(NumberOutOfRange) {
    name = document.name
    space = document.space
    discount = try Number(document.discount)
    isUndiscounted = document.isUndiscounted
    initial = try document.initialDistribution()

    var probabilities: [Number] = []
    probabilities.reserveCapacity(document.transitions.nextState.count)
    var rewards: [Number] = []
    rewards.reserveCapacity(space.pairCount)
    for state in space.states.indices {
      for pair in space.pairs(of: state) {
        rewards.append(try document.appendRow(ofPair: pair, state: state, to: &probabilities))
      }
    }
    let table = document.transitions
    transitions = SparseRows(
      columnCount: space.stateCount, rowStart: table.rowStart, columns: table.nextState,
      values: probabilities)
    expectedReward = rewards
  }

  /// A model converted from another type of number.
  @inlinable public init<Other: Scalar>(
    _ other: FiniteMDP<Other>, _ convert: (Other) -> Number
  ) {
    self.init(
      name: other.name, space: other.space, discount: convert(other.discount),
      isUndiscounted: other.isUndiscounted,
      initial: other.initial.map(convert),
      transitions: SparseRows(
        columnCount: other.transitions.columnCount, rowStart: other.transitions.rowStart,
        columns: other.transitions.columns, values: other.transitions.values.map(convert)),
      expectedReward: other.expectedReward.map(convert))
  }

  /// The model whose rewards are 2^exponent times as large.
  public func scalingRewards(byPowerOfTwo exponent: Int) -> FiniteMDP {
    FiniteMDP(
      name: name, space: space, discount: discount, isUndiscounted: isUndiscounted,
      initial: initial, transitions: transitions,
      expectedReward: expectedReward.map { $0.scaled(byPowerOfTwo: exponent) })
  }

  @usableFromInline init(
    name: String, space: StateActionSpace, discount: Number, isUndiscounted: Bool,
    initial: [Number], transitions: SparseRows<Number>, expectedReward: [Number]
  ) {
    self.name = name
    self.space = space
    self.discount = discount
    self.isUndiscounted = isUndiscounted
    self.initial = initial
    self.transitions = transitions
    self.expectedReward = expectedReward
  }
}

extension FiniteMDP<TrackedDouble> {
  /// The model of a document, compiled for these numbers: most models are tracked, and generated ones
  /// are so small that the general code takes as long as everything else.
  ///
  /// - Throws: ``NumberOutOfRange`` where a number leaves the range of float64.
  public static func tracked(
    _ document: MDPDocument
  ) throws(NumberOutOfRange) -> FiniteMDP<TrackedDouble> {
    try FiniteMDP(document)
  }
}

extension FiniteMDP<FloatBall> {
  /// The model of a document, compiled for these numbers: large models are enclosed in them.
  ///
  /// - Throws: ``NumberOutOfRange`` where a number leaves the range of float64.
  public static func enclosed(
    _ document: MDPDocument
  ) throws(NumberOutOfRange) -> FiniteMDP<FloatBall> {
    try FiniteMDP(document)
  }
}

extension FiniteMDP {
  /// |S|.
  public var stateCount: Int { space.stateCount }
}

/// A model in double precision: what samplers draw from.
public typealias FloatMDP = FiniteMDP<Double>

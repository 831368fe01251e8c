public import MonotoneArithmetic

/// A finite MDP as its file states it: names, metadata, and every number exact.
///
/// This is the data between a file and the mathematics. ``FiniteMDP`` is made from it in whatever
/// arithmetic is asked for; the writer turns it back into a file that reads as an equal document.
public struct MDPDocument: Sendable {
  /// The model's name; policies refer to it.
  public var name: String
  /// A description of the model, in prose.
  public var description: String?
  /// Where it comes from.
  public var source: String?
  /// γ, in [0, 1].
  public var discount: ExactNumber
  /// States, actions, terminal states and available pairs.
  public var space: StateActionSpace
  /// ρ₀ by state, as written.
  public var initial: ExactNumberArray
  /// The exact sum of `initial` where it is not 1 (but within the tolerance of 1).
  public var initialSum: ExactNumber?
  /// P: one row a pair, as written, without zero entries.
  public var transitions: TransitionTable
  /// r(s), added to every action of a state; empty if the file gives none.
  public var stateRewards: ExactNumberArray
  /// r(s,a) by pair; empty if the file gives none.
  public var actionRewards: ExactNumberArray
  /// r(s,a,s') by entry of `transitions`; empty if the file gives none.
  public var transitionRewards: ExactNumberArray
  /// Feature vectors by state, for neural policies; empty if the file gives none.
  public var features: [[ExactNumber]]
  /// The JSON paths of the rows that are divided by their sum: where `initialSum` and
  /// `transitions.rowSum` were found, and so no part of the model's value.
  public var normalised: [String]
  /// How the model was read from a file of another format; no part of its value.
  public var reading: ModelReading?

  /// A row printed from floats may miss 1 by this much and is then divided by its exact sum.
  public static let rowSumTolerance = ExactNumber(numerator: 1, denominator: 1_000_000_000)

  /// A document from its parts; parts that are left out are empty.
  public init(
    name: String, description: String? = nil, source: String? = nil, discount: ExactNumber,
    space: StateActionSpace, initial: ExactNumberArray, initialSum: ExactNumber? = nil,
    transitions: TransitionTable, stateRewards: ExactNumberArray = .init(),
    actionRewards: ExactNumberArray = .init(), transitionRewards: ExactNumberArray = .init(),
    features: [[ExactNumber]] = [], normalised: [String] = []
  ) {
    self.name = name
    self.description = description
    self.source = source
    self.discount = discount
    self.space = space
    self.initial = initial
    self.initialSum = initialSum
    self.transitions = transitions
    self.stateRewards = stateRewards
    self.actionRewards = actionRewards
    self.transitionRewards = transitionRewards
    self.features = features
    self.normalised = normalised
  }
}

extension MDPDocument {
  /// Whether γ = 1: then values exist only under policies whose paths end.
  public var isUndiscounted: Bool { discount == ExactNumber(1) }
}

extension MDPDocument: Equatable {
  /// Whether two documents state the same model in the same numbers, wherever in their files the
  /// rows stood.
  public static func == (a: Self, b: Self) -> Bool {
    a.name == b.name && a.description == b.description && a.source == b.source
      && a.discount == b.discount && a.space == b.space && a.initial == b.initial
      && a.initialSum == b.initialSum && a.transitions == b.transitions
      && a.stateRewards == b.stateRewards && a.actionRewards == b.actionRewards
      && a.transitionRewards == b.transitionRewards && a.features == b.features
  }
}

/// The transition rows of a document: one a pair, entries by ascending next state.
public struct TransitionTable: Sendable, Equatable {
  /// Where each pair's row starts; one entry more than there are pairs.
  public var rowStart: [Int]
  /// The next state of each entry.
  public var nextState: [Int32]
  /// The probability of each entry, as written; never zero.
  public var probability: ExactNumberArray
  /// The exact sums of the rows that do not sum to 1 (but within the tolerance of 1), by pair.
  public var rowSum: [Int: ExactNumber]

  /// A table from its columns; without any, one of no rows.
  public init(
    rowStart: [Int] = [0], nextState: [Int32] = [], probability: ExactNumberArray = .init(),
    rowSum: [Int: ExactNumber] = [:]
  ) {
    self.rowStart = rowStart
    self.nextState = nextState
    self.probability = probability
    self.rowSum = rowSum
  }
}

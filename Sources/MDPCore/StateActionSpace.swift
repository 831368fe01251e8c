/// Which states there are, which of them end the process, and which actions each state offers.
///
/// Everything that is indexed by "state and action" (Q, A, π, r, the rows of P) is stored by
/// *pair*: the available pairs in order of state, then of action. Unavailable actions therefore
/// have no entry that could be read by mistake, and terminal states have an empty range.
public struct StateActionSpace: Sendable, Equatable {
  /// State names.
  public let states: Names
  /// Action names.
  public let actions: Names
  /// Whether each state is terminal.
  public let isTerminal: [Bool]
  /// Where each state's pairs start; one entry more than there are states.
  public let pairStart: [Int]
  /// The action of each pair.
  public let pairAction: [Int32]
  /// The states that are not terminal, in order.
  public let liveStates: [Int]
  /// The position of each state in `liveStates`; −1 for a terminal state.
  public let livePosition: [Int]

  /// A space from its parts.
  ///
  /// - Precondition: the parts have matching lengths; actions ascend within a state; a state has
  ///   no pair if and only if it is terminal.
  public init(
    states: Names, actions: Names, isTerminal: [Bool], pairStart: [Int], pairAction: [Int32]
  ) {
    precondition(
      isTerminal.count == states.count && pairStart.count == states.count + 1
        && pairStart.last == pairAction.count,
      """
      \(states.count) states with \(isTerminal.count) terminal marks, \(pairStart.count) starts \
      ending at \(pairStart.last ?? -1), \(pairAction.count) pairs
      """)
    for state in states.indices {
      precondition(
        (pairStart[state] == pairStart[state + 1]) == isTerminal[state],
        "state \(states[state]) must offer an action or be terminal, not both")
    }
    self.states = states
    self.actions = actions
    self.isTerminal = isTerminal
    self.pairStart = pairStart
    self.pairAction = pairAction
    liveStates = isTerminal.indices.filter { !isTerminal[$0] }
    var position = [Int](repeating: -1, count: isTerminal.count)
    for (index, state) in liveStates.enumerated() { position[state] = index }
    livePosition = position
  }

  /// |S|.
  public var stateCount: Int { isTerminal.count }

  /// The number of available state–action pairs.
  public var pairCount: Int { pairAction.count }

  /// The pairs of a state: empty exactly for a terminal state.
  @inlinable public func pairs(of state: Int) -> Range<Int> {
    pairStart[state]..<pairStart[state + 1]
  }

  /// The pair of a state and an action, or nil where the action is unavailable.
  public func pair(state: Int, action: Int) -> Int? {
    // Few actions a state: a scan beats a search.
    pairs(of: state).first { pairAction[$0] == action }
  }

  /// The state of a pair, by bisection.
  public func state(ofPair pair: Int) -> Int {
    precondition(pair >= 0 && pair < pairCount, "pair \(pair) of \(pairCount)")
    var (low, high) = (0, stateCount - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if pairStart[middle] <= pair { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// Numbers by pair as a table by state and action, row by row, with another number where an action is
  /// unavailable.
  package func table<Element>(
    _ byPair: some RandomAccessCollection<Element>, unavailable: Element
  ) -> [Element] {
    var table = [Element](repeating: unavailable, count: stateCount * actions.count)
    for state in states.indices {
      for (pair, element) in zip(pairs(of: state), byPair.dropFirst(pairStart[state])) {
        table[state * actions.count + Int(pairAction[pair])] = element
      }
    }
    return table
  }

  /// The name of the action of a pair.
  public func actionName(ofPair pair: Int) -> String { actions[Int(pairAction[pair])] }
}

package import MonotoneArithmetic

/// The part of a model that one of several processes holds: the rows of consecutive states, in float64 with bounds
/// on how far they are from the model of the file.
///
/// A terminal state has one pair, which leads back to it without reward, so that every state has an equation.
package struct ModelPart: Sendable {
  /// How many states the whole model has.
  package let stateCount: Int
  /// The states of the part, by their numbers in the model.
  package let states: Range<Int>
  /// γ.
  package let discount: ExactNumber
  /// Whether each state of the part is terminal.
  package internal(set) var isTerminal: [Bool] = []
  /// Where the pairs of each state start, and the last one's end.
  package internal(set) var pairStart: [Int] = [0]
  /// The action of each pair: the label that the file gives it, else its number within the state; −1 in
  /// terminal states.
  package internal(set) var action: [Int32] = []
  /// Where the entries of each pair start, and the last one's end.
  package internal(set) var rowStart: [Int] = [0]
  /// The next state of each entry, by its number in the model; a state may stand twice in a row. Whoever
  /// numbers states anew puts its own numbers there.
  package var nextState: [Int32] = []
  /// p̂ of each entry, not yet divided by the sum of its row.
  package internal(set) var probability: [Double] = []
  /// δ: the file's p is within δ p̂ + 2⁻¹⁰⁷⁴ of p̂.
  package internal(set) var probabilityError = 0.0
  /// σ − 1 of each pair, σ being the exact sum of the file's row; empty where every row sums to 1.
  package internal(set) var rowDefect: [Double] = []
  /// A bound on the error of every defect.
  package internal(set) var rowDefectError = 0.0
  /// r(s,a) of each pair.
  package internal(set) var reward: [Double] = []
  /// A bound on the error of every reward.
  package internal(set) var rewardError = 0.0
  /// Where episodes start, among the states of the part.
  package internal(set) var initial: [InitialWeight] = []
  /// Whether the weights are to be divided by their sum over all parts.
  package internal(set) var sharesInitial = false

  /// A state in which episodes start.
  package struct InitialWeight: Sendable {
    /// Its number in the part.
    package let state: Int
    /// ρ₀(s), or a share of it.
    package let weight: TrackedDouble
  }

  /// A part without rows.
  init(stateCount: Int, states: Range<Int>, discount: ExactNumber) {
    self.stateCount = stateCount
    self.states = states
    self.discount = discount
  }

  /// The number of pairs.
  package var pairCount: Int { reward.count }

  /// The pairs of a state of the part.
  package func pairs(of state: Int) -> Range<Int> { pairStart[state]..<pairStart[state + 1] }

  /// The entries of a pair.
  package func entries(of pair: Int) -> Range<Int> { rowStart[pair]..<rowStart[pair + 1] }

  /// σ − 1 of a pair.
  package func defect(of pair: Int) -> Double { rowDefect.isEmpty ? 0 : rowDefect[pair] }
}

extension ModelPart {
  /// Makes room, so that nothing is copied as the part grows.
  mutating func reserve(pairs: Int, entries: Int) {
    isTerminal.reserveCapacity(states.count)
    pairStart.reserveCapacity(states.count + 1)
    rowStart.reserveCapacity(rowStart.count + pairs)
    action.reserveCapacity(action.count + pairs)
    reward.reserveCapacity(reward.count + pairs)
    nextState.reserveCapacity(nextState.count + entries)
    probability.reserveCapacity(probability.count + entries)
  }

  /// Adds an entry to the pair at hand.
  mutating func add(_ probability: Double, to state: Int32) {
    nextState.append(state)
    self.probability.append(probability)
  }

  /// Ends the pair at hand.
  mutating func endPair(action: Int32, reward: TrackedDouble, defect: TrackedDouble) {
    rowStart.append(nextState.count)
    self.action.append(action)
    if defect.value != 0, rowDefect.isEmpty {
      rowDefect.reserveCapacity(self.reward.capacity)
      rowDefect += repeatElement(0, count: self.reward.count)
    }
    if defect.value != 0 || !rowDefect.isEmpty { rowDefect.append(defect.value) }
    rowDefectError = .greatest(rowDefectError, defect.error)
    self.reward.append(reward.value)
    rewardError = .greatest(rewardError, reward.error)
  }

  /// Ends the state at hand.
  mutating func endState(isTerminal: Bool) {
    self.isTerminal.append(isTerminal)
    pairStart.append(pairCount)
  }

  /// Takes back the pairs of the state at hand.
  mutating func dropPairs() {
    let first = pairStart[pairStart.count - 1]
    let entry = rowStart[first]
    rowStart.removeLast(rowStart.count - first - 1)
    nextState.removeLast(nextState.count - entry)
    probability.removeLast(probability.count - entry)
    action.removeLast(action.count - first)
    reward.removeLast(reward.count - first)
    if !rowDefect.isEmpty { rowDefect.removeLast(rowDefect.count - first) }
  }

  /// Notes where episodes start, by the number of a state in the model; states of other parts are left out.
  mutating func start(in state: Int, _ weight: TrackedDouble) {
    guard states.contains(state) else { return }
    initial.append(InitialWeight(state: state - states.lowerBound, weight: weight))
  }
}

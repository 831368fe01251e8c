internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// The columns of a document, filled pair by pair.
struct ModelTable {
  let draft: ModelDraft
  var pairStart: [Int] = []
  var pairAction: [Int32] = []
  var transitions = TransitionTable()
  var normalised: [String] = []
  private var rewards = ExactNumberArray()
  private var byNextState = ExactNumberArray()

  init(draft: ModelDraft) { self.draft = draft }

  /// Makes room for all choices.
  mutating func reserveCapacity() {
    pairStart.reserveCapacity(draft.stateCount + 1)
    pairAction.reserveCapacity(draft.choices.count)
    transitions.rowStart.reserveCapacity(draft.choices.count + 1)
    transitions.nextState.reserveCapacity(draft.entries.count)
    transitions.probability.reserveCapacity(draft.entries.count)
  }

  mutating func append(_ choice: Int, action: Int32) {
    let pair = pairAction.count
    let range = draft.entries(ofChoice: choice)
    if let sum = draft.sums[choice] {
      transitions.rowSum[pair] = sum
      normalised.append(draft.choices[choice].path)
    }
    rewards.set(draft.choiceRewards.value(at: choice), at: pair)
    for entry in range.clamped(to: 0..<draft.entryRewards.count) {
      byNextState.set(
        draft.entryRewards[entry], at: transitions.nextState.count + entry - range.lowerBound)
    }
    transitions.nextState += draft.entries.index[range]
    transitions.probability.append(draft.entries.number, range)
    transitions.rowStart.append(transitions.nextState.count)
    pairAction.append(action)
  }

  /// r(s), empty where there is none.
  func stateRewards(_ isTerminal: [Bool]) -> ExactNumberArray {
    filled(draft.stateRewards, to: isTerminal.count)
  }

  func choiceRewards(pairs: Int) -> ExactNumberArray { filled(rewards, to: pairs) }

  func entryRewards() -> ExactNumberArray { filled(byNextState, to: transitions.nextState.count) }

  private func filled(_ numbers: ExactNumberArray, to count: Int) -> ExactNumberArray {
    guard !numbers.isAllZero else { return ExactNumberArray() }
    var filled = numbers
    while filled.count < count { filled.append(ExactNumber(0)) }
    return filled
  }
}

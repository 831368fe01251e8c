internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// The columns of a document, filled pair by pair.
struct ModelTable {
  let draft: ModelDraft
  private(set) var pairStart: [Int] = []
  private(set) var pairAction: [Int32] = []
  private(set) var transitions = TransitionTable()
  private(set) var normalised: [String] = []
  private var rewards = ExactNumberArray()
  private var byNextState = ExactNumberArray()

  init(draft: ModelDraft, _ order: ModelDraft.Order, _ naming: ActionNaming, _ isTerminal: [Bool]) {
    self.draft = draft
    guard !order.isThatOfFile || naming.byLabel || isTerminal.contains(true) else {
      pairStart = order.start
      pairAction = draft.choices.map(\.number)
      takeAll()
      return
    }
    var choices: [Int] = []
    choices.reserveCapacity(draft.choices.count)
    pairStart.reserveCapacity(draft.stateCount + 1)
    for state in 0..<draft.stateCount {
      pairStart.append(choices.count)
      if !isTerminal[state] { naming.add(order.choices(of: state), to: &choices) }
    }
    pairStart.append(choices.count)
    pairAction = choices.map { naming.action(of: $0) }
    if choices.count == draft.choices.count, choices.indices.allSatisfy({ choices[$0] == $0 }) {
      takeAll()
    } else {
      reserveCapacity()
      for choice in choices { append(choice) }
    }
  }

  /// Takes the columns as the draft has them.
  private mutating func takeAll() {
    transitions.rowStart = draft.choiceStart
    transitions.nextState = draft.entries.index
    transitions.probability = draft.entries.number
    transitions.rowSum = draft.sums
    normalised = draft.sums.keys.sorted().map { draft.choices[$0].path }
    (rewards, byNextState) = (draft.choiceRewards, draft.entryRewards)
  }

  /// Makes room for all choices.
  private mutating func reserveCapacity() {
    transitions.rowStart.reserveCapacity(draft.choices.count + 1)
    transitions.nextState.reserveCapacity(draft.entries.count)
    transitions.probability.reserveCapacity(draft.entries.count)
  }

  /// Adds the next pair's columns.
  private mutating func append(_ choice: Int) {
    let pair = transitions.rowStart.count - 1
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

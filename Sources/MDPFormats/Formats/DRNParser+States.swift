internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// The states, each with its choices and their branches.
extension DRNParser {
  mutating func modelLine(_ line: inout TextLine) {
    let start = line.start
    guard let word = line.word() else { return }
    if word.equals("state") {
      endChoice()
      beginState(&line, at: start)
    } else if word.equals("action"), state >= 0 {
      endChoice()
      beginChoice(&line, at: start)
    } else if open != nil {
      branch(word, &line)
    } else {
      log.add(
        .syntax, at: start, path: place, "found \(word.excerpt); expected `state` or `action`")
    }
  }

  private var place: String { open?.path ?? "state \(max(state, 0))" }

  private mutating func beginState(_ line: inout TextLine, at start: Int) {
    let word = line.word()
    state += 1
    if word?.wholeNumber != state || state >= draft.stateCount {
      log.add(
        .value, at: word?.start ?? start, path: "state \(state)",
        "found state \(word?.excerpt ?? "without a number"); expected \(state), states in order"
          + (state >= draft.stateCount ? "; the head counts \(draft.stateCount)" : ""))
    }
    guard state < draft.stateCount else { return }
    if let reward = reward(&line) {
      draft.setReward(reward, state: state, at: start, "state \(state)")
    }
    while let label = line.quoted() ?? line.word() {
      switch label.text {
      case "init": isInitial[state] = true
      case "terminal":
        if draft.marked == nil {
          draft.marked = Array(repeating: false, count: draft.stateCount)
        }
        draft.marked?[state] = true
      default: break
      }
    }
  }

  /// `[1, 2]`: one reward of each reward model.
  mutating func reward(_ line: inout TextLine) -> ExactNumber? {
    guard line.accept("[") else { return nil }
    var reward: ExactNumber?
    var count = 0
    while !line.accept("]") {
      guard !line.isAtEnd() else {
        log.add(.syntax, at: line.start, path: place, "the line ends; expected `]`")
        return nil
      }
      let start = line.start
      let word = line.word(endingBefore: ",]")
      if rewardNames.isEmpty {
        // Older files write [0] where there are no rewards.
      } else if let number = numbers.number(word, log, at: start, path: place),
        count == chosenReward()
      {
        reward = number
      }
      count += 1
      _ = line.accept(",")
    }
    if count != rewardNames.count, !rewardNames.isEmpty {
      log.add(
        .value, at: line.start, path: place,
        "found \(count) rewards; expected \(rewardNames.count), one of each reward model")
    }
    return reward
  }

  private mutating func beginChoice(_ line: inout TextLine, at start: Int) {
    guard state < draft.stateCount else { return }
    guard let name = line.word() else {
      log.add(.syntax, at: line.start, path: place, "the line ends; expected the action's name")
      return
    }
    let number = choicesOfState
    choicesOfState += 1
    let choice = ModelDraft.Choice(
      state: Int32(state), number: Int32(number),
      label: name.equals("__NOLABEL__") ? -1 : draft.labels.number(of: name.text), offset: start)
    open = choice
    if let reward = reward(&line) {
      draft.setReward(reward, choice: draft.choices.count, at: start, choice.path)
    }
    if !line.isAtEnd() {
      log.add(
        .syntax, at: line.start, path: choice.path,
        "found \(line.rest().excerpt); expected the end of the line")
    }
  }

  private var choicesOfState: Int {
    get { stateOfCount == state ? choiceCount : 0 }
    set { (stateOfCount, choiceCount) = (state, newValue) }
  }

  /// `1 : 0.5`.
  private mutating func branch(_ word: TextWord, _ line: inout TextLine) {
    let path = place
    guard let target = word.wholeNumber else {
      log.add(
        .syntax, at: word.start, path: path,
        "found \(word.excerpt); expected a branch such as `1 : 0.5`, an action, or a state")
      return draft.doubt()
    }
    guard line.accept(":") else {
      log.add(.syntax, at: line.start, path: path, "expected `:` behind the next state")
      return draft.doubt()
    }
    let probability = numbers.number(line.word(), log, at: line.start, path: path)
    draft.add(to: target, probability: probability, at: word.start, path: path)
    if !line.isAtEnd() {
      log.add(
        .syntax, at: line.start, path: path,
        "found \(line.rest().excerpt); expected the end of the line")
    }
  }

  mutating func endChoice() {
    guard let choice = open else { return }
    draft.endChoice(choice)
    open = nil
  }
}

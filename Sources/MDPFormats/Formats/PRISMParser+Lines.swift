internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// The lines of each part.
extension PRISMParser {
  /// `s c t p [action]`, behind a head of three counts, or in Storm's dialect behind `mdp`.
  mutating func transition(_ line: inout TextLine) {
    guard header.isDone else {
      if isStorm {
        header = PRISMHeader(withoutCountsAt: line.start)
      } else {
        header.read(&line, 3, draft.log)
      }
      return
    }
    header.lines += 1
    let start = line.start
    let count = draft.stateCount
    guard
      let state = TextNumbers.index(
        line.word(), below: count, "state", draft.log, at: line.end, path: "transition"),
      let number = TextNumbers.index(
        line.word(), below: Int(Int32.max), "choice", draft.log, at: line.end,
        path: "state \(state)"),
      let target = TextNumbers.index(
        line.word(), below: count, "state", draft.log, at: line.end,
        path: "state \(state), choice \(number)")
    else { return draft.doubt() }
    if open?.state != Int32(state) || open?.number != Int32(number) {
      endChoice()
      open = ModelDraft.Choice(
        state: Int32(state), number: Int32(number), label: -1, offset: start)
    }
    let place = line.end
    let path = "state \(state), choice \(number)"
    let word = line.word()
    let probability = numbers.number(word, draft.log, at: place, path: path)
    draft.add(
      to: target, probability: probability, at: word?.start ?? place, path: path)
    if let label = line.word() { note(label, path) }
    requireEnd(&line, path)
  }

  /// The action of a choice stands on each of its lines, everywhere the same.
  private mutating func note(_ word: TextWord, _ path: String) {
    let label = draft.labels.number(of: word.text)
    guard let known = open?.label, known >= 0, known != label else {
      open?.label = label
      return
    }
    draft.log.add(
      .value, at: word.start, path: path,
      "action \(word.excerpt), but \(Excerpt.quoted(draft.labels.names[Int(known)])) on an earlier line "
        + "of the same choice; write one action")
  }

  /// `0="init" 1="goal"`, then `s: 0 1`; in Storm's dialect names between marks, then `s init goal`.
  mutating func label(_ line: inout TextLine) {
    if line.byte == UInt8(ascii: "#") {
      stormLabels = line.word()?.equals("#END") == true
      return
    }
    if let isBehindNames = stormLabels {
      guard isBehindNames else { return declareStormLabels(&line) }
      guard let state = labelledState(line.word(), line) else { return }
      while let word = line.word() { mark(state, word.text, word) }
      return
    }
    if labelOfNumber.isEmpty { return declareLabels(&line) }
    guard let state = labelledState(line.word(endingBefore: ":"), line) else { return }
    guard line.accept(":") else {
      draft.log.add(
        .syntax, at: line.start, path: "state \(state)", "expected `:` behind the state's number")
      return
    }
    while let word = line.word() {
      guard let number = word.wholeNumber, let name = labelOfNumber[number] else {
        draft.log.add(
          .value, at: word.start, path: "state \(state)",
          "found \(word.excerpt); expected the number of a label that the first line declares")
        continue
      }
      mark(state, name, word)
    }
  }

  private func labelledState(_ word: TextWord?, _ line: TextLine) -> Int? {
    TextNumbers.index(
      word, below: draft.stateCount, "state", draft.log, at: line.start, path: "labels")
  }

  private mutating func declareLabels(_ line: inout TextLine) {
    while !line.isAtEnd() {
      let place = line.start
      guard let number = line.word(endingBefore: "=")?.wholeNumber, line.accept("="),
        let name = line.quoted()?.text
      else {
        draft.log.add(
          .syntax, at: place, path: "labels", "expected labels as 0=\"init\" 1=\"goal\"")
        return
      }
      labelOfNumber[number] = name
      declare(name)
    }
  }

  private mutating func declareStormLabels(_ line: inout TextLine) {
    while let word = line.word() { declare(word.text) }
  }

  private mutating func declare(_ name: String) {
    if name == "init", isInitial == nil {
      isInitial = Array(repeating: false, count: draft.stateCount)
    }
    if name == "terminal", draft.marked == nil {
      draft.marked = Array(repeating: false, count: draft.stateCount)
    }
  }

  private mutating func mark(_ state: Int, _ name: String, _ word: TextWord) {
    switch name {
    case "init":
      declare(name)
      if isInitial?[state] == true {
        draft.log.add(
          .value, at: word.start, path: "state \(state)", "the state is labelled init twice")
      }
      isInitial?[state] = true
    case "terminal":
      declare(name)
      draft.marked?[state] = true
    default: break
    }
  }

  /// `(x,y)`, then `s:(1,2)`: names such as `x=1,y=2`.
  mutating func state(_ line: inout TextLine) {
    guard let variables else {
      variables = Self.list(line.rest().text)
      return
    }
    guard
      let state = TextNumbers.index(
        line.word(endingBefore: ":"), below: draft.stateCount, "state", draft.log, at: line.start,
        path: "states"),
      line.accept(":")
    else { return }
    let values = Self.list(line.rest().text)
    guard values.count == variables.count else {
      draft.log.add(
        .value, at: line.start, path: "state \(state)",
        "found \(values.count) values; expected \(variables.count), one of each variable")
      return
    }
    stateNames[state] = zip(variables, values).map { "\($0)=\($1)" }.joined(separator: ",")
  }

  private static func list(_ text: String) -> [String] {
    text.filter { $0 != "(" && $0 != ")" }.split(separator: ",").map(String.init)
  }

  /// `s r`.
  mutating func stateReward(_ line: inout TextLine) {
    header.lines += 1
    guard
      let state = TextNumbers.index(
        line.word(), below: draft.stateCount, "state", draft.log, at: line.end,
        path: "state rewards")
    else { return }
    let path = "state \(state)"
    let word = line.word()
    guard let reward = numbers.number(word, draft.log, at: line.end, path: path) else { return }
    requireEnd(&line, path)
    guard isWanted() else { return }
    draft.setReward(reward, state: state, at: word?.start ?? 0, path)
  }

  /// `s c t r`: r(s,a,s').
  mutating func transitionReward(_ line: inout TextLine) {
    header.lines += 1
    let start = line.start
    guard
      let state = TextNumbers.index(
        line.word(), below: draft.stateCount, "state", draft.log, at: line.end,
        path: "transition rewards"),
      let number = TextNumbers.index(
        line.word(), below: Int(Int32.max), "choice", draft.log, at: line.end,
        path: "state \(state)"),
      let target = TextNumbers.index(
        line.word(), below: draft.stateCount, "state", draft.log, at: line.end,
        path: "state \(state), choice \(number)")
    else { return }
    let path = "state \(state), choice \(number)"
    guard let reward = numbers.number(line.word(), draft.log, at: line.end, path: path) else {
      return
    }
    requireEnd(&line, path)
    guard isWanted() else { return }
    guard let choice = draft.choice(state: state, number: number),
      let entry = draft.entry(ofChoice: choice, to: target)
    else {
      draft.log.add(
        .value, at: start, path: path,
        "a reward for a transition to state \(target), which the choice has not; remove it")
      return
    }
    draft.setReward(reward, entry: entry, at: start, path)
  }

  private func requireEnd(_ line: inout TextLine, _ path: String) {
    guard !line.isAtEnd() else { return }
    draft.log.add(
      .syntax, at: line.start, path: path,
      "found \(line.rest().excerpt); expected the end of the line")
  }
}

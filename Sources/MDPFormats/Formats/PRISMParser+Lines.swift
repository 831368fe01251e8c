internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Transitions and the names of states.
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

  func requireEnd(_ line: inout TextLine, _ path: String) {
    guard !line.isAtEnd() else { return }
    draft.log.add(
      .syntax, at: line.start, path: path,
      "found \(line.rest().excerpt); expected the end of the line")
  }
}

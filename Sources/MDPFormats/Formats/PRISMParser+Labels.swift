internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Labels, in both dialects.
extension PRISMParser {
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
}

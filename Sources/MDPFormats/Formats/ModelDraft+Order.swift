internal import MDPCore
internal import MonotoneFiles

/// The choices of a draft by state and number.
extension ModelDraft {
  /// The choices by state and number.
  struct Order {
    /// Indices of choices.
    var sorted: [Int]
    /// Where each state's start.
    var start: [Int]

    func choices(of state: Int) -> ArraySlice<Int> { sorted[start[state]..<start[state + 1]] }
  }

  func order() -> Order {
    let key = { (choice: Int) in (choices[choice].state, choices[choice].number) }
    var sorted = Array(choices.indices)
    if !zip(sorted, sorted.dropFirst()).allSatisfy({ key($0) < key($1) }) {
      sorted.sort { key($0) == key($1) ? $0 < $1 : key($0) < key($1) }
      for (first, second) in zip(sorted, sorted.dropFirst()) where key(first) == key(second) {
        log.add(
          .value, at: choices[second].offset, path: choices[second].path,
          "the choice is given twice; its transitions must stand together, and once")
      }
    }
    var start = [Int](repeating: 0, count: stateCount + 1)
    for choice in choices { start[Int(choice.state) + 1] += 1 }
    for state in 0..<stateCount { start[state + 1] += start[state] }
    return Order(sorted: sorted, start: start)
  }
}

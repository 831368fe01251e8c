internal import MDPCore
internal import MonotoneFiles

/// The choices of a draft by state and number.
extension ModelDraft {
  /// The choices by state and number.
  struct Order {
    /// Indices of choices; nil where they came in order, as they nearly always do.
    fileprivate let sorted: [Int]?
    /// Where each state's start.
    let start: [Int]

    /// Whether choices came by ascending state and number.
    var isThatOfFile: Bool { sorted == nil }

    func choices(of state: Int) -> Choices {
      Choices(startIndex: start[state], endIndex: start[state + 1], sorted: sorted)
    }
  }

  /// The indices of a state's choices.
  struct Choices: RandomAccessCollection {
    let startIndex: Int
    let endIndex: Int
    fileprivate let sorted: [Int]?

    subscript(place: Int) -> Int { sorted.map { $0[place] } ?? place }
  }

  func order() -> Order {
    let key = { (choice: Int) in (choices[choice].state, choices[choice].number) }
    var sorted: [Int]?
    if !isOrdered {
      let order = choices.indices.sorted {
        key($0) == key($1) ? $0 < $1 : key($0) < key($1)
      }
      for (first, second) in zip(order, order.dropFirst()) where key(first) == key(second) {
        log.add(
          .value, at: choices[second].offset, path: choices[second].path,
          "the choice is given twice; its transitions must stand together, and once")
      }
      sorted = order
    }
    var start = [Int](repeating: 0, count: stateCount + 1)
    for choice in choices { start[Int(choice.state) + 1] += 1 }
    for state in 0..<stateCount { start[state + 1] += start[state] }
    return Order(sorted: sorted, start: start)
  }
}

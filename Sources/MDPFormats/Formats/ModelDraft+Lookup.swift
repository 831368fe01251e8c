/// Choices and entries by the numbers that a file calls them by.
extension ModelDraft {
  /// The choice of a state that has a number: by bisection where choices came in order, else by a table that
  /// is made when it is first needed.
  mutating func choice(state: Int, number: Int) -> Int? {
    let wanted = (Int32(state), Int32(number))
    guard isOrdered else {
      if choiceOfKey.isEmpty {
        for (index, choice) in choices.enumerated().reversed() {
          choiceOfKey[Self.key(choice.state, choice.number)] = index
        }
      }
      return choiceOfKey[Self.key(wanted.0, wanted.1)]
    }
    var (low, high) = (0, choices.count)
    while low < high {
      let middle = (low + high) / 2
      let choice = choices[middle]
      if (choice.state, choice.number) < wanted { low = middle + 1 } else { high = middle }
    }
    guard low < choices.count, (choices[low].state, choices[low].number) == wanted else {
      return nil
    }
    return low
  }

  private static func key(_ state: Int32, _ number: Int32) -> Int64 {
    Int64(state) << 32 | Int64(number)
  }

  /// The entry of a choice that leads to a state; nil if it does not.
  func entry(ofChoice choice: Int, to target: Int) -> Int? {
    entries.position(of: target, in: choiceStart[choice]..<choiceStart[choice + 1])
  }
}

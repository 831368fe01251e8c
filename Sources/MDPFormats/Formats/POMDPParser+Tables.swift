internal import MonotoneArithmetic
internal import MonotoneFiles

/// The entries T, O and R.
extension POMDPParser {
  /// The indices that a reference stands for.
  private func range(_ reference: Int?, _ names: Names) -> Range<Int> {
    reference.map { $0..<($0 + 1) } ?? 0..<names.count
  }

  /// `T: a : s : s' p`, `T: a : s` and a row, or `T: a` and a matrix; `O` alike.
  mutating func table(
    _ path: String, columns: Names, _ set: (inout POMDPParser, Int, [Int: ExactNumber]) -> Void
  ) {
    guard let action = reference(actions, path) else { return }
    let isTransition = path == "T"
    guard tokens.acceptColon() else {
      if let word = tokens.peek(), word.equals("identity") || word.equals("uniform") {
        _ = tokens.next()
        if word.equals("identity"), columns.count != states.count {
          log.add(
            .value, at: word.start, path: path,
            "found identity for states × observations of \(states.count) × \(columns.count); expected as many "
              + "of one as of the other, or the rows")
          return
        }
        for state in 0..<states.count {
          let row =
            word.equals("identity") ? [state: ExactNumber(1)] : uniform(columns.count)
          store(path, action, state, row, set)
        }
        return
      }
      for state in 0..<states.count {
        guard let row = row(columns.count, path) else { return }
        store(path, action, state, row, set)
      }
      return
    }
    guard let state = reference(states, path) else { return }
    if tokens.acceptColon() {
      guard let column = reference(columns, path), let value = number(path) else { return }
      for a in range(action, actions) {
        for s in range(state, states) {
          guard spend(range(column, columns).count, path) else { return }
          let place = a * states.count + s
          for target in range(column, columns) {
            if isTransition {
              transitions[place][target] = value
            } else {
              observed[place][target] = value
            }
          }
        }
      }
      return
    }
    let row: [Int: ExactNumber]
    if tokens.peek()?.equals("uniform") == true {
      _ = tokens.next()
      row = uniform(columns.count)
    } else {
      guard let read = self.row(columns.count, path) else { return }
      row = read
    }
    store(path, action, state, row, set)
  }

  private func uniform(_ count: Int) -> [Int: ExactNumber] {
    let share = ExactNumber(numerator: 1, denominator: count)
    return Dictionary(uniqueKeysWithValues: (0..<count).map { ($0, share) })
  }

  private mutating func row(_ count: Int, _ path: String) -> [Int: ExactNumber]? {
    var row: [Int: ExactNumber] = [:]
    for column in 0..<count {
      guard let value = number(path) else { return nil }
      if !value.isZero { row[column] = value }
    }
    return row
  }

  private mutating func store(
    _ path: String, _ action: Int?, _ state: Int?, _ row: [Int: ExactNumber],
    _ set: (inout POMDPParser, Int, [Int: ExactNumber]) -> Void
  ) {
    for a in range(action, actions) {
      for s in range(state, states) {
        guard spend(row.count, path) else { return }
        set(&self, a * states.count + s, row)
      }
    }
  }

  mutating func spend(_ count: Int, _ path: String) -> Bool {
    budget -= count + 1
    if budget < 0, log.isEmpty {
      log.add(
        .value, at: tokens.peek()?.start ?? tokens.end, path: path,
        "up to here, the file stands for more than 20 million numbers; use a sparse format")
    }
    return budget >= 0
  }

  /// `R: a : s : s' : o r`, without `o` where there are no observations, or with a row or matrix behind fewer.
  mutating func reward() {
    guard let action = reference(actions, "R"), tokens.acceptColon(),
      let state = reference(states, "R")
    else { return syntax("R") }
    guard tokens.acceptColon() else {
      // A matrix by next state and observation, or without observations a row by next state.
      for target in 0..<states.count {
        guard rewardRow(action, state, target) else { return }
      }
      return
    }
    guard let target = reference(states, "R") else { return }
    guard let observations else {
      if let value = number("R") {
        append(Reward(action: action, state: state, target: target, value: value))
      }
      return
    }
    guard tokens.acceptColon() else {
      _ = rewardRow(action, state, target)
      return
    }
    guard let observation = reference(observations, "R"), let value = number("R") else { return }
    append(
      Reward(
        action: action, state: state, target: target, observation: observation, value: value))
  }

  /// The rewards of a next state, one for each observation.
  private mutating func rewardRow(_ action: Int?, _ state: Int?, _ target: Int?) -> Bool {
    for observation in 0..<(observations?.count ?? 1) {
      guard let value = number("R") else { return false }
      append(
        Reward(
          action: action, state: state, target: target,
          observation: observations == nil ? nil : observation, value: value))
    }
    return true
  }

  private mutating func append(_ reward: Reward) {
    guard spend(1, "R") else { return }
    rewards.append(reward)
  }

  private mutating func syntax(_ path: String) {
    guard log.isEmpty else { return }
    log.add(
      .syntax, at: tokens.peek()?.start ?? tokens.end, path: path,
      "expected `:` and a state behind the action")
  }
}

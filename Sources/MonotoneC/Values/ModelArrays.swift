internal import MonotoneFiles

/// A model as arrays, on its way to the text of a model file.
///
/// Arrays have no reader of their own: what is wrong with them is found, and said with its path, where files are
/// read. Only shapes and numbers that no file could hold are looked at here.
struct ModelArrays {
  var name: String
  var discount: String
  var decimals: NumberArray.Decimals
  var stateCount: Int
  var actionCount: Int
  /// (S, A, S), or one number an entry.
  var transitions: NumberArray
  /// The next states of the entries; nil for dense transitions.
  var columns: NumberArray?
  /// Where the row of s·A + a begins.
  var rowStarts: NumberArray?
  var rewards: NumberArray?
  var initial: NumberArray?
  var terminal: NumberArray?
  var available: NumberArray?

  /// Which shape rewards have.
  enum RewardForm { case none, states, actions, nextStates, entries }

  var isSparse: Bool { columns != nil }

  var rewardForm: RewardForm {
    switch rewards?.shape {
    case nil: .none
    case [stateCount, actionCount]: .actions
    case [stateCount, actionCount, stateCount] where !isSparse: .nextStates
    case [transitions.count] where isSparse && transitions.count != stateCount: .entries
    case [stateCount]: .states
    default: .none
    }
  }

  /// Refuses arrays of the wrong shape, all of them at once.
  func requireShapes() throws(CallFailure) {
    let (s, a) = (stateCount, actionCount)
    var faults: [String] = []
    func require(_ array: NumberArray?, _ name: String, _ shapes: [[Int]]) {
      guard let array, !shapes.contains(array.shape) else { return }
      let expected = shapes.map { "(\($0.map(String.init).joined(separator: ", ")))" }
      faults.append(
        "\(name): found shape (\(array.shape.map(String.init).joined(separator: ", "))); expected "
          + expected.joined(separator: " or "))
    }
    if isSparse {
      require(transitions, "transitions", [[transitions.count]])
      require(columns, "columns", [[transitions.count]])
      require(rowStarts, "row_starts", [[s * a + 1]])
      require(rewards, "rewards", [[s], [s, a], [transitions.count]])
    } else {
      require(transitions, "transitions", [[s, a, s]])
      require(rewards, "rewards", [[s], [s, a], [s, a, s]])
    }
    require(initial, "initial", [[s]])
    require(terminal, "terminal", [[s]])
    require(available, "available", [[s, a]])
    if isSparse, rowStarts == nil { faults.append("row_starts: missing beside columns") }
    guard faults.isEmpty else { throw CallFailure(faults.joined(separator: "\n"), .badData) }
    try requireRows()
  }

  /// Refuses rows that do not ascend within the entries, and next states that are none.
  private func requireRows() throws(CallFailure) {
    guard let columns, let rowStarts else { return }
    var previous = 0
    for row in 0..<rowStarts.count {
      guard let start = rowStarts.whole(row), start >= previous, start <= transitions.count,
        row > 0 || start == 0, row < rowStarts.count - 1 || start == transitions.count
      else {
        throw CallFailure(
          "row_starts[\(row)]: found \(rowStarts.excerpt(row)); expected numbers from 0 to "
            + "\(transitions.count) that never fall", .badData)
      }
      previous = start
    }
    for entry in 0..<columns.count {
      guard let next = columns.whole(entry), (0..<stateCount).contains(next) else {
        throw CallFailure(
          "columns[\(entry)]: found \(columns.excerpt(entry)); expected a state from 0 to "
            + "\(stateCount - 1)", .badData)
      }
    }
  }

  /// The entries of a row.
  func entries(_ row: Int) -> Range<Int> {
    guard let rowStarts else { return row * stateCount..<(row + 1) * stateCount }
    return (rowStarts.whole(row) ?? 0)..<(rowStarts.whole(row + 1) ?? 0)
  }

  func isTerminal(_ state: Int) -> Bool {
    if let terminal { return !terminal.isZero(state) }
    return (0..<actionCount).allSatisfy { !isAvailable(state, $0) }
  }

  func isAvailable(_ state: Int, _ action: Int) -> Bool {
    let row = state * actionCount + action
    if let available { return !available.isZero(row) }
    return !entries(row).allSatisfy { transitions.isZero($0) }
  }
}

internal import MDPCore
internal import MonotoneFiles

/// Decodes a `.npy` array of shape (rows, 3 to 5) as a batch.
struct NPYBatchDecoder {
  let input: InputBytes
  let space: StateActionSpace
  let log: FaultLog

  private enum Column: Int {
    case state, action, advantage, weight, trajectory
  }

  /// The columns; they are a batch if no fault was found.
  func decode() -> BatchColumns? {
    guard
      let array = NPYArray(
        input, expecting: "(rows, 3 to 5): state, action, advantage, weight, trajectory", log,
        isShape: { $0[0] > 0 && (3...5).contains($0[1]) })
    else { return nil }
    var columns = BatchColumns()
    for row in 0..<array.rowCount {
      if let state = state(row, of: array), let pair = pair(row, in: state, of: array) {
        columns.states.append(state)
        columns.pairs.append(pair)
      }
      columns.advantages.append(number(row, .advantage, of: array))
      if array.columnCount > Column.weight.rawValue {
        columns.weights.append(weight(row, of: array))
      }
      if array.columnCount > Column.trajectory.rawValue {
        let number = whole(
          row, .trajectory, below: BatchColumns.trajectoryLimit, of: array,
          expecting: "the number of a trajectory, whole and 0 or more")
        columns.trajectories.append(number ?? 0)
      }
    }
    if let fault = columns.weightFault {
      log.add(
        .value, at: array.offset(0, Column.weight.rawValue),
        path: "$[0][\(Column.weight.rawValue)]",
        fault)
    }
    return columns
  }

  private func fault(
    _ row: Int, _ column: Column, of array: NPYArray, _ message: @autoclosure () -> String
  ) {
    log.add(
      .value, at: array.offset(row, column.rawValue), path: "$[\(row)][\(column.rawValue)]",
      message())
  }

  private func state(_ row: Int, of array: NPYArray) -> Int? {
    guard
      let state = whole(
        row, .state, below: space.stateCount, of: array,
        expecting: "a state, 0 to \(space.stateCount - 1)")
    else { return nil }
    guard space.isTerminal[state] else { return state }
    fault(
      row, .state, of: array,
      "state \(Excerpt.quoted(space.states[state])) is terminal, where no action is taken; leave "
        + "the row out")
    return nil
  }

  private func pair(_ row: Int, in state: Int, of array: NPYArray) -> Int? {
    guard
      let action = whole(
        row, .action, below: space.actions.count, of: array,
        expecting: "an action, 0 to \(space.actions.count - 1)")
    else { return nil }
    if let pair = space.pair(state: state, action: action) { return pair }
    fault(
      row, .action, of: array,
      "action \(Excerpt.quoted(space.actions[action])) is not available in state "
        + Excerpt.quoted(space.states[state]))
    return nil
  }

  private func whole(
    _ row: Int, _ column: Column, below limit: Int, of array: NPYArray,
    expecting expected: @autoclosure () -> String
  ) -> Int? {
    let value = array[row, column.rawValue]
    if let number = Int(exactly: value), number >= 0, number < limit { return number }
    fault(row, column, of: array, "found \(value); expected \(expected())")
    return nil
  }

  private func number(_ row: Int, _ column: Column, of array: NPYArray) -> Double {
    let value = array[row, column.rawValue]
    if value.isFinite { return value }
    fault(row, column, of: array, "found \(value); expected a finite number")
    return .nan
  }

  private func weight(_ row: Int, of array: NPYArray) -> Double {
    let value = number(row, .weight, of: array)
    guard value < 0 else { return value }
    fault(row, .weight, of: array, "found \(value); a weight must not be negative")
    return .nan
  }
}

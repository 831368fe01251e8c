internal import Arithmetic
internal import MDPCore

/// Decodes a `.npy` array of shape (states, actions) as a policy.
struct NPYPolicyDecoder {
  let input: InputBytes
  /// Nil for a policy that is only checked, without its model.
  let space: StateActionSpace?
  let log: FaultLog

  func decode(_ builder: inout PolicyBuilder) {
    let expected = space.map { "(\($0.stateCount), \($0.actions.count))" } ?? "(states, actions)"
    guard
      let array = NPYArray(
        input, expecting: expected, log,
        isShape: { shape in space.map { shape == [$0.stateCount, $0.actions.count] } ?? true })
    else { return }
    for state in 0..<array.rowCount {
      if let space, space.isTerminal[state] {
        terminalRow(state, of: array)
      } else {
        liveRow(state, of: array, &builder)
      }
    }
  }

  private func path(_ state: Int, _ action: Int) -> String { "$[\(state)][\(action)]" }

  /// The place in words, where the model tells it.
  private func place(_ state: Int, _ action: Int) -> String {
    guard let space else { return "action \(action) in state \(state)" }
    return "action \(Excerpt.quoted(space.actions[action])) in state "
      + Excerpt.quoted(space.states[state])
  }

  private func terminalRow(_ state: Int, of array: NPYArray) {
    for action in 0..<array.columnCount {
      let value = array[state, action]
      guard value != 0, !value.isNaN else { continue }
      log.add(
        .value, at: array.offset(state, action), path: path(state, action),
        "\(value) for \(place(state, action)), which is terminal; write 0 or NaN")
    }
  }

  private func liveRow(_ state: Int, of array: NPYArray, _ builder: inout PolicyBuilder) {
    var sum = Rational(0)
    var isSound = true
    for action in 0..<array.columnCount {
      let value = array[state, action]
      guard value.isFinite, value >= 0 else {
        // Without the model, a row of NaN may well be a terminal state's.
        if space == nil, (0..<array.columnCount).allSatisfy({ array[state, $0].isNaN }) { return }
        log.add(
          .value, at: array.offset(state, action), path: path(state, action),
          "\(value) for \(place(state, action)); a probability is a finite number, 0 or more")
        isSound = false
        continue
      }
      guard value > 0 else { continue }
      let probability = Rational(value)
      sum += probability
      guard let space else { continue }
      if let pair = space.pair(state: state, action: action) {
        builder.set(probability, pair: pair)
      } else {
        log.add(
          .value, at: array.offset(state, action), path: path(state, action),
          "\(value) for \(place(state, action)), which is not available; it must be 0")
      }
    }
    guard isSound, sum != Rational(1), space != nil || !sum.isExactlyZero else { return }
    guard (sum - Rational(1)).magnitude <= array.type.tolerance(array.columnCount) else {
      log.add(
        .value, at: array.offset(state, 0), path: "$[\(state)]",
        "the probabilities sum to about \(sum.doubleValue), not to 1; correct them")
      return
    }
    builder.divide(state, by: sum, path: "$[\(state)]")
  }
}

internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Decodes a `.npy` array of shape (states, actions) as a policy, or one of shape (policies, states,
/// actions) as several.
struct NPYPolicyDecoder {
  let input: InputBytes
  /// Nil for a policy that is only checked, without its model.
  let space: StateActionSpace?
  let tolerance: RowTolerance
  let log: FaultLog

  /// Decodes the only policy.
  func decode(_ builder: inout PolicyBuilder) {
    let expected = space.map { "(\($0.stateCount), \($0.actions.count))" } ?? "(states, actions)"
    guard
      let array = NPYArray(
        input,
        expecting: PolicyStack.isPresent(in: input) ? expected + PolicyStack.advice : expected,
        log,
        isShape: { isShape($0[...]) })
    else { return }
    decode(array, path: "$", &builder)
  }

  /// The array of several policies; nil, with a fault, if it is none.
  func stack() -> NPYArray? {
    let expected =
      space.map { "(policies, \($0.stateCount), \($0.actions.count))" }
      ?? "(policies, states, actions)"
    return NPYArray(
      input, expecting: expected + ", of one policy at least", dimensions: 3, log,
      isShape: { $0[0] > 0 && isShape($0.dropFirst()) })
  }

  /// Whether two lengths are those of a policy.
  private func isShape(_ lengths: ArraySlice<Int>) -> Bool {
    space.map { lengths == [$0.stateCount, $0.actions.count] } ?? lengths.allSatisfy { $0 > 0 }
  }

  /// Decodes the policy of a plane.
  func decode(_ array: NPYArray, path: String, _ builder: inout PolicyBuilder) {
    for state in 0..<array.rowCount {
      let path = "\(path)[\(state)]"
      if let space, space.isTerminal[state] {
        terminalRow(state, of: array, path)
      } else {
        liveRow(state, of: array, path, &builder)
      }
    }
  }

  /// The place in words, where the model tells it.
  private func place(_ state: Int, _ action: Int) -> String {
    guard let space else { return "action \(action) in state \(state)" }
    return "action \(Excerpt.quoted(space.actions[action])) in state "
      + Excerpt.quoted(space.states[state])
  }

  /// Anything finite: no action is taken there.
  private func terminalRow(_ state: Int, of array: NPYArray, _ path: String) {
    for action in 0..<array.columnCount {
      let value = array[state, action]
      guard !value.isFinite else { continue }
      log.add(
        .value, at: array.offset(state, action), path: "\(path)[\(action)]",
        "\(value) for \(place(state, action)), which is terminal; write a finite number, such as 0")
    }
  }

  private func liveRow(
    _ state: Int, of array: NPYArray, _ path: String, _ builder: inout PolicyBuilder
  ) {
    var sum = Rational(0)
    var isSound = true
    for action in 0..<array.columnCount {
      let value = array[state, action]
      guard value.isFinite, value >= 0 else {
        log.add(
          .value, at: array.offset(state, action), path: "\(path)[\(action)]",
          "\(value) for \(place(state, action)); a probability is a finite number, 0 or more")
        isSound = false
        continue
      }
      guard value > 0 else { continue }
      let probability = Rational(finite: value)
      sum += probability
      guard let space else { continue }
      if let pair = space.pair(state: state, action: action) {
        builder.set(probability, pair: pair)
      } else {
        log.add(
          .value, at: array.offset(state, action), path: "\(path)[\(action)]",
          "\(value) for \(place(state, action)), which is not available; it must be 0")
      }
    }
    guard isSound, sum != Rational(1), space != nil || !sum.isExactlyZero else { return }
    let limit = tolerance.ofPolicies(
      array.columnCount,
      precision: array.type.size == 4 ? .float32 : tolerance.precision)
    guard (sum - Rational(1)).magnitude <= limit.rational else {
      log.add(
        .value, at: array.offset(state, 0), path: path,
        RowTolerance.message(sum: ExactNumber(sum), tolerance: limit, isBinary: true))
      return
    }
    builder.divide(state, by: sum, path: path)
  }
}

internal import Arithmetic
internal import MDPCore

/// Decodes a `.npy` array of shape (states, actions) as a policy.
struct NPYPolicyDecoder {
  let input: InputBytes
  /// Nil for a policy that is only checked, without its model.
  let space: StateActionSpace?
  let log: FaultLog

  func decode(_ builder: inout PolicyBuilder) {
    let header: NPYHeader
    do throws(NPYHeader.Failure) {
      header = try NPYHeader(input)
    } catch {
      log.add(.syntax, at: error.offset, path: JSONPath.root, error.message)
      return
    }
    guard let array = array(header) else { return }
    for state in 0..<array.rowCount {
      if let space, space.isTerminal[state] {
        terminalRow(state, of: array)
      } else {
        liveRow(state, of: array, &builder)
      }
    }
  }

  /// The array, if its type, shape and length are right; if not, that is a fault.
  private func array(_ header: NPYHeader) -> NPYArray? {
    guard let type = NPYArray.Element(rawValue: header.type) else {
      log.add(
        .schema, at: 0, path: JSONPath.root,
        "numbers of type \(Excerpt.quoted(header.type)); save them as float64 (<f8) or float32 (<f4)"
      )
      return nil
    }
    let expected = space.map { "(\($0.stateCount), \($0.actions.count))" } ?? "(states, actions)"
    guard
      header.shape.count == 2,
      space.map({ header.shape == [$0.stateCount, $0.actions.count] }) ?? true
    else {
      let shape = header.shape.map(String.init).joined(separator: ", ")
      log.add(
        .schema, at: 0, path: JSONPath.root, "an array of shape (\(shape)); expected \(expected)")
      return nil
    }
    let (count, overflow) = header.shape[0].multipliedReportingOverflow(by: header.shape[1])
    let found = (input.count - header.dataOffset) / type.size
    guard !overflow, found == count, (input.count - header.dataOffset) % type.size == 0 else {
      log.add(
        .syntax, at: input.count, path: JSONPath.root,
        "\(input.count - header.dataOffset) bytes of numbers; the shape needs "
          + "\(overflow ? "far more" : String(count) + " × \(type.size)")")
      return nil
    }
    return NPYArray(input: input, header: header, type: type)
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

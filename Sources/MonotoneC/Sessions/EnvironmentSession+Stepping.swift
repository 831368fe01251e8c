internal import MonotoneFiles
internal import NeuralTRPO

extension EnvironmentSession {
  /// The states that the environments are in, with what is seen of them.
  func states() throws -> Reply {
    try withEnvironment { environment in Reply(arrays: present(environment)) { "{}" } }
  }

  /// Starts every environment anew: from its own chance, or from states that are given.
  func restart(_ states: NumberArray?) throws -> Reply {
    let values = try states.map { try rows($0, "states") }
    return try withEnvironment { environment in
      environment.restart()
      if let values {
        var saved = environment.saved
        let width = values.count / saved.count
        for index in saved.indices {
          saved[index].state = Array(values[index * width..<(index + 1) * width])
        }
        do throws(SavedEnvironment.Fault) { try environment.restore(saved) } catch {
          throw CallFailure("states: \(error)", .badData)
        }
      }
      return Reply(arrays: present(environment)) { "{}" }
    }
  }

  /// Moves every environment on by an action; where an episode ends, the next begins.
  func step(_ actions: NumberArray) throws -> Reply {
    let values = try rows(actions, "actions", width: actionWidth)
    return try withEnvironment { environment in
      try require(values, in: environment)
      let steps = environment.steps
      steps.actions.update(from: values, count: values.count)
      environment.step()
      steps.finished = []
      let (count, width) = (steps.count, steps.observationWidth)
      var next = Array(UnsafeBufferPointer(start: steps.observations, count: count * width))
      for index in 0..<count where steps.ends[index] != .none {
        for column in index * width..<(index + 1) * width {
          next[column] = steps.finalObservations[column]
        }
      }
      let outcome: [Reply.Output] = [
        .init(
          name: "rewards", shape: [count],
          elements: .float64(Array(UnsafeBufferPointer(start: steps.rewards, count: count)))),
        .init(
          name: "ends", shape: [count],
          elements: .int8((0..<count).map { Int8(truncatingIfNeeded: steps.ends[$0].rawValue) })),
        .init(name: "nextObservations", shape: [count, width], elements: .float64(next)),
      ]
      return Reply(arrays: outcome + present(environment)) { "{}" }
    }
  }

  private func present(_ environment: any VectorEnvironment) -> [Reply.Output] {
    let (steps, saved) = (environment.steps, environment.saved)
    let observations = UnsafeBufferPointer(
      start: steps.observations, count: steps.count * steps.observationWidth)
    return [
      .init(
        name: "observations", shape: [steps.count, steps.observationWidth],
        elements: .float64(Array(observations))),
      .init(
        name: "states", shape: [saved.count, saved[0].state.count],
        elements: .float64(saved.flatMap(\.state))),
      .init(
        name: "times", shape: [saved.count],
        elements: .int32(saved.map { Int32(clamping: $0.time) })),
    ]
  }

  /// The numbers of an array that has a row for each environment.
  ///
  /// - Parameter width: Of the rows; nil for any.
  private func rows(
    _ array: NumberArray, _ name: String, width: Int? = nil
  ) throws(CallFailure) -> [Double] {
    guard array.shape == [count, width ?? array.shape.last ?? 0] else {
      let found = array.shape.map(String.init).joined(separator: ", ")
      let expected = width.map(String.init) ?? "numbers of a state"
      throw CallFailure(
        "\(name): found shape (\(found)); expected (\(count), \(expected)), a row for each environment",
        .badData)
    }
    return try array.finite(named: name)
  }

  /// Refuses choices that there are none of.
  private func require(
    _ actions: [Double], in environment: any VectorEnvironment
  ) throws(CallFailure) {
    guard case .discrete(let choices) = environment.actionSpace else { return }
    let masks = environment.steps.masks
    let isMasked = environment.steps.choiceCount > 0
    let total = choices.reduce(0, +)
    for (place, action) in actions.enumerated() {
      let (row, factor) = (place / choices.count, place % choices.count)
      guard let choice = Int(exactly: action), choice >= 0, choice < choices[factor] else {
        throw CallFailure(
          "actions[\(row)]: found \(action); expected a choice from 0 to \(choices[factor] - 1)",
          .badData)
      }
      let before = choices[..<factor].reduce(0, +)
      guard !isMasked || masks[row * total + before + choice] else {
        throw CallFailure(
          "actions[\(row)]: found \(choice), which is not available in the state", .badData)
      }
    }
  }
}

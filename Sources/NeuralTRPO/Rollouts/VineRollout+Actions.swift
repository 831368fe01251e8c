internal import MonotoneProbability
internal import RealModule

extension VineRollout {
  /// Draws, or lists, the actions that are tried in each state.
  ///
  /// - Parameters:
  ///   - actor: The policy's workspace.
  ///   - count: How many are drawn.
  mutating func chooseActions(
    _ actor: PolicyActor<Number>, _ parameters: [Number], count: Int, seed: UInt64, batch: Int
  ) {
    switch choice {
    case .policy:
      states = (0..<stateCount).flatMap { repeatElement($0, count: count) }
      actions = [Number](repeating: 0, count: branchCount * actionWidth)
    case .uniform:
      states = (0..<stateCount).flatMap { repeatElement($0, count: count) }
      for branch in states.indices {
        var stream = RandomStream(seed: seed, stream: VineStream.action.number(batch, branch))
        for choices in available(states[branch], actor.head) {
          actions.append(Number(choices[stream.integer(below: choices.count)]))
        }
      }
    case .every:
      for state in 0..<stateCount {
        let all = available(state, actor.head).reduce([[]]) { starts, choices in
          starts.flatMap { start in choices.map { start + [$0] } }
        }
        for action in all {
          states.append(state)
          actions += action.map { Number($0) }
        }
      }
    }
    for start in stride(from: 0, to: branchCount, by: actor.capacity) {
      weigh(
        start..<min(start + actor.capacity, branchCount), actor, parameters, seed: seed,
        batch: batch)
    }
    importance =
      choice == .uniform
      ? states.indices.map { branch in
        available(states[branch], actor.head).reduce(probabilities[branch]) {
          $0 * Double($1.count)
        }
      } : [Double](repeating: 1, count: branchCount)
  }

  /// Finds the probabilities of some branches' actions, which are drawn first where the policy does.
  private mutating func weigh(
    _ branches: Range<Int>, _ actor: PolicyActor<Number>, _ parameters: [Number], seed: UInt64,
    batch: Int
  ) {
    let outputs = masks.count / stateCount
    var mask: [Bool] = []
    for (row, branch) in branches.enumerated() {
      for column in 0..<observationWidth {
        actor.observations[row * observationWidth + column] =
          observations[states[branch] * observationWidth + column]
      }
      mask += masks[(states[branch] * outputs)..<((states[branch] + 1) * outputs)]
    }
    mask.withUnsafeBufferPointer { mask in
      let mask = mask.isEmpty ? nil : mask.baseAddress
      actions.withUnsafeMutableBufferPointer { actions in
        guard let base = actions.baseAddress else { return }
        let start = base + branches.lowerBound * actionWidth
        if choice == .policy {
          var streams = branches.map {
            RandomStream(seed: seed, stream: VineStream.action.number(batch, $0))
          }
          actor.act(
            rows: branches.count, mask: mask, parameters: parameters, streams: &streams,
            into: start)
        }
        probabilities += actor.logProbabilities(
          of: start, rows: branches.count, mask: mask, parameters: parameters
        ).map { Double.exp(Double($0)) }
      }
    }
  }

  /// The available choices of each factor in a state.
  private func available(_ state: Int, _ head: any PolicyHead) -> [[Int]] {
    guard let choices = head.choices else {
      preconditionFailure("\(choice) action of a head without choices")
    }
    var place = state * head.outputs
    return choices.map { count in
      defer { place += count }
      return (0..<count).filter { masks.isEmpty || masks[place + $0] }
    }
  }
}

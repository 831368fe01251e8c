internal import MDPCore
internal import NeuralTRPO

/// The scores of all actions along one direction, v·∇ln π(a|s) by pair: what is needed of gradients whose
/// projection on v is all that matters.
struct ScoreTable {
  private let scores: [Double]
  private let space: StateActionSpace

  init(_ policy: NetworkPolicy, along direction: [Double]) {
    let states = policy.states
    let (space, choices) = (states.space, states.space.actions.count)
    var scores = [Double](repeating: 0, count: space.pairCount)
    let batch = PolicyBatch<Double>(shape: policy.shape, head: policy.head, capacity: 1)
    for (row, state) in space.liveStates.enumerated() {
      for pair in space.pairs(of: state) {
        batch.load(
          observations: Array(
            states.observations[row * states.width..<(row + 1) * states.width]),
          actions: [Double(space.pairAction[pair])], advantages: [1], weights: [1],
          mask: states.masks.isEmpty
            ? [] : Array(states.masks[row * choices..<(row + 1) * choices]),
          parameters: policy.parameters)
        scores[pair] = Vectors.dot(direction, batch.gradient())
      }
    }
    self.scores = scores
    self.space = space
  }

  /// The score of an action in a state.
  func score(_ state: Int, _ action: Double) -> Double {
    guard let pair = space.pair(state: state, action: Int(action)) else {
      preconditionFailure("action \(action) is not available in state \(state)")
    }
    return scores[pair]
  }
}

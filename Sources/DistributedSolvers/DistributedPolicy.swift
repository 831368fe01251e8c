#if Distributed
  internal import MDPFormats

  /// A policy in the states of one process.
  package enum DistributedPolicy: Sendable {
    /// Every action of a state as likely as the others.
    case uniform
    /// One action of each state, by its place among those of the state.
    case deterministic([Int32])
    /// π(a|s) of each pair is its weight over the exact sum of the state's weights.
    case weights([Double])

    /// The weight of a pair, which is not negative.
    ///
    /// - Parameter place: The place of the pair among those of its state.
    @inline(__always)
    func weight(state: Int, place: Int, pair: Int) -> Double {
      switch self {
      case .uniform: 1
      case .deterministic(let choices): choices[state] == Int32(place) ? 1 : 0
      case .weights(let weights): weights[pair]
      }
    }
  }
#endif

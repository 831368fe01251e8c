internal import MDPCore

/// From which states paths to the end of the process lead.
///
/// **Theorem.** Under a policy on finitely many states the process ends with probability 1, from every
/// state and after a finite expected number of steps, if and only if from every state some path of
/// positive probability leads to a terminal state.
///
/// *Proof.* If so, there are n and p > 0 such that from every state the process ends within n steps with
/// probability at least p. It then lasts longer than kn steps with probability at most (1 − p)^k, which
/// is summable. The converse is clear. ∎
///
/// Which probabilities are zero decides, and so it is decided exactly. Complexity: O(stored transitions).
struct PathEnds {
  /// The number of steps of the shortest path from each state to a terminal one; nil where there is none.
  let distance: [Int?]

  /// The paths through those pairs that may be taken.
  init(_ document: MDPDocument, taking isTaken: (_ pair: Int) -> Bool) {
    let (space, table) = (document.space, document.transitions)
    var predecessors = [[Int32]](repeating: [], count: space.stateCount)
    for state in space.liveStates {
      for pair in space.pairs(of: state) where isTaken(pair) {
        for entry in table.rowStart[pair]..<table.rowStart[pair + 1] {
          predecessors[Int(table.nextState[entry])].append(Int32(state))
        }
      }
    }
    var distance: [Int?] = space.isTerminal.map { $0 ? 0 : nil }
    var frontier = space.isTerminal.indices.filter { space.isTerminal[$0] }
    var steps = 0
    while !frontier.isEmpty {
      steps += 1
      var next: [Int] = []
      for state in frontier {
        for predecessor in predecessors[state] where distance[Int(predecessor)] == nil {
          distance[Int(predecessor)] = steps
          next.append(Int(predecessor))
        }
      }
      frontier = next
    }
    self.distance = distance
  }

  /// The first state without a path to the end; nil if there is none.
  var endlessState: Int? { distance.firstIndex { $0 == nil } }
}

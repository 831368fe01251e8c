public import MDPCore

extension PolicyEvaluator {
  /// A state from which, without discounting, a policy never reaches the end; nil if there is none, and
  /// for γ < 1, where that does not matter.
  public func endlessState(of policy: ExactPolicy) -> String? {
    guard document.isUndiscounted else { return nil }
    return PathEnds(document) { !policy[$0].isExactlyZero }.endlessState.map { space.states[$0] }
  }

  /// Refuses a policy whose values do not exist: one that, without discounting, may go on for ever.
  ///
  /// - Parameter name: What to call the policy.
  /// - Throws: ``EvaluationFailure/endless(_:)``, naming a state from which the end is never reached.
  public func requireEnding(
    _ policy: ExactPolicy, named name: String? = nil
  ) throws(EvaluationFailure) {
    if let state = endlessState(of: policy) { throw .endless(.policy(name, state: state)) }
  }

  /// A deterministic policy that has values: it takes the first action of each state; for γ = 1 the first
  /// of those by which the end may come a step nearer, so that every path ends.
  ///
  /// - Throws: ``EvaluationFailure/endless(_:)``, naming a state from which no policy ends.
  func startingPolicy() throws(EvaluationFailure) -> ExactPolicy {
    guard document.isUndiscounted else {
      return .deterministic(space) { space.pairs(of: $0).lowerBound }
    }
    let ends = PathEnds(document) { _ in true }
    if let state = ends.endlessState {
      throw .endless(.everyPolicy(state: space.states[state]))
    }
    let table = document.transitions
    return .deterministic(space) { state in
      let pairs = space.pairs(of: state)
      return pairs.first { pair in
        (table.rowStart[pair]..<table.rowStart[pair + 1]).contains {
          (ends.distance[Int(table.nextState[$0])] ?? 0) + 1 == ends.distance[state]
        }
      } ?? pairs.lowerBound
    }
  }
}

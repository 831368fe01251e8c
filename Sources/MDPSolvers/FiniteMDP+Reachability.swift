public import MonotoneArithmetic
public import MonotoneLinearAlgebra
public import MDPCore

extension FiniteMDP {
  /// Whether ρ_π(s) > 0, by state: whether π ever gets from a state of ρ₀'s support to s. Without
  /// discounting ρ counts live states only.
  ///
  /// Decided by which probabilities are zero, hence exactly in every arithmetic, where a computed
  /// ρ(s) only comes within an error of zero. Without a future (γ = 0) only ρ₀'s support counts.
  ///
  /// Complexity: O(stored transitions); less where everything is soon reached.
  @inlinable func visitedStates(under policy: TabularPolicy<Number>) -> [Bool] {
    var isVisited = initial.map { !$0.isExactlyZero }
    guard !discount.isExactlyZero else { return isVisited }
    var frontier = isVisited.indices.filter { isVisited[$0] }
    var unvisited = isVisited.count - frontier.count
    while unvisited > 0, let state = frontier.popLast() {
      for pair in space.pairs(of: state) where !policy[pair].isExactlyZero {
        for entry in transitions.entries(ofRow: pair) {
          let next = Int(transitions.columns[entry])
          guard !isVisited[next], !transitions.values[entry].isExactlyZero else { continue }
          isVisited[next] = true
          unvisited -= 1
          frontier.append(next)
        }
      }
    }
    guard isUndiscounted else { return isVisited }
    return isVisited.indices.map { isVisited[$0] && !space.isTerminal[$0] }
  }
}

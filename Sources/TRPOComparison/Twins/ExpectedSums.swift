/// Expectations of sums over the rows of a batch.
///
/// With w = 1 or γᵗ by row, as the weighting says; an estimate divides them by the number of rows or of
/// episodes begun.
package struct ExpectedSums: Sendable {
  /// E Σ w [s_t = s] by state.
  package internal(set) var visits: [Double]
  /// By pair: E Σ w [s_t = s] E(Â_t | s_t = s, a_t = a), so π(a|s) times this is E Σ w [s_t = s, a_t = a] Â_t.
  package internal(set) var returns: [Double]
  /// E of the number of rows.
  package internal(set) var rows = 0.0
  /// E of the number of episodes begun.
  package internal(set) var begun = 0.0

  init(states: Int, pairs: Int) {
    visits = [Double](repeating: 0, count: states)
    returns = [Double](repeating: 0, count: pairs)
  }

  mutating func add(_ other: ExpectedSums, times factor: Double) {
    for index in visits.indices { visits[index] += factor * other.visits[index] }
    for index in returns.indices { returns[index] += factor * other.returns[index] }
    rows += factor * other.rows
  }
}

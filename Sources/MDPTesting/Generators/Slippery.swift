public import MonotoneArithmetic
public import MDPCore

/// Models in which every action now and then goes astray.
public enum Slippery {
  /// The model in which, with a small probability, the next state is any state at random instead:
  /// (1 − p) P(s'|s,a) + p/|S|. Of a deterministic model, a near-deterministic one.
  ///
  /// - Precondition: 0 < p < 1, and the rows of the model sum to 1 as they are written.
  public static func make(_ document: MDPDocument, slip: Rational) -> MDPDocument {
    precondition(
      slip.signum > 0 && slip < Rational(1), "a probability of \(slip) is not within (0, 1)")
    precondition(
      document.transitions.rowSum.isEmpty && document.transitionRewards.isEmpty,
      "\(document.name) has rows to normalise or rewards by next state")
    let table = document.transitions
    let count = document.space.stateCount
    let share = slip / Rational(count)
    var slippery = TransitionTable()
    for pair in 0..<document.space.pairCount {
      var row = [Rational](repeating: share, count: count)
      for entry in table.rowStart[pair]..<table.rowStart[pair + 1] {
        row[Int(table.nextState[entry])] += (Rational(1) - slip) * table.probability[entry].rational
      }
      for (next, probability) in row.enumerated() {
        slippery.nextState.append(Int32(next))
        slippery.probability.append(ExactNumber(probability))
      }
      slippery.rowStart.append(slippery.nextState.count)
    }
    var result = document
    result.name = "\(document.name)-slippery"
    result.transitions = slippery
    return result
  }
}

package import MonotoneArithmetic
package import MDPCore

/// By how much each action falls short of the best in its state: max_b Q(s,b) − Q(s,a) ≥ 0.
///
/// All that choosing between actions needs to know, in units that fit each state: a gap is
/// `values[pair]` · 2^`exponents[state]`, the largest of a state near 1, and exactly 0 at the best
/// actions. Nothing of a reward that all actions share, or of another state's size, is left in them.
/// Advantages follow: A(s,a) = Σ_b π(b|s) gap(s,b) − gap(s,a).
///
/// Actions that the evaluation cannot tell from the best have gap 0, too.
package struct ActionGaps: Sendable {
  /// States, actions and available pairs.
  package let space: StateActionSpace
  /// The gap of each pair in its state's unit: in [0, 2].
  package private(set) var values: [Double]
  /// By state, the power of two that is the unit of its gaps; nil where all actions are level.
  package private(set) var exponents: [Int?]
  /// By state, a bound on the error of its gaps in its unit, beyond their rounding to float64.
  package private(set) var errors: [Double]
  /// By state, whether the actions of gap 0 are known to be the best.
  package private(set) var isDecided: [Bool]

  /// The gaps by an evaluation.
  ///
  /// Complexity: O(pairs).
  @_specialize(where Number == TrackedDouble)
  package init<Number: Scalar>(_ evaluation: PolicyEvaluation<Number>) {
    space = evaluation.mdp.space
    values = [Double](repeating: 0, count: space.pairCount)
    exponents = [Int?](repeating: nil, count: space.stateCount)
    errors = [Double](repeating: 0, count: space.stateCount)
    isDecided = [Bool](repeating: true, count: space.stateCount)
    for state in space.liveStates { study(state, evaluation) }
  }

  private mutating func study<Number: Scalar>(
    _ state: Int, _ evaluation: PolicyEvaluation<Number>
  ) {
    let pairs = space.pairs(of: state)
    let best = LargestPairs(pairs) { evaluation.actionValues[$0] }
    isDecided[state] = best.isDecided
    guard let leader = best.leader else { return }
    let ties = Set(best.ties)
    let gaps = pairs.map { evaluation.actionValues[leader] - evaluation.actionValues[$0] }
    // A state without any unit is level for certain.
    let sizes = zip(pairs, gaps).flatMap { pair, gap in
      [ties.contains(pair) ? nil : gap.binaryExponent, gap.radius.binaryExponent].compactMap { $0 }
    }
    errors[state] = gaps.contains { !$0.radius.isFinite } ? .infinity : 0
    guard let unit = sizes.max() else { return }
    exponents[state] = unit
    for (pair, gap) in zip(pairs, gaps) {
      let scaled = gap.scaled(byPowerOfTwo: -unit)
      errors[state] = .greatest(errors[state], scaled.radius)
      guard !ties.contains(pair), scaled.approximation.isFinite else { continue }
      // A gap that is known not to be 0 is not rounded to it.
      values[pair] = max(scaled.approximation, .leastNormalMagnitude)
    }
  }

  /// Whether the best actions of every state are known, and every gap to a relative precision.
  package func isSettled(to precision: Double) -> Bool {
    space.liveStates.allSatisfy { state in
      isDecided[state]
        && space.pairs(of: state).allSatisfy {
          values[$0] == 0 || errors[state] <= precision * values[$0]
        }
    }
  }

  /// The best actions of a state, in order.
  package func best(in state: Int) -> [Int] {
    space.pairs(of: state).filter { values[$0] == 0 }
  }
}

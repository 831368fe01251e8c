package import MonotoneArithmetic
package import MDPCore

/// Which policy remains of one that drops its worst action, the first of equals, in every state where
/// it takes more than one?
///
/// The dropped probability goes to the others in proportion.
package struct WorstActionQuestion: ActionQuestion {
  private let policy: ExactPolicy

  /// The question about a policy.
  package init(of policy: ExactPolicy) { self.policy = policy }

  package func answer<Number: Scalar>(
    _ evaluation: PolicyEvaluation<Number>
  ) -> DecidedAnswer<ExactPolicy> {
    let space = evaluation.mdp.space
    var dropped = Set<Int>()
    var isDecided = true
    for state in space.liveStates {
      let taken = space.pairs(of: state).filter { !policy[$0].isExactlyZero }
      guard taken.count > 1 else { continue }
      let worst = LargestPairs(taken) { -evaluation.actionValues[$0] }
      isDecided = isDecided && worst.isDecided
      if let first = worst.ties.first { dropped.insert(first) }
    }
    return DecidedAnswer(
      policy.reweighted { _, pair in dropped.contains(pair) ? Rational(0) : policy[pair] },
      isDecided: isDecided)
  }
}

extension ExactPolicy {
  /// The policy π̃(a|s) ∝ weight(s, pair).
  func reweighted(_ weight: (_ state: Int, _ pair: Int) -> Rational) -> ExactPolicy {
    var probabilities = probabilities
    for state in space.liveStates {
      let pairs = space.pairs(of: state)
      let weights = pairs.map { weight(state, $0) }
      let total = weights.reduce(Rational(0), +)
      for (pair, share) in zip(pairs, weights) { probabilities[pair] = share / total }
    }
    return ExactPolicy(space: space, probabilities: probabilities)
  }
}

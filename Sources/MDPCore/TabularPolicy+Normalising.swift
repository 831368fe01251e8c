internal import MonotoneArithmetic

extension ExactPolicy {
  /// Floating-point probabilities, exactly, each over its state's sum.
  ///
  /// - Precondition: probabilities are finite, none is negative, some are positive in every live state.
  public static func normalising(_ policy: TabularPolicy<Double>) -> ExactPolicy {
    let space = policy.space
    var exact: [Rational] = []
    exact.reserveCapacity(space.pairCount)
    for state in space.liveStates {
      let weights = space.pairs(of: state).map { Rational(finite: policy[$0]) }
      let sum = weights.reduce(Rational(0), +)
      exact += weights.map { $0 / sum }
    }
    return ExactPolicy(space: space, probabilities: exact)
  }
}

internal import MonotoneArithmetic

extension PolicyEvaluation {
  /// Whether η is known to within 1e-9 of Σ_s ρ₀(s) |V(s)|, the size of what it is the sum of.
  ///
  /// The accuracy of V as a whole does not tell: a state of no weight may have values so large that the
  /// bound that all states share says nothing of the others.
  public var isReturnSharp: Bool {
    expectedReturn.isSharp(
      as: zip(mdp.initial, stateValues).reduce(0) {
        $0 + $1.0.approximation * abs($1.1.approximation)
      })
  }
}

extension RoundedEvaluation {
  /// Whether η is known to within 1e-9 of Σ_s ρ₀(s) |V(s)|, the size of what it is the sum of.
  public var isReturnSharp: Bool { expectedReturn.isSharp(as: returnScale) }
}

extension Scalar {
  /// Whether a sum is known to within 1e-9 of the size of its terms: what is asked for where the return is.
  fileprivate func isSharp(as size: Double) -> Bool { radius == 0 || radius <= 1e-9 * size }
}

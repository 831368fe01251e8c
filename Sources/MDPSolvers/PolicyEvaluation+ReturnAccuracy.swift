internal import MonotoneArithmetic

extension PolicyEvaluation {
  /// The share of its scale that the return's error bound may be where the return is what is asked for.
  private static var returnSharpness: Double { 1e-9 }

  /// Whether η is known to within 1e-9 of Σ_s ρ₀(s) |V(s)|, the size of what it is the sum of.
  ///
  /// The accuracy of V as a whole does not tell: a state of no weight may have values so large that the
  /// bound that all states share says nothing of the others.
  public var isReturnSharp: Bool {
    let scale = zip(mdp.initial, stateValues).reduce(0) {
      $0 + $1.0.approximation * abs($1.1.approximation)
    }
    return expectedReturn.radius == 0 || expectedReturn.radius <= Self.returnSharpness * scale
  }
}

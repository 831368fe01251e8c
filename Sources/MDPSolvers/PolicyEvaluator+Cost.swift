extension PolicyEvaluator {
  /// The seconds that the exact evaluation of one policy is expected to take.
  ///
  /// A fit to measurements between 30 and 500 states: p-adic lifting costs n³ word operations for
  /// the digits of a solution whose length grows with n. Good to a factor of a few.
  public var exactSecondsEstimate: Double {
    let order = Double(space.liveStates.count)
    return Self.exactSecondsPerCube * order * order * order
  }

  /// Denominators in the thousands, as random and mixed policies have them.
  private static let exactSecondsPerCube = 2e-8
}

/// The effect of an update on the return.
public enum UpdateOutcome: String, Sendable, Codable, CaseIterable {
  /// η(π̃) ≥ η(π): the return did not fall.
  case improved
  /// η(π̃) < η(π): the return fell.
  case harmful
  /// π̃ = π: no step was taken.
  case unchanged
  /// The arithmetic left open whether the return fell.
  case undecided

  /// The outcome of an update.
  ///
  /// - Parameters:
  ///   - improved: Whether η(π̃) ≥ η(π).
  ///   - guaranteed: Whether an a-priori lower bound exceeds η(π), which decides it as well.
  ///   - isUnchanged: Whether π̃ = π.
  public init(improved: Verdict, guaranteed: Verdict, isUnchanged: Bool) {
    self =
      switch (improved, guaranteed) {
      case _ where isUnchanged: .unchanged
      case (.violated, _): .harmful
      case (.holds, _), (_, .holds): .improved
      default: .undecided
      }
  }
}

/// How an update counts in a ledger: its outcome, those that a bound had promised apart.
public enum UpdateMark: String, Sendable, Codable, CaseIterable {
  /// A bound that needs no solve of the candidate promised the improvement.
  case guaranteed
  /// The return did not fall, though nothing promised that.
  case improved
  /// The return fell.
  case harmful
  /// No step was taken: every probability is what it was.
  case unchanged
  /// The arithmetic left open whether the return fell.
  case undecided

  /// The mark of an outcome.
  public init(_ outcome: UpdateOutcome, guaranteed: Verdict) {
    self =
      switch outcome {
      case .improved: guaranteed == .holds ? .guaranteed : .improved
      case .harmful: .harmful
      case .unchanged: .unchanged
      case .undecided: .undecided
      }
  }
}

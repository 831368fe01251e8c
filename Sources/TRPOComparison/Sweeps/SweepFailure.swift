package import MDPSolvers

/// Why there is no sweep.
package enum SweepFailure: Error {
  /// The policy cannot be evaluated.
  case evaluation(EvaluationFailure)
  /// Who was told of the progress wants no more of it.
  case stopped
}

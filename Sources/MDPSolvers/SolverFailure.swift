public import MonotoneLinearAlgebra

/// Why a policy could not be solved.
public enum SolverFailure: Error, Sendable, Equatable {
  /// The dense system does not fit.
  case memory(InsufficientMemory)
  /// LAPACK met a zero pivot.
  case singular(SingularMatrix)
  /// Iteration on a sparse system of so many live states stopped short.
  case notConverged(states: Int, backwardError: Double)
  /// The solution has numbers beyond the range of float64.
  case overflow
  /// The end is so many steps away, or more, that float64 cannot tell.
  case endTooFar(steps: Double)

  /// The problem and its remedy, as a sentence for the user.
  public var message: String {
    switch self {
    case .memory(let failure): failure.message
    case .singular(let failure): failure.message
    case .notConverged(let states, let error):
      "the sparse system of \(states) live states was solved only to a backward error of \(error); "
        + "reduce the model or the discount"
    case .endTooFar(let steps):
      "float64 cannot tell when the policy ends"
        + (steps.isFinite ? ", after about \(steps) steps," : "")
        + " and with discount 1 that leaves its values open; use --arithmetic exact"
    case .overflow:
      "the values or visitations leave the range of float64; rescale the rewards or reduce the discount"
    }
  }
}

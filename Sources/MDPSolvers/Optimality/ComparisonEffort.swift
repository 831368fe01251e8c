public import MonotoneArithmetic

/// The effort that may be spent on telling the actions of a policy apart.
///
/// Float64 values with their error bounds decide most comparisons. What they leave open is decided by
/// iterative refinement in balls, and what that leaves open by an exact solve: the only way to know a
/// tie for a tie.
public struct ComparisonEffort: Sendable {
  /// Whether enclosures are refined where float64 does not decide.
  public var refines: Bool
  /// The most seconds that exact evaluations may be expected to take together; 0 for none.
  public var exactSecondsLimit: Double

  /// Float64 alone: what its error bounds do not tell apart counts as a tie. Proves nothing.
  public static let float64 = ComparisonEffort(refines: false, exactSecondsLimit: 0)

  /// Float64 and refined balls: actions closer than these can tell count as ties.
  public static let refined = ComparisonEffort(refines: true, exactSecondsLimit: 0)

  /// Whatever a proof takes, within a limit.
  public static func proof(exactSecondsLimit: Double = 10) -> ComparisonEffort {
    ComparisonEffort(refines: true, exactSecondsLimit: exactSecondsLimit)
  }

  /// The effort that an arithmetic asks for.
  public init(_ arithmetic: ArithmeticKind, exactSecondsLimit: Double) {
    self = arithmetic.isRigorous ? .proof(exactSecondsLimit: exactSecondsLimit) : .float64
  }

  private init(refines: Bool, exactSecondsLimit: Double) {
    self.refines = refines
    self.exactSecondsLimit = exactSecondsLimit
  }
}

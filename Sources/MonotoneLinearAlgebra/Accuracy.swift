public import MonotoneArithmetic

/// How well a computed solution solves its linear system.
///
/// For M x = b with computed x̂ and residual ϱ = b − M x̂.
public struct Accuracy: Sendable, Equatable, Codable {
  /// ‖ϱ‖ / (‖M‖ ‖x̂‖ + ‖b‖): the relative change of the data for which x̂ is exact (Rigal &
  /// Gaches 1967; Higham, 2nd ed., Thm 7.1).
  public var backwardError: Double
  /// The largest backward error that a stable elimination can leave: see ``stabilityLimit(order:)``.
  public var backwardErrorLimit: Double
  /// A bound on ‖x − x̂‖, in the norm of the system: ∞ for values, 1 for visitations.
  public var errorBound: Double
  /// ‖x̂‖ in the same norm, to judge `errorBound` by.
  public var solutionNorm: Double
  /// The size of the data that b is made of, to judge `errorBound` by where x is near zero.
  public var dataNorm: Double

  /// An accuracy from its parts.
  public init(
    backwardError: Double, backwardErrorLimit: Double, errorBound: Double, solutionNorm: Double,
    dataNorm: Double
  ) {
    self.backwardError = backwardError
    self.backwardErrorLimit = backwardErrorLimit
    self.errorBound = errorBound
    self.solutionNorm = solutionNorm
    self.dataNorm = dataNorm
  }

  /// Gaussian elimination on I − γP (an M-matrix, diagonally dominant by rows) has growth factor
  /// at most 2, hence a backward error of at most 6 n u for order n and unit roundoff u (Higham,
  /// 2nd ed., Thm 9.3 with |L| |U| ≤ 3 ‖M‖); two more n u for computing the residual.
  public static func stabilityLimit(order: Int) -> Double {
    8 * Double(max(order, 4)) * 0x1p-53
  }

  /// Beyond this relative error the numbers support no verdict at all.
  public static let meaningfulRelativeError = 1e-6

  /// Whether the solution is backward stable; undecided where its size overflows.
  public var stability: Decision {
    backwardError.isFinite ? Decision(backwardError <= backwardErrorLimit) : .undecided
  }

  /// Whether the solution is known to be backward stable.
  public var isStable: Bool { stability == .yes }

  /// Whether the solution is accurate enough for any verdict to rest on it.
  public var isMeaningful: Bool {
    errorBound.isFinite
      && errorBound <= Self.meaningfulRelativeError * .greatest(solutionNorm, dataNorm)
  }
}

internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPSolvers

/// A penalised step does not lower the objective that it maximises: M_π(π̃) ≥ M_π(π) = η(π).
///
/// With M_π(π̃) = L_π(π̃) − C · D the statement is 𝔸 − C·D ≥ 0. Where C·D bounds the surrogate's
/// error, M minorises η and η(π̃) ≥ M_π(π̃) ≥ η(π): the monotonic improvement of Algorithm 1.
///
/// Holds of the steps of the penalised rules, not of every update.
///
/// Source: Schulman et al. 2015, eq. 10 and Algorithm 1.
struct PenalisedObjective: Claim {
  private let divergence: Divergence
  private enum Divergence: Sendable { case max, mean }

  /// With D = max KL: the objective of Algorithm 1.
  static let max = PenalisedObjective(divergence: .max)
  /// With D = mean KL.
  static let mean = PenalisedObjective(divergence: .mean)

  var id: String { divergence == .max ? "penalty-objective" : "mean-penalty-objective" }
  let kind = ClaimKind.inequality
  var statement: String {
    "L − C·\(divergence == .max ? "max" : "mean") KL ≥ η(π) at the step that maximises it"
  }
  let source = "Schulman et al. 2015, eq. 10, Algorithm 1"

  func check<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Finding<Number.Real> {
    let size = divergence == .max ? update.maxDivergence : update.meanDivergence
    guard case .finite(let penalty) = update.penaltyCoefficient.real * size else {
      return Finding(verdict: .violated)
    }
    let margin = update.policyAdvantage.real - penalty
    return Finding(verdict: Verdict(margin.isNonNegative), margin: .finite(margin))
  }
}

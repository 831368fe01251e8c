internal import Arithmetic
internal import MDPCore
internal import MDPSolvers

/// The residual of a step as a theorem: in balls, or in rationals where no ball is sharp enough.
///
/// An ill-conditioned model leaves balls around float64 solutions that say nothing; refined they say
/// more, and an exact evaluation leaves no doubt.
struct ProvedResidual {
  let evaluator: PolicyEvaluator
  let effort: ComparisonEffort

  /// The relative error that is sharp enough: two digits are shown.
  private static let precision = 1e-3
  /// The share of the largest advantage below which a residual counts as nothing.
  private static let negligible = 1e-9

  /// The residual of a step.
  ///
  /// - Throws: ``EvaluationFailure`` where the start cannot be evaluated within the effort.
  func quantity(
    of residual: any OptimalityResidual, from current: ExactPolicy, to candidate: ExactPolicy
  ) throws(EvaluationFailure) -> Quantity {
    var best: Quantity?
    var failure: EvaluationFailure?
    let balls = candidate.map { Ball($0) }
    do throws(EvaluationFailure) {
      let certified = try evaluator.certify(current)
      let value = residual.value(from: certified, to: balls)
      if isSharp(value, residual, certified) { return value.quantity }
      let refined = try evaluator.refine(current)
      let sharper = residual.value(from: refined, to: balls)
      best = sharper.quantity
      if isSharp(sharper, residual, refined) { return sharper.quantity }
    } catch {
      failure = error
    }
    if evaluator.exactCost(of: current).seconds <= effort.exactSecondsLimit {
      return residual.value(from: try evaluator.solveExactly(current), to: candidate).quantity
    }
    if let best { return best }
    throw failure ?? .solver(.overflow)
  }

  private func isSharp(
    _ value: Extended<Ball>, _ residual: any OptimalityResidual,
    _ evaluation: PolicyEvaluation<Ball>
  ) -> Bool {
    guard case .finite(let ball) = value else { return false }
    let (middle, radius) = (abs(ball.approximation), ball.radius)
    let scale =
      residual.isRelative
      ? 1 : evaluation.advantages.lazy.map(\.approximation).greatestMagnitude
    return radius <= Self.precision * middle || middle + radius <= Self.negligible * scale
  }
}

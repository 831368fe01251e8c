internal import MonotoneArithmetic
internal import MDPCore
internal import MDPSolvers

/// How far is a step from solving its rule's own problem? A theorem: the number that any evaluation gives
/// is an enclosure, decided where it is narrow enough to show.
///
/// An ill-conditioned model leaves balls around float64 solutions that say nothing; refined they say
/// more, and an exact evaluation leaves no doubt.
struct ResidualQuestion: ActionQuestion {
  private let residual: any OptimalityResidual
  private let candidate: ExactPolicy

  static let isRigorous = true

  /// The relative error that is narrow enough: two digits are shown.
  private static let precision = 1e-3
  /// The share of the largest advantage below which a residual counts as nothing.
  private static let negligible = 1e-9

  /// The question about the step to a policy from the one that is evaluated.
  init(of residual: any OptimalityResidual, at candidate: ExactPolicy) {
    self.residual = residual
    self.candidate = candidate
  }

  func answer<Number: Scalar>(_ evaluation: PolicyEvaluation<Number>) -> DecidedAnswer<Quantity> {
    guard let step = try? PolicyEvaluator.convert(candidate, to: Number.self) else {
      return DecidedAnswer(.unknown, isDecided: false)
    }
    let value = residual.value(from: evaluation, to: step)
    return DecidedAnswer(value.quantity, isDecided: isNarrow(value, evaluation))
  }

  private func isNarrow<Number: Scalar>(
    _ value: Extended<Number.Real>, _ evaluation: PolicyEvaluation<Number>
  ) -> Bool {
    guard case .finite(let number) = value else { return false }
    let (middle, radius) = (abs(number.approximation), number.radius)
    let scale =
      residual.isRelative
      ? 1 : evaluation.advantages.lazy.map(\.approximation).greatestMagnitude
    return radius <= Self.precision * middle || middle + radius <= Self.negligible * scale
  }
}

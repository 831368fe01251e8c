internal import MonotoneArithmetic
internal import MDPCore
internal import MDPSolvers

/// How far a softmax step is from the one that its rule prescribes.
///
/// The logits that the step made are read back from the policies, Δθ = ln(π̃/π) less its mean in each
/// state, and put into the rule's equation: F Δθ = c g for a natural gradient, Δθ = c g for a plain
/// one. The residual is ‖left − c g‖₂ / max(‖left‖₂, ‖c g‖₂), with the rule's own c where that is
/// fixed, and otherwise the c that fits best, which makes it the sine of the angle between the sides.
/// It is 1 for no step at all where there is a gradient.
struct CollinearityResidual: OptimalityResidual {
  /// The metric before Δθ in the rule's equation.
  enum Metric: Sendable { case fisher, euclidean }
  var metric: Metric
  /// c, where the rule fixes it.
  var scale: Double?
  /// The power of two that is the unit of the gradient here, so that its square does not overflow.
  var unit: Int

  var isRelative: Bool { true }

  var meaning: String {
    scale == nil
      ? "the sine of the angle between the step in logits and the rule's direction"
      : "the relative distance of the step in logits from the rule's"
  }

  func value<Number: Scalar>(
    from current: PolicyEvaluation<Number>, to candidate: TabularPolicy<Number>
  ) -> Extended<Number.Real> {
    let space = current.mdp.space
    var (left, gradient): ([Number.Real], [Number.Real]) = ([], [])
    for state in space.liveStates {
      let pairs = space.pairs(of: state)
      guard current.stateVisitation.isVisited[state] else { continue }
      let visitation = current.stateVisitation[state]
      let logits = pairs.map { pair in
        let relative = (candidate[pair] - current.policy[pair]) / current.policy[pair]
        // An action that stays makes no step, not one within an error of none.
        if relative.isExactlyZero { return Number.Real.zero }
        // ln(1 + x) without cancellation at either end of its range.
        return abs(relative.approximation) < 0.5
          ? relative.real - Number.Real.logarithmicExcess(relative.real)
          : Number.Real.logarithm((candidate[pair] / current.policy[pair]).real)
      }
      switch metric {
      case .euclidean:
        let mean = logits.reduce(.zero, +) / Number.Real(pairs.count)
        left += logits.map { $0 - mean }
      case .fisher:
        let weight = ((Number.one - current.mdp.discount) * visitation).real
        let taken = pairs.map { current.policy[$0].real }
        let mean = zip(taken, logits).reduce(Number.Real.zero) { $0 + $1.0 * $1.1 }
        left += zip(taken, logits).map { weight * $0 * ($1 - mean) }
      }
      gradient += pairs.map {
        (visitation * current.policy[$0] * current.advantages[$0].scaled(byPowerOfTwo: -unit))
          .real
      }
    }
    return Self.distance(
      left, gradient, scale: scale.map { Number.Real($0).scaled(byPowerOfTwo: unit) })
  }

  private static func distance<Real: RealScalar>(
    _ left: [Real], _ gradient: [Real], scale: Real?
  ) -> Extended<Real> {
    func dot(_ a: [Real], _ b: [Real]) -> Real {
      zip(a, b).reduce(.zero) { $0 + $1.0 * $1.1 }
    }
    let (length, size) = (dot(left, left), dot(gradient, gradient))
    // Between no length and any: a ratio of lengths is at most 2, which only a ball can say.
    let unsettled: Extended<Real> =
      Real.arithmetic == .exact ? .infinity : .finite(Real.zero.widened(by: Real(2)))
    guard case .yes = size.isPositive else { return size.isZero == .yes ? .zero : unsettled }
    guard case .yes = length.isPositive else {
      return length.isZero == .yes ? .finite(.one) : unsettled
    }
    let factor = scale ?? dot(left, gradient) / size
    let miss = zip(left, gradient).map { $0 - factor * $1 }
    let longer = scale.map { Real.maximum(length, $0 * $0 * size) } ?? length
    let distance = (dot(miss, miss) / longer).squareRoot()
    // A sine; what error bounds add above 1 says nothing.
    return .finite(scale == nil ? Real.minimum(.one, distance) : distance)
  }
}

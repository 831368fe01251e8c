package import MonotoneArithmetic
package import MDPCore

/// Which policy is π̃ ∝ π exp(step · A/ε_max), a step of the softmax natural gradient in units that
/// do not depend on the scale of the rewards?
///
/// With gap = max A − A in a state π̃ ∝ π exp(−step · gap/ε_max): no step is too long for that. The
/// weights are rounded to multiples of ``weightUnit``, at least one each, so that no action is
/// dropped, and divided by their exact sum: the policy is what it says in every arithmetic, and its
/// numbers stay short. Decided where error bounds move no exponent by more than a fraction of the unit.
package struct SoftmaxQuestion: ActionQuestion {
  private let policy: ExactPolicy
  private let step: Rational

  /// The question about a step from a policy; a negative one goes against the advantages.
  package init(step: Rational, from policy: ExactPolicy) {
    self.step = step
    self.policy = policy
  }

  /// A relative 1.5e-8 of the largest weight in the state.
  private static let weightUnit = 0x1p-26
  /// The error of an exponent that the unit does not show.
  private static let exponentTolerance = 0x1p-30
  /// Exponents from here on round to one unit.
  private static let largestExponent = 40.0

  package func answer<Number: Scalar>(
    _ evaluation: PolicyEvaluation<Number>
  ) -> DecidedAnswer<ExactPolicy> {
    let gaps = ActionGaps(evaluation)
    guard let scale = AdvantageScale(gaps, policy) else {
      return DecidedAnswer(policy, isDecided: gaps.isDecided.allSatisfy { $0 })
    }
    var isDecided = true
    let best = policy.space.states.indices.map { state in
      let values = policy.space.pairs(of: state).map { gaps.values[$0] }
      return (step.signum < 0 ? values.max() : values.min()) ?? 0
    }
    let stepped = policy.reweighted { state, pair in
      let unit = (gaps.exponents[state] ?? scale.exponent) - scale.exponent
      let factor = step.magnitude.scaled(byPowerOfTwo: unit) / Rational(finite: scale.largest)
      let exponent = (Rational(finite: abs(gaps.values[pair] - best[state])) * factor).doubleValue
      let error =
        Rational(exactly: 2 * gaps.errors[state]).map { ($0 * factor).doubleValue } ?? .infinity
      // Either may be infinite; what comes out as NaN decides nothing.
      let isSharp = error + scale.relativeError * exponent <= Self.exponentTolerance
      let isFar = exponent * (1 - scale.relativeError) - error > Self.largestExponent
      isDecided = isDecided && (isSharp || isFar)
      let units = max(1, Int(clamping: (Double.exponential(-exponent) / Self.weightUnit).rounded()))
      return policy[pair] * Rational(units)
    }
    return DecidedAnswer(stepped, isDecided: isDecided)
  }
}

/// ε_max of a policy by the gaps of its actions, with its relative error.
private struct AdvantageScale {
  /// ε_max is `largest` · 2^`exponent`.
  private(set) var largest = 0.0
  private(set) var exponent: Int
  private(set) var relativeError: Double

  /// Nil where all actions are level.
  init?(_ gaps: ActionGaps, _ policy: ExactPolicy) {
    guard let exponent = gaps.exponents.compactMap({ $0 }).max() else { return nil }
    var error = 0.0
    for state in gaps.space.liveStates {
      guard let unit = gaps.exponents[state] else { continue }
      let scale = Double(sign: .plus, exponent: max(unit - exponent, -1022), significand: 1)
      let pairs = gaps.space.pairs(of: state)
      let mean = pairs.reduce(0) { $0 + policy[$1].doubleValue * gaps.values[$1] }
      for pair in pairs { largest = .greatest(largest, scale * abs(mean - gaps.values[pair])) }
      error = .greatest(error, scale * gaps.errors[state])
    }
    guard largest > 0 else { return nil }
    self.exponent = exponent
    relativeError = 2 * error / largest
  }
}

internal import MonotoneArithmetic
internal import MDPCore
internal import MDPSolvers

/// Turns a step in float64 into a policy with short exact probabilities.
///
/// Each probability is the old one plus the change rounded to ``significantBits``, or, where it
/// moves by more than half of itself, the new one rounded so: steps of any size keep their digits.
/// Both are rounded toward the old one, because divergences are convex: a step that rounding makes
/// shorter keeps to its budget. The most likely action takes what is left, exactly. Nothing finer
/// than ``finest`` is written, so that exact solves stay affordable; an action that π takes is never
/// lost, since every rule that steps this way has a divergence or logits to keep finite.
enum RationalStep {
  /// Far below the square root of any tolerance, since objectives are flat at their optimum.
  static let significantBits = 32

  private static let ulpsPerUnit = Double(
    sign: .plus, exponent: Double.significandBitCount - significantBits, significand: 1)

  /// The unit of the finest probabilities: a quarter of a float64 rounding at 1.
  static let finest = 0x1p-55

  /// π + change, but π in states that have nothing to show for it.
  ///
  /// - Parameters:
  ///   - start: π and its evaluation.
  ///   - change: By pair; sums to 0 up to rounding in each state, and keeps probabilities
  ///     non-negative.
  /// - Throws: ``RuleFailure/range(_:)`` where float64 made no policy of the step.
  static func policy(
    from start: EvaluatedPolicy, change: [Double]
  ) throws(RuleFailure) -> ExactPolicy {
    let (space, policy) = (start.space, start.policy)
    precondition(
      change.count == space.pairCount, "\(change.count) changes for \(space.pairCount) pairs")
    var probabilities = policy.probabilities
    for state in space.liveStates {
      let pairs = space.pairs(of: state)
      guard pairs.contains(where: { change[$0] != 0 }) else { continue }
      guard pairs.allSatisfy({ change[$0].isFinite }) else {
        throw .range("state \"\(space.states[state])\": the step in probabilities")
      }
      let anchor = pairs.max {
        start.probability[$0] + change[$0] < start.probability[$1] + change[$1]
      }
      var rest = Rational(1)
      for pair in pairs where pair != anchor {
        probabilities[pair] = rounded(policy[pair], change: change[pair])
        rest = rest - probabilities[pair]
      }
      if let anchor { probabilities[anchor] = rest }
      guard pairs.allSatisfy({ probabilities[$0].signum >= 0 }) else {
        throw .range("state \"\(space.states[state])\": the step in probabilities")
      }
      if isNoise(probabilities, in: state, start) {
        for pair in pairs { probabilities[pair] = policy[pair] }
      }
    }
    return ExactPolicy(space: space, probabilities: probabilities)
  }

  /// Whether a state gains no more by its move than the error of its gaps makes up: a budget that is
  /// large against what is left to gain would otherwise be spent on shifting mass between ties, for
  /// ever and not always upward.
  private static func isNoise(
    _ probabilities: [Rational], in state: Int, _ start: EvaluatedPolicy
  ) -> Bool {
    let mean = start.meanGap(in: state)
    var (gain, moved, size) = (0.0, 0.0, 0.0)
    for pair in start.space.pairs(of: state) where probabilities[pair] != start.policy[pair] {
      let move = (probabilities[pair] - start.policy[pair]).doubleValue
      let advantage = mean - start.gaps.values[pair]
      gain += move * advantage
      moved += abs(move) / 2
      size = .greatest(size, abs(advantage))
    }
    return gain <= (2 * start.gaps.errors[state] + roundings * size.ulp) * moved
  }

  /// Of an advantage and of the expectation that it is compared with.
  private static let roundings = 8.0

  private static func rounded(_ probability: Rational, change: Double) -> Rational {
    let old = probability.doubleValue
    if abs(change) <= old / 2 {
      let step = rounded(change, .towardZero)
      return step == 0 ? probability : probability + Rational(finite: step)
    }
    // A large move: the new number on its own.
    if change > 0 { return Rational(finite: rounded(old + change, .down)) }
    return Rational.minimum(
      probability, Rational(finite: rounded(max(old + change, finest), .up)))
  }

  /// A number to ``significantBits``, and to a multiple of ``finest``.
  private static func rounded(_ value: Double, _ rule: FloatingPointRoundingRule) -> Double {
    guard value != 0 else { return 0 }
    let unit = max(value.ulp * ulpsPerUnit, finest)
    return (value / unit).rounded(rule) * unit
  }
}

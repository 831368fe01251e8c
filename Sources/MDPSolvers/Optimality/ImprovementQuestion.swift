internal import MonotoneArithmetic
internal import MDPCore

/// Is there a better policy than this one, and which?
///
/// Decided where no action is better for certain, or where some is: an improvement is one even where
/// other states are open.
struct ImprovementQuestion: ActionQuestion {
  /// The policy that the evaluation is of.
  let policy: ExactPolicy

  struct Answer {
    /// The policy without the actions that are known to be worse than others of their state; nil
    /// where the policy takes none of these.
    var better: ExactPolicy?
    /// Paths without end by ties, without discounting, that no policy that ends is better than; nil if
    /// there are none.
    var endless: EndlessPaths?
    /// η.
    var expectedReturn: Quantity
    /// The upper end of η*.
    var upperEnd: Quantity
    /// max(0, max A)/(1−γ) at most.
    var gap: Double
    /// max(0, max A) at most.
    var largestAdvantage: Double
    /// The rigour of the evaluation.
    var arithmetic: ArithmeticKind
  }

  func answer<Number: Scalar>(_ evaluation: PolicyEvaluation<Number>) -> DecidedAnswer<Answer> {
    let space = evaluation.mdp.space
    var probabilities = policy.probabilities
    var (isBetter, isDecided) = (false, true)
    var ties = [[Int]](repeating: [], count: space.stateCount)
    for state in space.liveStates {
      let pairs = space.pairs(of: state)
      let best = LargestPairs(pairs) { evaluation.actionValues[$0] }
      guard let leader = best.leader else { continue }
      ties[state] = best.ties
      let worse = pairs.filter {
        !policy[$0].isExactlyZero
          && (evaluation.actionValues[leader] - evaluation.actionValues[$0]).isPositive == .yes
      }
      isDecided = isDecided && best.isDecided
      guard !worse.isEmpty else { continue }
      isBetter = true
      if best.isDecided, let first = best.ties.first {
        for pair in pairs { probabilities[pair] = Rational(pair == first ? 1 : 0) }
      } else {
        // Among the others the order is open: only what is certainly worse makes room.
        for pair in worse {
          probabilities[leader] = probabilities[leader] + probabilities[pair]
          probabilities[pair] = Rational(0)
        }
      }
    }
    let room = OptimalityRoom(evaluation)
    return DecidedAnswer(
      Answer(
        better: isBetter ? ExactPolicy(space: space, probabilities: probabilities) : nil,
        endless: FreeCycle(evaluation, ties: ties).paths,
        expectedReturn: evaluation.expectedReturn.quantity, upperEnd: room.upperEnd,
        gap: room.gap, largestAdvantage: room.largestAdvantage, arithmetic: Number.arithmetic),
      isDecided: isBetter || isDecided)
  }
}

/// How far the return of a policy may be from the optimal one, by its evaluation.
private struct OptimalityRoom {
  /// max(0, max A) at most.
  private(set) var largestAdvantage: Double
  /// max(0, max A)/(1−γ) at most; +∞ where nothing is known.
  private(set) var gap = Double.infinity
  /// The upper end of η*.
  private(set) var upperEnd = Quantity.infinity

  init<Number: Scalar>(_ evaluation: PolicyEvaluation<Number>) {
    let largest = evaluation.advantages.reduce(Number.zero) { Number.maximum($0, $1) }
    let distance = Number.one - evaluation.mdp.discount
    largestAdvantage = Self.bound(largest)
    guard distance.isPositive == .yes else { return }
    let room = largest / distance
    gap = Self.bound(room)
    if gap.isFinite { upperEnd = (evaluation.expectedReturn + room).quantity }
  }

  /// A number's upper end, rounded upward; +∞ where there is none.
  private static func bound<Number: Scalar>(_ number: Number) -> Double {
    if number.isExactlyZero { return 0 }
    let bound = (number.approximation + number.radius).nextUp
    return bound.isNaN ? .infinity : max(0, bound)
  }
}

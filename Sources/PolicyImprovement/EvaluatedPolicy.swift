public import MonotoneArithmetic
internal import MDPGuarantees
public import MDPCore
public import MDPSolvers

/// A policy and what a rule needs to know of it: where a step starts.
///
/// In float64, but in units in which nothing overflows: gaps between actions in the unit of their
/// state, visitation as a distribution. A reward of 1e300 is as good as one of 1, and a reward that
/// all actions share leaves no trace.
public struct EvaluatedPolicy: Sendable {
  /// π.
  public let policy: ExactPolicy
  /// By how much each action falls short of the best of its state.
  package let gaps: ActionGaps
  /// γ.
  public let discount: Double
  /// 1 − γ.
  public let distance: Double
  /// π by pair; 0 also where float64 cannot hold it.
  let probability: [Double]
  /// d = ρ/Σρ by state.
  let share: [Double]
  private let isVisited: [Bool]
  /// Whether γ > 0.
  private let hasFuture: Bool

  /// The start of a step by an evaluation, as far as its error bounds tell actions apart.
  @_specialize(where Number == TrackedDouble)
  public init<Number: Scalar>(policy: ExactPolicy, evaluation: PolicyEvaluation<Number>) {
    self.policy = policy
    gaps = ActionGaps(evaluation)
    hasFuture = !evaluation.mdp.discount.isExactlyZero
    discount = evaluation.mdp.discount.approximation
    distance = (Number.one - evaluation.mdp.discount).approximation
    probability = policy.probabilities.map(\.doubleValue)
    isVisited = evaluation.stateVisitation.isVisited
    let total = evaluation.stateVisitation.mass.reduce(Number.zero, +)
    share = evaluation.stateVisitation.mass.map { mass in
      let share = total.isZero == .yes ? 0 : (mass / total).approximation
      return share.isFinite ? max(0, share) : 0
    }
  }

  /// The start of a step by the cheapest evaluation that tells actions apart.
  ///
  /// - Parameter tolerance: Differences of action values below this share of the largest may count as
  ///   ties; 0 to know every tie for one.
  /// - Throws: ``EvaluationFailure``.
  public init(
    policy: ExactPolicy, evaluator: PolicyEvaluator, effort: ComparisonEffort,
    tolerance: Double = 0
  ) throws(EvaluationFailure) {
    let question = StepQuestion(policy: policy, tolerance: tolerance)
    self = try evaluator.ask(question, of: policy, effort: effort).answer
  }

  private struct StepQuestion: ActionQuestion {
    let policy: ExactPolicy
    let tolerance: Double

    /// The relative precision of gaps. A step is as good as they are; its residual says how good.
    static let precision = 0x1p-10

    func answer<Number: Scalar>(
      _ evaluation: PolicyEvaluation<Number>
    ) -> DecidedAnswer<EvaluatedPolicy> {
      let start = EvaluatedPolicy(policy: policy, evaluation: evaluation)
      return DecidedAnswer(
        start,
        isDecided: start.gaps.isSettled(to: Self.precision)
          || (tolerance > 0 && start.largestError <= tolerance))
    }
  }
}

extension EvaluatedPolicy {
  /// S, A and the available pairs.
  var space: StateActionSpace { policy.space }

  /// Whether π ever visits a state.
  func isVisited(_ state: Int) -> Bool { isVisited[state] }

  /// The states whose actions differ, that π visits or, on request, all of them.
  func unevenStates(visitedOnly: Bool) -> [Int] {
    space.liveStates.filter { gaps.exponents[$0] != nil && (!visitedOnly || isVisited[$0]) }
  }

  /// The power of two that is the common unit of advantages: that of the largest gap.
  var unit: Int { unit(visitedOnly: false) }

  /// The unit of the advantages in visited states, or in all.
  func unit(visitedOnly: Bool) -> Int {
    unevenStates(visitedOnly: visitedOnly).compactMap { gaps.exponents[$0] }.max() ?? 0
  }

  /// Σ_a π gap, in the unit of the state: A(s,a) = meanGap − gap.
  ///
  /// No difference of large numbers, since the gap of the best action is exactly 0.
  func meanGap(in state: Int) -> Double {
    space.pairs(of: state).reduce(0) { $0 + probability[$1] * gaps.values[$1] }
  }

  /// ε_max in the common unit.
  private var maxAdvantage: Double {
    let unit = unit
    return unevenStates(visitedOnly: false).reduce(0) { largest, state in
      let (mean, scale) = (meanGap(in: state), scale(of: state, in: unit))
      return space.pairs(of: state).reduce(largest) {
        Double.greatest($0, scale * abs(mean - gaps.values[$1]))
      }
    }
  }

  /// The largest error of a gap in the common unit.
  private var largestError: Double {
    let unit = unit
    return unevenStates(visitedOnly: false).reduce(0) {
      Double.greatest($0, scale(of: $1, in: unit) * gaps.errors[$1])
    }
  }

  /// The unit of a state's gaps as a multiple of another; 0 where that is beyond float64.
  func scale(of state: Int, in unit: Int) -> Double {
    guard let exponent = gaps.exponents[state] else { return 0 }
    return Double.powerOfTwo(exponent - unit)
  }

  /// C (1−γ) = 4 ε_max γ/(1−γ), the price of the mean divergence, in the common unit; not 0 where it is
  /// only too small for float64, because a price of 0 allows to drop actions.
  ///
  /// - Throws: ``RuleFailure/range(_:)``.
  func penaltyPrice() throws(RuleFailure) -> Double {
    let largest = maxAdvantage
    let price = 4 * largest * discount / distance
    if price < .leastNormalMagnitude { return hasFuture && largest > 0 ? .leastNormalMagnitude : 0 }
    guard price.isFinite else {
      throw .range("the penalty 4 ε_max γ/(1−γ)² with 1 − γ = \(distance)")
    }
    return price
  }
}

extension Double {
  /// 2^exponent; 0 or +∞ beyond float64.
  static func powerOfTwo(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: Swift.max(-2000, Swift.min(2000, exponent)), significand: 1)
  }
}

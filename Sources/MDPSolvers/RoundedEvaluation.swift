public import MonotoneArithmetic
public import MonotoneLinearAlgebra
public import MDPCore

/// V, Q, A, ρ and η of one policy of a large discounted model: float64 numbers, and one proved error bound that all
/// values share, one for all Q, one for all A, one for the sum of ρ.
///
/// For models of any size: it takes the memory of its numbers and the model in float64, where a
/// ``PolicyEvaluation`` has an error bound beside every number of either. The theorem is the same,
///
///     ‖V − V̂‖∞ ≤ ‖r_π + γP_πV̂ − V̂‖∞ / (1−γ)      ‖ρ − ρ̂‖₁ ≤ ‖ρ₀ + γP_πᵀρ̂ − ρ̂‖₁ / (1−γ),
///
/// with residuals bounded a priori, ``RoundedValueResidual`` and ``RoundedVisitResidual``. All is proved of the
/// rational numbers in the file; where V̂ and ρ̂ come from does not matter.
///
/// Complexity: O(stored transitions), shared by threads; results are the same for any number of them.
public struct RoundedEvaluation: Sendable {
  /// States, actions and available pairs.
  public let space: StateActionSpace
  /// γ.
  public let discount: TrackedDouble
  /// The policy π.
  public let policy: RoundedPolicy
  /// V by state; 0 at terminal states.
  public let stateValues: [Double]
  /// A bound on the error of each value of a live state; those of terminal states are exact.
  public let valueError: Double
  /// Q by pair.
  public let actionValues: [Double]
  /// A bound on the error of each of them.
  public let actionValueError: Double
  /// A by pair.
  public let advantages: [Double]
  /// A bound on the error of each of them.
  public let advantageError: Double
  /// ρ by state, 0 where it is exactly 0.
  public let visitation: [Double]
  /// A bound on the sum of its errors.
  public let visitationError: Double
  /// Whether ρ(s) > 0, by state.
  public let isVisited: [Bool]
  /// η.
  public let expectedReturn: TrackedDouble
  /// Σ_s ρ₀(s) |V(s)|, the size of what η is the sum of.
  let returnScale: Double
  /// How well V solves its system (∞-norm).
  public let valueAccuracy: Accuracy
  /// How well ρ solves its system (1-norm).
  public let visitationAccuracy: Accuracy
  /// The state where V misses its equation by most.
  public let worstValueState: Int?

  /// Above this share of a probability, its error is more than the residuals' bounds are for.
  static let shareLimit = 0x1p-22

  /// The exact evaluation enclosed around a float64 solution.
  ///
  /// - Parameters:
  ///   - transposed: P_πᵀ in float64 over the live states, whose memory is free for the rest if the caller gives it up.
  ///   - work: The threads that share rows.
  init(
    enclosing solution: PolicySolution, _ transposed: consuming SparseRows<Double>,
    _ model: RoundedMDP,
    _ policy: RoundedPolicy, _ work: SharedWork
  ) {
    precondition(!model.mdp.isUndiscounted, "without discounting no residual bounds an error")
    let space = model.mdp.space
    let isVisited = model.mdp.visitedStates(under: policy.policy)
    let values = solution.stateValues
    let visits = zip(solution.stateVisitation, isVisited).map { $1 ? $0 : 0 }
    let visit = RoundedVisitResidual(model, policy, consume transposed, visits: visits, work)
    let value = RoundedValueResidual(model, policy, values: values, work)
    let horizon = TrackedDouble.one / (.one - model.discount)
    valueError = (TrackedDouble(value.bound) * horizon).upperEnd
    let valueRadius = TrackedDouble(valueError)
    let backupRadius = model.discount * valueRadius + TrackedDouble(value.backupError)

    self.space = space
    discount = model.discount
    self.policy = policy
    self.isVisited = isVisited
    (stateValues, visitation) = (values, visits)
    (actionValues, advantages) = (value.actionValues, value.advantages)
    actionValueError = backupRadius.upperEnd
    // A difference of two float64 numbers was rounded.
    advantageError =
      (backupRadius + valueRadius + TrackedDouble(0x1p-53 * value.largestAdvantage)).upperEnd
    visitationError = (TrackedDouble(visit.bound) * horizon).upperEnd
    expectedReturn = TrackedDouble.sum(
      over: values.indices, { model.initial[$0] }, times: { TrackedDouble(values[$0]) }
    ).widened(by: valueRadius)
    returnScale = zip(model.initial, values).reduce(0) { $0 + $1.0.value * abs($1.1) }
    worstValueState = value.worstState
    valueAccuracy = Accuracy(
      residual: value.residual, radius: valueError, solution: values.greatestMagnitude,
      data: model.largestReward, discount: discount.value, order: solution.order)
    visitationAccuracy = Accuracy(
      residual: visit.residual, radius: visitationError, solution: VectorNorm.sum(visits),
      data: 1, discount: discount.value, order: solution.order)
  }
}

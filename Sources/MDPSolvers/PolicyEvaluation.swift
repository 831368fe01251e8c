public import MonotoneArithmetic
public import MonotoneLinearAlgebra
public import MDPCore

/// Everything that evaluating one policy gives: V, Q, A, ρ and η.
///
///     V = (I − γP_π)⁻¹ r_π          Q(s,a) = r(s,a) + γ Σ_s' P(s'|s,a) V(s')
///     ρ = (I − γP_πᵀ)⁻¹ ρ₀          A = Q − V          η = ρ₀ · V = ρ · r_π
///
/// Made from a float64 solution V̂, ρ̂ by enclosing the exact one around it.
///
/// **Theorem.** Let P be row-stochastic and 0 ≤ γ < 1. Then for all vectors V̂ and ρ̂
///
///     ‖V − V̂‖∞ ≤ ‖r_π + γP_πV̂ − V̂‖∞ / (1−γ)      ‖ρ − ρ̂‖₁ ≤ ‖ρ₀ + γP_πᵀρ̂ − ρ̂‖₁ / (1−γ).
///
/// *Proof.* (I − γP)(V − V̂) is the residual of V̂, and ‖(I − γP)⁻¹‖∞ ≤ Σ_t γ^t ‖P^t‖∞ = 1/(1−γ).
/// The second system is the transpose of the first, and ‖Mᵀ‖₁ = ‖M‖∞. ∎
///
/// For γ = 1, under a policy whose paths end, ‖(I − P)⁻¹‖∞ has the place of 1/(1−γ): see
/// ``ExpectedSteps``, by which it is bounded. There ρ counts live states only.
///
/// The residual is taken in `Number`: with ``TrackedDouble`` its rounding is bounded as well, with
/// rigorous balls the radius is a proof. With `Double` the radius is dropped and the numbers are
/// just the float64 solution.
///
/// Source: Schulman et al. 2015, §2. Complexity: O(stored transitions).
public struct PolicyEvaluation<Number: Scalar>: Sendable {
  /// The model.
  public let mdp: FiniteMDP<Number>
  /// The policy π.
  public let policy: TabularPolicy<Number>
  /// V by state; 0 at terminal states.
  public let stateValues: [Number]
  /// Q by pair.
  public let actionValues: [Number]
  /// A by pair.
  public let advantages: [Number]
  /// ρ by state.
  public let stateVisitation: StateVisitation<Number>
  /// η.
  public let expectedReturn: Number
  /// How well V solves its system (∞-norm).
  public let valueAccuracy: Accuracy
  /// How well ρ solves its system (1-norm).
  public let visitationAccuracy: Accuracy
  /// The state where V misses its equation by most.
  public let worstValueState: Int?
  /// The expected number of steps until the end; nil for γ < 1.
  public let expectedSteps: ExpectedSteps<Number>?

  /// The exact evaluation enclosed around a float64 solution.
  ///
  /// - Parameter expectedSteps: For γ = 1, those of the policy.
  @inlinable public init(
    enclosing solution: PolicySolution, mdp: FiniteMDP<Number>, policy: TabularPolicy<Number>,
    expectedSteps: ExpectedSteps<Number>? = nil
  ) {
    self.init(
      around: solution.stateValues.map { Number($0) },
      visitation: solution.stateVisitation.map { Number($0) }, order: solution.order,
      mdp: mdp, policy: policy, expectedSteps: expectedSteps)
  }

  /// The exact evaluation enclosed around any V̂ and ρ̂ without radius of their own: the solution
  /// itself, if they are exact.
  ///
  /// - Parameters:
  ///   - values: V̂ by state; 0 at terminal states.
  ///   - mass: ρ̂ by state, terminal states included.
  ///   - order: The order of the system that they solve.
  ///   - expectedSteps: For γ = 1, those of the policy.
  @inlinable public init(
    around values: [Number], visitation mass: [Number], order: Int,
    mdp: FiniteMDP<Number>, policy: TabularPolicy<Number>,
    expectedSteps: ExpectedSteps<Number>? = nil
  ) {
    let isVisited = mdp.visitedStates(under: policy)
    let mass = zip(mass, isVisited).map { $1 ? $0 : .zero }
    self.init(
      around: values, visitation: mass, isVisited: isVisited,
      residual: PolicyResidual(values: values, visitation: mass, mdp: mdp, policy: policy),
      order: order, mdp: mdp, policy: policy, expectedSteps: expectedSteps)
  }

  /// Approximate solutions whose residual is known, with ρ̂ = 0 in states that are never visited.
  @inlinable init(
    around values: [Number], visitation mass: [Number], isVisited: [Bool],
    residual: PolicyResidual<Number>, order: Int, mdp: FiniteMDP<Number>,
    policy: TabularPolicy<Number>, expectedSteps: ExpectedSteps<Number>?
  ) {
    precondition(
      mdp.isUndiscounted == (expectedSteps != nil),
      "the expected number of steps goes with a discount of 1, and with no other")
    let space = mdp.space
    var missing = Number.zero
    for miss in residual.visits { missing += miss.magnitude }
    var largest = Number.zero
    var worst: Int?
    for state in space.liveStates {
      let miss = residual.values[state].magnitude
      if miss.approximation >= largest.approximation { worst = state }
      largest = Number.maximum(largest, miss)
    }
    let horizon = expectedSteps?.largest ?? Number.one / (Number.one - mdp.discount)
    let valueRadius = largest * horizon
    let massError = missing * horizon
    let backupRadius = mdp.discount * valueRadius
    self.init(
      mdp: mdp, policy: policy,
      stateValues: values.indices.map {
        space.isTerminal[$0] ? values[$0] : values[$0].widened(by: valueRadius)
      },
      actionValues: residual.backup.map { $0.widened(by: backupRadius) },
      stateVisitation: StateVisitation(
        mass: mass, massError: massError, isVisited: isVisited),
      valueAccuracy: Accuracy(
        residual: largest.approximation, radius: valueRadius.approximation + valueRadius.radius,
        solution: values.lazy.map(\.approximation).greatestMagnitude,
        data: mdp.expectedReward.lazy.map(\.approximation).greatestMagnitude,
        discount: mdp.discount.approximation, order: order),
      visitationAccuracy: Accuracy(
        residual: missing.approximation, radius: massError.approximation + massError.radius,
        solution: mass.reduce(0) { $0 + abs($1.approximation) }, data: 1,
        discount: mdp.discount.approximation, order: order),
      worstValueState: worst, expectedSteps: expectedSteps)
  }

  /// The evaluation whose values, backups and visitations are known; A and η follow.
  @inlinable init(
    mdp: FiniteMDP<Number>, policy: TabularPolicy<Number>, stateValues: [Number],
    actionValues: [Number], stateVisitation: StateVisitation<Number>, valueAccuracy: Accuracy,
    visitationAccuracy: Accuracy, worstValueState: Int?, expectedSteps: ExpectedSteps<Number>?
  ) {
    let space = mdp.space
    var advantages = actionValues
    for state in space.states.indices {
      for pair in space.pairs(of: state) {
        advantages[pair] = actionValues[pair] - stateValues[state]
      }
    }
    let support = stateValues.indices.filter { !mdp.initial[$0].isExactlyZero }
    let expectedReturn = Number.sum(
      over: support.indices, { mdp.initial[support[$0]] }, times: { stateValues[support[$0]] })
    self.init(
      mdp: mdp, policy: policy, stateValues: stateValues, actionValues: actionValues,
      advantages: advantages, stateVisitation: stateVisitation, expectedReturn: expectedReturn,
      valueAccuracy: valueAccuracy, visitationAccuracy: visitationAccuracy,
      worstValueState: worstValueState, expectedSteps: expectedSteps)
  }

  /// The evaluation all of whose parts are known.
  @usableFromInline init(
    mdp: FiniteMDP<Number>, policy: TabularPolicy<Number>, stateValues: [Number],
    actionValues: [Number], advantages: [Number], stateVisitation: StateVisitation<Number>,
    expectedReturn: Number, valueAccuracy: Accuracy, visitationAccuracy: Accuracy,
    worstValueState: Int?, expectedSteps: ExpectedSteps<Number>?
  ) {
    self.mdp = mdp
    self.policy = policy
    self.stateValues = stateValues
    self.actionValues = actionValues
    self.advantages = advantages
    self.stateVisitation = stateVisitation
    self.expectedReturn = expectedReturn
    self.valueAccuracy = valueAccuracy
    self.visitationAccuracy = visitationAccuracy
    self.worstValueState = worstValueState
    self.expectedSteps = expectedSteps
  }
}

extension Accuracy {
  /// The accuracy of one system's solution, from its residual and the sizes of its parts.
  @usableFromInline init(
    residual: Double, radius: Double, solution: Double, data: Double, discount: Double,
    order: Int
  ) {
    // Both sides of the system are themselves rounded when they are formed. I − γP is far smaller
    // than its parts where a state nearly always stays, so ‖I‖ + γ‖P‖ = 1 + γ stands for its norm;
    // rewards may cancel in r_π, so their size stands for ‖b‖.
    // Relative to the larger of the two, which may be as large as float64 goes.
    let size = Double.greatest(solution, data)
    let scale = (1 + discount) * (solution / size) + data / size
    // What products lose to underflow is no share of their size, and no sign of instability.
    let underflow = 16 * Double(order + 4) * .leastNonzeroMagnitude
    self.init(
      backwardError: residual <= underflow ? 0 : residual / size / scale,
      backwardErrorLimit: Self.stabilityLimit(order: order),
      errorBound: radius.isNaN ? .infinity : radius,
      solutionNorm: solution, dataNorm: data)
  }
}

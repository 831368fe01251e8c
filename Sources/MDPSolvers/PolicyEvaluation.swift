public import Arithmetic
public import LinearAlgebra
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

  /// The exact evaluation enclosed around a float64 solution.
  @inlinable public init(
    enclosing solution: PolicySolution, mdp: FiniteMDP<Number>, policy: TabularPolicy<Number>
  ) {
    let space = mdp.space
    precondition(
      policy.probabilities.count == space.pairCount
        && solution.stateValues.count == space.stateCount,
      """
      a policy of \(policy.probabilities.count) pairs and values of \
      \(solution.stateValues.count) states for a model of \(space.pairCount) pairs and \
      \(space.stateCount) states
      """)
    let horizon = Number.one / (Number.one - mdp.discount)

    // Values: one backup gives the residual and, widened, Q itself.
    let values = solution.stateValues.map { Number($0) }
    var backup = mdp.expectedReward
    for pair in backup.indices {
      backup[pair] += mdp.discount * mdp.transitions.dot(row: pair, values)
    }
    var residual = Number.zero
    var worst: (state: Int, size: Double)?
    for state in space.states.indices where !space.isTerminal[state] {
      var expected = Number.zero
      for pair in space.pairs(of: state) { expected += policy[pair] * backup[pair] }
      let miss = (expected - values[state]).magnitude
      residual = Number.maximum(residual, miss)
      if miss.approximation > worst?.size ?? -1 { worst = (state, miss.approximation) }
    }
    let valueRadius = residual * horizon

    // Visitations: push ρ̂ through the chain once.
    let mass = solution.stateVisitation.map { Number($0) }
    var inflow = mdp.initial
    for state in space.states.indices {
      if space.isTerminal[state] { inflow[state] += mdp.discount * mass[state] }
      for pair in space.pairs(of: state) where !policy[pair].isExactlyZero {
        mdp.transitions.add(
          row: pair, times: mdp.discount * mass[state] * policy[pair], to: &inflow)
      }
    }
    var missing = Number.zero
    for state in mass.indices { missing += (inflow[state] - mass[state]).magnitude }
    let massError = missing * horizon

    self.mdp = mdp
    self.policy = policy
    worstValueState = worst?.state
    stateValues = values.indices.map {
      space.isTerminal[$0] ? values[$0] : values[$0].widened(by: valueRadius)
    }
    let backupRadius = mdp.discount * valueRadius
    actionValues = backup.map { $0.widened(by: backupRadius) }
    var advantages = backup
    for state in space.states.indices {
      for pair in space.pairs(of: state) {
        advantages[pair] = actionValues[pair] - stateValues[state]
      }
    }
    self.advantages = advantages
    stateVisitation = StateVisitation(mass: mass, massError: massError)
    var expectedReturn = Number.zero
    for state in values.indices where !mdp.initial[state].isExactlyZero {
      expectedReturn += mdp.initial[state] * stateValues[state]
    }
    self.expectedReturn = expectedReturn

    valueAccuracy = Accuracy(
      residual: residual.approximation, radius: valueRadius.approximation + valueRadius.radius,
      solution: solution.stateValues.reduce(0) { max($0, abs($1)) },
      data: mdp.expectedReward.reduce(0) { max($0, abs($1.approximation)) },
      systemNorm: solution.systemNorm, order: solution.order)
    visitationAccuracy = Accuracy(
      residual: missing.approximation, radius: massError.approximation + massError.radius,
      solution: solution.stateVisitation.reduce(0) { $0 + abs($1) }, data: 1,
      systemNorm: solution.systemNorm, order: solution.order)
  }
}

extension Accuracy {
  /// The accuracy of one system's solution, from its residual and the sizes of its parts.
  @usableFromInline init(
    residual: Double, radius: Double, solution: Double, data: Double, systemNorm: Double,
    order: Int
  ) {
    // r_π is itself a rounded sum of rewards that may cancel, so their size stands for ‖b‖.
    let scale = systemNorm * solution + data
    self.init(
      backwardError: residual == 0 ? 0 : residual / scale,
      backwardErrorLimit: Self.stabilityLimit(order: order), errorBound: radius,
      solutionNorm: solution, dataNorm: data)
  }
}

public import MonotoneArithmetic
public import MonotoneLinearAlgebra
public import MDPCore

/// By how much given V̂ and ρ̂ miss a policy's two equations.
///
/// One backup and one push of visitations through the chain. Complexity: O(stored transitions).
@usableFromInline struct PolicyResidual<Number: Scalar> {
  /// r(s,a) + γ Σ P V̂ by pair.
  @usableFromInline let backup: [Number]
  /// r_π + γP_πV̂ − V̂ by state; 0 at terminal states.
  @usableFromInline let values: [Number]
  /// ρ₀ + γP_πᵀρ̂ − ρ̂ by state.
  @usableFromInline let visits: [Number]

  @inlinable init(
    values: [Number], visitation mass: [Number], mdp: FiniteMDP<Number>,
    policy: TabularPolicy<Number>
  ) {
    var next = mdp.expectedReward
    mdp.transitions.multiply(values, into: &next)
    var inflow = mdp.initial
    mdp.transitions.multiplyTransposed(
      Self.flow(mass, mdp: mdp, policy: policy), into: &inflow)
    self.init(
      values: values, visitation: mass, next: next, inflow: inflow, mdp: mdp, policy: policy)
  }

  /// The discounted flow of ρ̂ through each pair: γ ρ̂(s) π(a|s).
  @inlinable static func flow(
    _ mass: [Number], mdp: FiniteMDP<Number>, policy: TabularPolicy<Number>
  ) -> [Number] {
    precondition(
      policy.probabilities.count == mdp.space.pairCount && mass.count == mdp.space.stateCount,
      """
      a policy of \(policy.probabilities.count) pairs and visitations of \(mass.count) states for a \
      model of \(mdp.space.pairCount) pairs and \(mdp.space.stateCount) states
      """)
    var flow = [Number](repeating: .zero, count: mdp.space.pairCount)
    for state in mdp.space.liveStates {
      let discounted = mdp.discount * mass[state]
      for pair in mdp.space.pairs(of: state) where !policy[pair].isExactlyZero {
        flow[pair] = discounted * policy[pair]
      }
    }
    return flow
  }

  /// The residual, given the products with the transitions: `next` = P V̂ by pair, and `inflow`, where
  /// the flow arrives.
  @inlinable init(
    values: [Number], visitation mass: [Number], next: [Number], inflow: [Number],
    mdp: FiniteMDP<Number>, policy: TabularPolicy<Number>
  ) {
    let space = mdp.space
    precondition(
      values.count == space.stateCount && next.count == space.pairCount,
      """
      values of \(values.count) states and backups of \(next.count) pairs for a model of \
      \(space.stateCount) states and \(space.pairCount) pairs
      """)
    let backup = next.indices.map { mdp.expectedReward[$0] + mdp.discount * next[$0] }
    var valueMiss = [Number](repeating: .zero, count: values.count)
    for state in space.liveStates {
      var expected = Number.zero
      for pair in space.pairs(of: state) where !policy[pair].isExactlyZero {
        expected += policy[pair] * backup[pair]
      }
      valueMiss[state] = expected - values[state]
    }
    var visits = inflow
    for state in mass.indices {
      // Without discounting a terminal state has no visits and no equation.
      if mdp.isUndiscounted, space.isTerminal[state] {
        visits[state] = .zero
        continue
      }
      visits[state] += mdp.initial[state]
      if space.isTerminal[state] { visits[state] += mdp.discount * mass[state] }
      visits[state] = visits[state] - mass[state]
    }
    self.backup = backup
    self.values = valueMiss
    self.visits = visits
  }
}

extension PolicyResidual<TrackedDouble> {
  /// The residual of a float64 solution, with the products at the speed of float64; nil where those
  /// do not apply.
  init?(
    _ solution: PolicySolution, transitions: EnclosedMatrix, mdp: FiniteMDP<TrackedDouble>,
    policy: TabularPolicy<TrackedDouble>
  ) {
    let mass = solution.stateVisitation.map { TrackedDouble($0) }
    guard
      let (next, inflow) = transitions.multiply(
        solution.stateValues, transposed: Self.flow(mass, mdp: mdp, policy: policy))
    else { return nil }
    self.init(
      values: solution.stateValues.map { TrackedDouble($0) }, visitation: mass, next: next,
      inflow: inflow, mdp: mdp, policy: policy)
  }
}

public import Arithmetic
public import LinearAlgebra
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
    let space = mdp.space
    precondition(
      policy.probabilities.count == space.pairCount && values.count == space.stateCount
        && mass.count == space.stateCount,
      """
      a policy of \(policy.probabilities.count) pairs, values of \(values.count) and visitations \
      of \(mass.count) states for a model of \(space.pairCount) pairs and \(space.stateCount) states
      """)
    var backup = mdp.expectedReward
    mdp.transitions.multiply(values, into: &backup)
    for pair in backup.indices {
      backup[pair] = mdp.expectedReward[pair] + mdp.discount * backup[pair]
    }
    var valueMiss = [Number](repeating: .zero, count: values.count)
    var flow = [Number](repeating: .zero, count: backup.count)
    for state in values.indices where !space.isTerminal[state] {
      let discounted = mdp.discount * mass[state]
      var expected = Number.zero
      for pair in space.pairs(of: state) where !policy[pair].isExactlyZero {
        expected += policy[pair] * backup[pair]
        flow[pair] = discounted * policy[pair]
      }
      valueMiss[state] = expected - values[state]
    }
    var inflow = mdp.initial
    mdp.transitions.multiplyTransposed(flow, into: &inflow)
    for state in mass.indices {
      inflow[state] += mdp.initial[state]
      if space.isTerminal[state] { inflow[state] += mdp.discount * mass[state] }
    }
    for state in mass.indices { inflow[state] = inflow[state] - mass[state] }
    self.backup = backup
    self.values = valueMiss
    visits = inflow
  }
}

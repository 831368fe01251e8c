package import MonotoneArithmetic
package import MDPSolvers

extension Twin {
  /// The twin of the theory: W = ρ_π, unnormalised, and Â = A_π, without horizon, critic or noise.
  ///
  /// Its gradient is ∇η (2015, eq. 4).
  package init<Number: Scalar>(theory evaluation: PolicyEvaluation<Number>) {
    let space = evaluation.mdp.space
    self.init(
      space: space,
      stateWeights: space.states.indices.map {
        space.isTerminal[$0] ? 0 : evaluation.stateVisitation.mass[$0].approximation
      },
      advantages: evaluation.advantages.map(\.approximation))
  }
}

internal import MonotoneArithmetic
internal import MDPSolvers

/// The surrogate touches the return where the policies coincide: L_π(π) = η(π).
///
/// Computed from the definition, with π in the place of π̃: L_π(π) = η(π) + Σ_s ρ_π(s) Σ_a π A.
struct SurrogateValue: Claim {
  init() {}
  let id = "surrogate-value"
  let kind = ClaimKind.identity
  let statement = "L_π(π) = η(π)"
  let source = "Schulman et al. 2015, eq. 4"

  func check<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Finding<Number.Real> {
    let atItself = update.current.surrogateAtItself
    return .identity(difference: (atItself - update.current.expectedReturn).real)
  }
}

extension PolicyEvaluation {
  /// L_π(π), from the definition of the surrogate.
  var surrogateAtItself: Number {
    expectedReturn
      + stateVisitation.sum { state in
        Number.sum(over: mdp.space.pairs(of: state), { policy[$0] }, times: { advantages[$0] })
      }
  }
}

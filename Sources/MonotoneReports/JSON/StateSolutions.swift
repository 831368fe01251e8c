package import MonotoneArithmetic
package import MDPCore
internal import MDPSolvers

/// The states of a solution in the model's order, made one by one from compact arrays.
package struct StateSolutions: Sendable, Equatable {
  /// States, actions and available pairs.
  package let space: StateActionSpace
  /// A bound on the error of η.
  package let returnRadius: Double
  /// V by state.
  package let values: QuantityArray
  /// ρ by state, unnormalised.
  package let visitation: QuantityArray
  /// A bound on the sum of the errors of ρ over all states.
  package let visitationError: Double
  /// π(a|s) by pair.
  package let probabilities: QuantityArray
  /// Q by pair.
  package let actionValues: QuantityArray
  /// A by pair.
  package let advantages: QuantityArray

  /// The states of an evaluation.
  init<Number: Scalar>(_ evaluation: PolicyEvaluation<Number>) {
    space = evaluation.mdp.space
    returnRadius = QuantityArray([evaluation.expectedReturn]).radii[0]
    values = QuantityArray(evaluation.stateValues)
    let visits = evaluation.stateVisitation
    visitation = QuantityArray(visits.mass.indices.lazy.map { visits[$0] })
    visitationError = evaluation.visitationAccuracy.errorBound
    probabilities = QuantityArray(evaluation.policy.probabilities)
    actionValues = QuantityArray(evaluation.actionValues)
    advantages = QuantityArray(evaluation.advantages)
  }

  /// The states of an evaluation whose numbers share their bounds.
  init(_ evaluation: RoundedEvaluation) {
    space = evaluation.space
    returnRadius = QuantityArray([FloatBall(evaluation.expectedReturn)]).radii[0]
    values = QuantityArray(
      evaluation.stateValues, within: space.isTerminal.map { $0 ? 0 : evaluation.valueError })
    visitation = QuantityArray(
      evaluation.visitation,
      within: evaluation.isVisited.map { $0 ? evaluation.visitationError : 0 })
    visitationError = evaluation.visitationError
    probabilities = QuantityArray(
      evaluation.policy.policy.probabilities, within: evaluation.policy.error)
    actionValues = QuantityArray(evaluation.actionValues, within: evaluation.actionValueError)
    advantages = QuantityArray(evaluation.advantages, within: evaluation.advantageError)
  }
}

extension StateSolutions: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { space.stateCount }

  package subscript(state: Int) -> StateSolution {
    StateSolution(
      name: space.states[state], isTerminal: space.isTerminal[state], value: values[state],
      visitation: visitation[state],
      actions: space.pairs(of: state).map { pair in
        ActionSolution(
          name: space.actionName(ofPair: pair), probability: probabilities[pair],
          value: actionValues[pair], advantage: advantages[pair])
      })
  }
}

/// One state of a solution.
package struct StateSolution: Sendable, Equatable {
  /// The state's name.
  package var name: String
  /// Whether it ends the process.
  package var isTerminal: Bool
  /// V.
  package var value: Quantity
  /// ρ, unnormalised.
  package var visitation: Quantity
  /// Its available actions; none at a terminal state.
  package var actions: [ActionSolution]
}

/// One available action of a state of a solution.
package struct ActionSolution: Sendable, Equatable {
  /// The action's name.
  package var name: String
  /// π(a|s).
  package var probability: Quantity
  /// Q(s,a).
  package var value: Quantity
  /// A(s,a).
  package var advantage: Quantity
}

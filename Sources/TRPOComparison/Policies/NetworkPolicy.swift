internal import MonotoneArithmetic
package import MDPCore
package import NeuralTRPO

/// A network as a policy of a finite MDP: π_θ(a|s) in every state.
///
/// All in double precision. Parameters of a network in single precision are doubles too; what they
/// give here is what they mean, free of the rounding that the network itself commits.
package struct NetworkPolicy: Sendable {
  /// The observations and masks of the states.
  package let states: ObservedStates
  /// The network's widths.
  package let shape: NetworkShape
  /// θ.
  package var parameters: [Double]

  /// A policy from its parameters.
  package init(_ states: ObservedStates, shape: NetworkShape, parameters: [Double]) {
    precondition(
      shape.inputs == states.width && shape.outputs == states.space.actions.count
        && parameters.count == shape.parameterCount,
      """
      \(parameters.count) parameters of a network \(shape.widths) for observations of \
      \(states.width) and \(states.space.actions.count) actions
      """)
    self.states = states
    self.shape = shape
    self.parameters = parameters
  }

  /// The policy that an update began with.
  package init(observation: UpdateObservation, in environment: SampledMDP) {
    self.init(
      ObservedStates(environment, scaling: observation.scaling), shape: observation.shape,
      parameters: observation.before)
  }

  /// The distribution over actions.
  package var head: FactoredCategorical {
    FactoredCategorical(choices: [states.space.actions.count])
  }

  /// π(a|s) by pair.
  package var probabilities: TabularPolicy<Double> {
    let actor = PolicyActor<Double>(shape: shape, head: head, capacity: max(1, states.count))
    actor.observations.update(from: states.observations, count: states.observations.count)
    return states.policy(
      actor.probabilities(rows: states.count, mask: states.masks, parameters: parameters))
  }

  /// The policy in exact numbers: each probability over its state's sum.
  package var exact: ExactPolicy { .normalising(probabilities) }
}

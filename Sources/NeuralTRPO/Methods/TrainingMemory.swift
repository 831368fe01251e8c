package import MonotoneLinearAlgebra

/// The memory that a training run will ask for, before it does.
package struct TrainingMemory: Sendable {
  /// Bytes, to within a small factor.
  package let bytes: Double

  /// Of a configuration in environments of one kind.
  ///
  /// - Parameter environment: What they show and take.
  /// - Throws: ``InvalidConvolution`` if there are no such networks.
  package init(
    _ configuration: TrainingConfiguration, in environment: EnvironmentSpaces
  ) throws(InvalidConvolution) {
    let networks = try TrainingNetworks(configuration, in: environment)
    let inputs = Double(environment.observationWidth)
    let width = configuration.precision == .float ? 4.0 : 8.0
    // θ, its gradient, the vectors of conjugate gradients, and a copy for a checkpoint; Adam's moments.
    // Of a generation the elite is kept, and returns of all.
    let isSearch = configuration.method == .crossEntropy
    let population = isSearch ? Double(configuration.population) : 0
    let parameters =
      (10 + population * configuration.eliteShare) * Self.parameters(networks.policy) + population
      + 6 * (networks.critic.map(Self.parameters) ?? 0)
    let sharesRows = configuration.fisherShare < 1
    let observation: Double
    if networks.policy.holdsBytes {
      // The rollout's, the batch's, and their order where Fisher products are taken over a part of them.
      observation = (sharesRows ? 3 : 2) * inputs
    } else {
      // As it came, too.
      observation = 4 * inputs * width
    }
    // Its activations, and what flows back through them.
    let row = 3 * Self.kept(networks.policy) + 2 * (networks.critic.map(Self.kept) ?? 0) + 16
    let branches =
      configuration.estimator == .vine
      ? Double(configuration.vineStates) * Double(configuration.vineActions) : 0
    let rows = Double(max(configuration.batch, configuration.environments)) + branches
    // Its state, streams and present observation.
    let environments = Double(configuration.environments) * (8 * inputs + 512)
    bytes = width * parameters + (width * row + observation) * rows + environments
  }

  private static func parameters(_ shape: NetworkShape) -> Double { Double(shape.parameterCount) }

  /// The numbers that a network keeps of a row beside its inputs: of convolutions only what comes out.
  private static func kept(_ shape: NetworkShape) -> Double {
    shape.convolutions == nil
      ? shape.widths.reduce(0) { $0 + Double($1) } : Double(shape.outputs)
  }

  /// Refuses what the machine has no room for.
  package func require(_ budget: MemoryBudget = .shared) throws(InsufficientMemory) {
    try budget.require(bytes, "training with these settings")
  }
}

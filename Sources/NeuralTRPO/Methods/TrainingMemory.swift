package import MonotoneLinearAlgebra

/// The memory that a training run will ask for, before it does.
package struct TrainingMemory: Sendable {
  /// Bytes, to within a small factor.
  package let bytes: Double

  /// Of a configuration in environments of one kind.
  ///
  /// - Parameter environment: One of them.
  package init(_ configuration: TrainingConfiguration, in environment: any VectorEnvironment) {
    self.init(
      configuration, observationWidth: environment.observationWidth,
      actionSpace: environment.actionSpace)
  }

  /// Of a configuration in environments of some sizes.
  package init(
    _ configuration: TrainingConfiguration, observationWidth: Int, actionSpace: ActionSpace
  ) {
    let inputs = Double(observationWidth)
    let outputs = Double(actionSpace.head(fixedDeviation: nil).outputs)
    let width = configuration.precision == .float ? 4.0 : 8.0
    let policy = [inputs] + configuration.hidden.map(Double.init) + [outputs]
    let critic =
      configuration.critic == .none
      ? [] : [inputs] + configuration.criticHidden.map(Double.init) + [1]
    // θ, its gradient, the vectors of conjugate gradients, and a copy for a checkpoint; Adam's moments.
    let parameters = 10 * Self.parameters(policy) + 6 * Self.parameters(critic)
    // A row is kept as it came and as it is seen; its activations, and what flows back through them.
    let row = 4 * inputs + 3 * policy.reduce(0, +) + 2 * critic.reduce(0, +) + 16
    let branches =
      configuration.estimator == .vine
      ? Double(configuration.vineStates) * Double(configuration.vineActions) : 0
    let rows = Double(max(configuration.batch, configuration.environments)) + branches
    // Its state, streams and present observation.
    let environments = Double(configuration.environments) * (8 * inputs + 512)
    bytes = width * (parameters + row * rows) + environments
  }

  private static func parameters(_ widths: [Double]) -> Double {
    zip(widths, widths.dropFirst()).reduce(0) { $0 + ($1.0 + 1) * $1.1 }
  }

  /// Refuses what the machine has no room for.
  package func require(_ budget: MemoryBudget = .shared) throws(InsufficientMemory) {
    try budget.require(bytes, "training with these settings")
  }
}

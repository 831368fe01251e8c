public import MonotoneFiles
public import NeuralTRPO

extension SinglePath {
  /// A collector in the environments of a world, as many as a configuration says on as many threads.
  ///
  /// - Throws: ``MonotoneFiles/RunFailure``.
  public convenience init(
    in world: TrainingWorld, _ configuration: TrainingConfiguration, shape: NetworkShape,
    head: any PolicyHead
  ) throws(RunFailure) {
    self.init(
      try world.environments(configuration), shape: shape, head: head,
      seed: UInt64(configuration.seed))
  }
}

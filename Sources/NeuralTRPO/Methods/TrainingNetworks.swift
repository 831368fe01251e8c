/// The networks that a configuration asks for, for what environments of a kind show.
package struct TrainingNetworks: Sendable, Equatable {
  /// The policy's.
  package let policy: NetworkShape
  /// The critic's; nil where there is none.
  package let critic: NetworkShape?

  /// Of a configuration in environments of one kind.
  ///
  /// An image passes through the configuration's convolutions, if there are any; where its bytes are scaled by
  /// running statistics, it holds numbers of any kind.
  ///
  /// - Parameter environment: What they show and take.
  /// - Throws: ``InvalidConvolution`` if observations are no images, or too small ones.
  package init(
    _ configuration: TrainingConfiguration, in environment: EnvironmentSpaces
  ) throws(InvalidConvolution) {
    let convolutions = try Self.convolutions(configuration, environment)
    func shape(_ hidden: [Int], _ outputs: Int, hasHiddenBiases: Bool = true) -> NetworkShape {
      guard let convolutions else {
        return NetworkShape(
          inputs: environment.observationWidth, hidden: hidden, outputs: outputs,
          activation: configuration.activation, hasHiddenBiases: hasHiddenBiases)
      }
      return NetworkShape(
        convolutions, hidden: hidden, outputs: outputs, activation: configuration.activation,
        hasHiddenBiases: hasHiddenBiases)
    }
    policy = shape(
      configuration.hidden, environment.actionSpace.head(fixedDeviation: nil).outputs,
      hasHiddenBiases: configuration.hiddenBias)
    critic = configuration.critic == .none ? nil : shape(configuration.criticHidden, 1)
  }

  private static func convolutions(
    _ configuration: TrainingConfiguration, _ environment: EnvironmentSpaces
  ) throws(InvalidConvolution) -> ConvolutionalShape? {
    guard let image = environment.image else {
      guard configuration.convolutions.isEmpty else {
        throw InvalidConvolution(
          "the observations of \(environment.id) are no images; expected none")
      }
      return nil
    }
    return try ConvolutionalShape(
      ImageShape(
        height: image.height, width: image.width, channels: image.channels,
        holdsBytes: image.holdsBytes && !configuration.normalizesObservations,
        largestByte: image.largestByte),
      configuration.convolutions)
  }
}

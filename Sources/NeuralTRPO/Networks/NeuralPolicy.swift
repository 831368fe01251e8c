/// A stochastic policy: a network from observations to the parameters of a distribution over actions.
///
/// Its parameters θ are one flat vector: the network's, then the head's. A policy is a value; what a
/// batch needs while it is worked on lies in a ``PolicyBatch``.
public struct NeuralPolicy<Number: NetworkNumber>: Sendable {
  /// The network's widths.
  public let shape: NetworkShape
  /// The distribution over actions.
  public let head: any PolicyHead
  /// θ.
  public var parameters: [Number]

  /// A policy.
  ///
  /// - Parameters:
  ///   - inputs: The width of observations.
  ///   - hidden: The hidden widths; none for a linear policy.
  ///   - head: The distribution over actions.
  ///   - parameters: θ.
  public init(shape: NetworkShape, head: any PolicyHead, parameters: [Number]) {
    precondition(
      shape.outputs == head.outputs
        && parameters.count == shape.parameterCount + head.parameterCount,
      """
      a network of \(shape.outputs) outputs for a head of \(head.outputs), \(parameters.count) \
      parameters for \(shape.parameterCount) + \(head.parameterCount)
      """)
    self.shape = shape
    self.head = head
    self.parameters = parameters
  }
}

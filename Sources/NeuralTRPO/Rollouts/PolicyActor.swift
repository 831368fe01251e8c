package import MonotoneProbability
internal import RealModule

/// A policy at work: actions for rows of observations.
///
/// Actions are what the distribution gave. An environment may clip them; probabilities never see that.
package final class PolicyActor<Number: NetworkNumber> {
  /// The network's layers.
  package let shape: NetworkShape
  /// The distribution over actions.
  package let head: any PolicyHead
  /// The most rows.
  package var capacity: Int { network.capacity }
  private let network: any Network<Number>

  /// A workspace for so many rows.
  ///
  /// - Parameter keepsBytes: Whether images of bytes are kept as bytes; ``observations`` is then not to be
  ///   used.
  package init(
    shape: NetworkShape, head: any PolicyHead, capacity: Int, keepsBytes: Bool = false
  ) {
    precondition(
      shape.outputs == head.outputs,
      "a network of \(shape.outputs) outputs for a head of \(head.outputs)")
    self.shape = shape
    self.head = head
    network = shape.network(capacity: capacity, keepsBytes: keepsBytes)
  }

  /// Where observations go in, row by row.
  package var observations: UnsafeMutablePointer<Number> { network.inputs.start }

  /// Where observations go in, as numbers or bytes.
  var inputs: NetworkInputs<Number> { network.inputs }

  /// How a distribution becomes an action.
  package enum Choice: Sendable {
    /// Drawn.
    case sampled
    /// Its most likely action.
    case mode
  }

  /// Actions for the first rows of ``observations``; row i draws from stream i.
  ///
  /// - Parameters:
  ///   - mask: Whether each output's choice is available, row by row; nil if all are.
  ///   - parameters: θ, the network's and then the head's.
  package func act(
    _ choice: Choice = .sampled, rows: Int, mask: UnsafePointer<Bool>? = nil,
    parameters: [Number], streams: inout [RandomStream],
    into actions: UnsafeMutablePointer<Number>
  ) {
    withDistributions(rows: rows, mask: mask, parameters: parameters) { block in
      switch choice {
      case .sampled: head.sample(block, from: &streams, into: actions)
      case .mode: head.modes(block, into: actions)
      }
    }
  }

  /// ln π(a|s) of an action for each of the first rows of ``observations``.
  func logProbabilities(
    of actions: UnsafePointer<Number>, rows: Int, mask: UnsafePointer<Bool>?,
    parameters: [Number]
  ) -> [Number] {
    var results = [Number](repeating: 0, count: rows)
    withDistributions(rows: rows, mask: mask, parameters: parameters) { block in
      head.logProbabilities(of: actions, block, into: &results)
    }
    return results
  }

  /// The distributions over actions for the first rows of ``observations``.
  private func withDistributions(
    rows: Int, mask: UnsafePointer<Bool>?, parameters: [Number],
    _ body: (HeadBlock<Number>) -> Void
  ) {
    parameters.withUnsafeBufferPointer { theta in
      guard let base = theta.baseAddress else { return }
      network.forward(UnsafeBufferPointer(rebasing: theta[..<shape.parameterCount]), rows: rows)
      if let mask {
        ActionMask.apply(mask, to: network.outputs.start, count: rows * shape.outputs)
      }
      body(
        HeadBlock(
          outputs: network.outputs.start, parameters: base + shape.parameterCount, rows: rows))
    }
  }

  /// π(a|s) for the first rows of ``observations``, row by row over the head's outputs.
  ///
  /// - Precondition: the head is a plain categorical choice.
  package func probabilities(rows: Int, mask: [Bool], parameters: [Number]) -> [Double] {
    let width = shape.outputs
    precondition(
      head.choices == [width]
        && (mask.isEmpty || mask.count == rows * width),
      "probabilities of \(type(of: head)) with \(mask.count) flags for \(rows) rows of \(width)")
    return mask.withUnsafeBufferPointer { mask in
      var probabilities: [Double] = []
      withDistributions(
        rows: rows, mask: mask.isEmpty ? nil : mask.baseAddress, parameters: parameters
      ) {
        block in
        probabilities = (0..<rows).flatMap { row in
          let logits = (0..<width).map { Double(block.outputs[row * width + $0]) }
          let largest = logits.max() ?? 0
          let weights = logits.map { Double.exp($0 - largest) }
          let sum = weights.reduce(0, +)
          return weights.map { $0 / sum }
        }
      }
      return probabilities
    }
  }
}

/// The widths of a multilayer perceptron, and where its parameters lie in one flat vector.
///
/// Layer l takes `widths[l]` numbers to `widths[l + 1]`; its weights stand first, inputs × outputs
/// row by row, its biases after them. A network without hidden layers is linear; on one-hot inputs
/// it is a table.
public struct NetworkShape: Sendable, Equatable {
  /// Inputs, hidden widths, outputs.
  public let widths: [Int]
  /// Where each layer's weights begin.
  public let weightStart: [Int]
  /// Where each layer's biases begin.
  public let biasStart: [Int]
  /// The number of parameters.
  public let parameterCount: Int

  /// A shape from its widths.
  ///
  /// - Precondition: at least inputs and outputs, all positive.
  public init(inputs: Int, hidden: [Int], outputs: Int) {
    let widths = [inputs] + hidden + [outputs]
    precondition(widths.allSatisfy { $0 > 0 }, "no network has the widths \(widths)")
    self.widths = widths
    var (weights, biases, next): ([Int], [Int], Int) = ([], [], 0)
    for (input, output) in zip(widths, widths.dropFirst()) {
      weights.append(next)
      biases.append(next + input * output)
      next += (input + 1) * output
    }
    (weightStart, biasStart, parameterCount) = (weights, biases, next)
  }

  /// The number of layers of weights.
  public var layerCount: Int { widths.count - 1 }
  /// The numbers that go in.
  public var inputs: Int { widths[0] }
  /// The numbers that come out.
  public var outputs: Int { widths[layerCount] }
}

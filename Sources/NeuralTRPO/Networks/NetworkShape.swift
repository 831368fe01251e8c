/// The layers of a network, and where their parameters lie in one flat vector.
///
/// An observation passes through convolutions, where there are any, and then through dense layers: dense
/// layer l takes `widths[l]` numbers to `widths[l + 1]`. The weights of a layer stand first, inputs ×
/// outputs row by row, its biases after them, if it has any. A network without hidden layers is linear; on
/// one-hot inputs it is a table.
public struct NetworkShape: Sendable, Equatable {
  /// The image and the convolutions before the dense layers; nil for observations that go straight into
  /// those.
  public let convolutions: ConvolutionalShape?
  /// The function after each layer but the last.
  public let activation: Activation
  /// Of the dense layers: inputs, hidden widths, outputs.
  public let widths: [Int]
  /// Whether the dense layers before the last have biases; the last has.
  public let hasHiddenBiases: Bool
  /// Where each dense layer's weights begin.
  public let weightStart: [Int]
  /// Where each dense layer's biases begin, or would.
  public let biasStart: [Int]
  /// The number of parameters.
  public let parameterCount: Int

  /// A multilayer perceptron from its widths.
  ///
  /// - Precondition: at least inputs and outputs, all positive.
  public init(
    inputs: Int, hidden: [Int], outputs: Int, activation: Activation = .tanh,
    hasHiddenBiases: Bool = true
  ) {
    self.init(nil, [inputs] + hidden + [outputs], activation, hasHiddenBiases)
  }

  /// Convolutions, and dense layers on what comes out of them.
  ///
  /// - Precondition: positive widths.
  public init(
    _ convolutions: ConvolutionalShape, hidden: [Int], outputs: Int, activation: Activation = .tanh,
    hasHiddenBiases: Bool = true
  ) {
    self.init(
      convolutions, [convolutions.outputs] + hidden + [outputs], activation, hasHiddenBiases)
  }

  private init(
    _ convolutions: ConvolutionalShape?, _ widths: [Int], _ activation: Activation,
    _ hasHiddenBiases: Bool
  ) {
    precondition(widths.allSatisfy { $0 > 0 }, "no network has the widths \(widths)")
    self.convolutions = convolutions
    self.activation = activation
    self.widths = widths
    self.hasHiddenBiases = hasHiddenBiases
    var (weights, biases): ([Int], [Int]) = ([], [])
    var next = convolutions?.parameterCount ?? 0
    for layer in 0..<(widths.count - 1) {
      let (input, output) = (widths[layer], widths[layer + 1])
      weights.append(next)
      biases.append(next + input * output)
      let isHidden = layer < widths.count - 2
      next += (isHidden && !hasHiddenBiases ? input : input + 1) * output
    }
    (weightStart, biasStart, parameterCount) = (weights, biases, next)
  }

  /// The number of dense layers.
  public var layerCount: Int { widths.count - 1 }
  /// The numbers that go in.
  public var inputs: Int { convolutions?.image.count ?? widths[0] }
  /// The numbers that come out.
  public var outputs: Int { widths[layerCount] }

  /// The dense layers as a network of their own.
  var dense: NetworkShape { NetworkShape(nil, widths, activation, hasHiddenBiases) }

  /// Whether a dense layer has biases.
  func hasBiases(_ layer: Int) -> Bool { hasHiddenBiases || layer == layerCount - 1 }

  /// Every layer in the order of the parameters.
  var layers: [NetworkLayer] {
    var layers: [NetworkLayer] = []
    for (one, image) in zip(convolutions?.convolutions ?? [], convolutions?.images ?? []) {
      layers.append(
        NetworkLayer(
          sizes: [one.kernel, one.kernel, image.channels, one.filters], after: layers.last))
    }
    for layer in 0..<layerCount {
      layers.append(
        NetworkLayer(
          sizes: [widths[layer], widths[layer + 1]], hasBiases: hasBiases(layer), after: layers.last
        ))
    }
    return layers
  }
}

/// The parameters of a layer: a matrix of weights, and biases if it has any.
struct NetworkLayer: Sendable, Equatable {
  /// The sizes of the tensor of weights, outputs last: inputs × outputs, or kernel rows × kernel columns ×
  /// channels × filters.
  let sizes: [Int]
  /// Whether there is a bias for every output.
  let hasBiases: Bool
  /// Where the weights begin in the flat vector.
  let weightStart: Int

  init(sizes: [Int], hasBiases: Bool = true, after last: NetworkLayer?) {
    self.sizes = sizes
    self.hasBiases = hasBiases
    weightStart = last?.end ?? 0
  }

  /// How many numbers go into an output.
  var inputs: Int { sizes.dropLast().reduce(1, *) }
  /// How many outputs there are: of a place, for a convolution.
  var outputs: Int { sizes[sizes.count - 1] }
  /// Where the biases begin, or would.
  var biasStart: Int { weightStart + inputs * outputs }
  /// Where the next layer begins.
  var end: Int { biasStart + (hasBiases ? outputs : 0) }
}

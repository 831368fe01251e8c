public import MonotoneProbability

/// How the parameters of a network begin.
///
/// A convolution's weights are the matrix of a dense layer from the numbers under its kernel to its filters.
/// Layer by layer, weights before biases, all drawn from one stream in double precision: a stream
/// gives the same network in Float and Double, up to rounding.
public enum NetworkInitialisation: Sendable, Equatable {
  /// Weights `gain` times a random matrix with orthonormal columns, or rows where those are fewer;
  /// biases 0.
  ///
  /// The matrix is uniform among those (Haar), by Gram–Schmidt on normal numbers, twice, since once
  /// loses digits. Stable-Baselines3 begins so, with gains √2 for hidden layers, and for the last
  /// 0.01 in a policy and 1 in a value network.
  ///
  /// Sources: Saxe, McClelland & Ganguli, ICLR 2014; for "twice" Giraud et al. 2005.
  case orthogonal(hiddenGain: Double = 2.0.squareRoot(), outputGain: Double)

  /// Weights and biases uniform in ±1/√(the layer's inputs), as PyTorch's `Linear` begins.
  case uniform

  /// Parameters of a network, laid out as its shape says.
  ///
  /// Complexity: the sum over layers of widths n ≥ k of 4 n k² flops for `orthogonal`.
  public func parameters<Number: NetworkNumber>(
    of shape: NetworkShape, as type: Number.Type = Number.self, stream: inout RandomStream
  ) -> [Number] {
    var parameters: [Number] = []
    parameters.reserveCapacity(shape.parameterCount)
    let layers = shape.layers
    for (index, layer) in layers.enumerated() {
      let (inputs, outputs) = (layer.inputs, layer.outputs)
      switch self {
      case .orthogonal(let hiddenGain, let outputGain):
        let gain = index == layers.count - 1 ? outputGain : hiddenGain
        let weights = Self.orthogonal(rows: inputs, columns: outputs, &stream)
        parameters += weights.map { Number(gain * $0) }
        parameters += repeatElement(0, count: layer.end - layer.biasStart)
      case .uniform:
        let bound = 1 / Double(inputs).squareRoot()
        parameters += (layer.weightStart..<layer.end).map { _ in
          Number(bound * (2 * stream.uniform() - 1))
        }
      }
    }
    return parameters
  }

  /// A matrix with orthonormal columns, or rows where those are fewer, row by row.
  private static func orthogonal(
    rows: Int, columns: Int, _ stream: inout RandomStream
  ) -> [Double] {
    let (count, length) = (min(rows, columns), max(rows, columns))
    var vectors = [Double](repeating: 0, count: count * length)
    vectors.withUnsafeMutableBufferPointer { vectors in
      for index in 0..<count {
        let vector = vectors[(index * length)..<((index + 1) * length)]
        // What is left of a vector that nearly lies in the others' span is no direction.
        repeat {
          for position in vector.indices { vectors[position] = stream.normal() }
        } while orthonormalise(index, length, vectors) < 1e-6
      }
    }
    guard rows >= columns else { return vectors }
    var matrix = vectors
    for vector in 0..<count {
      for position in 0..<length {
        matrix[position * count + vector] = vectors[vector * length + position]
      }
    }
    return matrix
  }

  /// Takes a vector's shares along those before it away, and gives it length 1.
  ///
  /// - Returns: How long what was left of it was.
  private static func orthonormalise(
    _ index: Int, _ length: Int, _ vectors: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    func product(_ a: Int, _ b: Int) -> Double {
      var sum = 0.0
      for k in 0..<length { sum += vectors[a * length + k] * vectors[b * length + k] }
      return sum
    }
    for _ in 0..<2 {
      for other in 0..<index {
        let share = product(other, index)
        for k in 0..<length { vectors[index * length + k] -= share * vectors[other * length + k] }
      }
    }
    let norm = product(index, index).squareRoot()
    for k in 0..<length { vectors[index * length + k] /= norm }
    return norm
  }
}

/// Convolutions without padding, then a multilayer perceptron on all that comes out of them, and their
/// derivatives, on batches of images.
///
///     h₀ = scale · image,   P_l = patches of h_l,   z_l = P_l W_l + b_l,   h_{l+1} = f(z_l)
///
/// with a row of P_l for each image and place of the kernel (``Patches``), and f the activation. The last
/// h goes into the dense layers as it lies: row by row, pixel by pixel, channel by channel.
///
///     JVP   ż_l = P_l Ẇ_l + Ṗ_l W_l + ḃ_l,   ḣ = f′ ż                       (Ṗ_0 = 0)
///     VJP   δ_l = f′ · (patchesᵀ of δ_{l+1} W_{l+1}ᵀ),   W̄_l += P_lᵀ δ_l,   b̄_l += Σ δ_l
///
/// Of a batch only inputs and outputs are kept; h and P of a block of images are computed anew where a
/// derivative needs them, and serve both derivatives of the block: for the network of the paper they are
/// 400 times as large as its images of bytes.
///
/// Complexity: a forward pass takes 2 · (places · parameters) flops a convolution and image, a derivative
/// twice that, and the pass anew.
final class ConvolutionalNetwork<Number: NetworkNumber>: Network {
  let shape: NetworkShape
  let capacity: Int
  let inputs: NetworkInputs<Number>
  let outputs: NetworkBuffer<Number>

  let geometry: [PatchGeometry]
  let layers: [NetworkLayer]
  /// The layers behind the convolutions, a block at a time.
  let dense: MultilayerPerceptron<Number>
  /// Where their parameters begin.
  private let denseStart: Int
  /// h of a block, by layer; the last are the inputs of the dense layers.
  let values: [UnsafeMutablePointer<Number>]
  private let owned: [NetworkBuffer<Number>]
  /// P of a block, by layer.
  let patches: [NetworkBuffer<Number>]
  /// Ṗ, or δ Wᵀ, of a layer but the first.
  let patchTangents: NetworkBuffer<Number>
  /// ḣ or δ of two layers, one after the other.
  let first: NetworkBuffer<Number>
  let second: NetworkBuffer<Number>
  /// Copies of a bias.
  private let biasRows: NetworkBuffer<Number>
  /// The block whose h and P are at hand.
  private var held: Range<Int>?

  /// A workspace.
  ///
  /// - Parameter keepsBytes: Whether images are kept as bytes.
  init(
    _ shape: NetworkShape, _ convolutions: ConvolutionalShape, capacity: Int, keepsBytes: Bool
  ) {
    precondition(capacity > 0, "a batch of \(capacity) images")
    self.shape = shape
    self.capacity = capacity
    let rows = min(shape.blockRows, capacity)
    inputs = .init(shape, rows: capacity, asBytes: keepsBytes)
    outputs = .init(count: capacity * shape.outputs)
    geometry = convolutions.convolutions.indices.map(convolutions.patches)
    layers = Array(shape.layers.prefix(geometry.count))
    dense = MultilayerPerceptron(shape.dense, capacity: rows)
    denseStart = convolutions.parameterCount
    owned = geometry.map { .init(count: rows * $0.input.count) }
    values = owned.map(\.start) + [dense.inputs.start]
    patches = geometry.map { .init(count: rows * $0.count) }
    patchTangents = .init(count: rows * (geometry.dropFirst().map(\.count).max() ?? 0))
    let largest = geometry.map(\.output.count).max() ?? 0
    first = .init(count: rows * largest)
    second = .init(count: rows * largest)
    biasRows = .init(count: max(Self.partCount, layers.map(\.outputs).max() ?? 0))
  }

  /// The part of a vector like the parameters that belongs to the dense layers.
  func dense(_ vector: UnsafeBufferPointer<Number>) -> UnsafeBufferPointer<Number> {
    UnsafeBufferPointer(rebasing: vector[denseStart...])
  }

  /// The part of a vector that is to be changed.
  func dense(
    _ vector: UnsafeMutableBufferPointer<Number>
  ) -> UnsafeMutableBufferPointer<Number> {
    UnsafeMutableBufferPointer(rebasing: vector[denseStart...])
  }

  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  func forward(_ parameters: UnsafeBufferPointer<Number>, rows: Int) {
    precondition(
      parameters.count == shape.parameterCount && rows <= capacity,
      "\(parameters.count) parameters for \(shape.parameterCount), \(rows) rows for \(capacity)")
    for block in shape.blocks(of: rows) {
      hold(block, parameters)
      (outputs.start + block.lowerBound * shape.outputs).update(
        from: dense.outputs.start, count: block.count * shape.outputs)
    }
  }

  /// Sees to it that h and P of a block are at hand.
  ///
  func need(_ block: Range<Int>, _ parameters: UnsafeBufferPointer<Number>) {
    if held != block { hold(block, parameters) }
  }

  /// Computes h and P of a block.
  private func hold(_ block: Range<Int>, _ parameters: UnsafeBufferPointer<Number>) {
    guard let theta = parameters.baseAddress else { return }
    inputs.read(block, into: values[0])
    for (index, layer) in layers.enumerated() {
      let (geometry, matrix) = (geometry[index], patches[index].start)
      let rows = block.count * geometry.places
      Patches.gather(values[index], count: block.count, geometry, into: matrix)
      Number.product(
        matrix, transposed: false, theta + layer.weightStart, transposed: false,
        into: values[index + 1], rows: rows, inner: layer.inputs, columns: layer.outputs,
        keeping: 0)
      addBias(theta + layer.biasStart, layer.outputs, to: values[index + 1], rows) {
        shape.activation.apply($0, count: $2)
      }
    }
    dense.forward(dense(parameters), rows: block.count)
    held = block
  }

  /// Adds a row to every row of a matrix, and calls a body for parts of it while they are in the cache,
  /// with their beginning, where that is in the matrix, and their number of numbers.
  @inline(__always) func addBias(
    _ bias: UnsafePointer<Number>, _ width: Int, to matrix: UnsafeMutablePointer<Number>,
    _ rows: Int,
    then body: (_ part: UnsafeMutablePointer<Number>, _ start: Int, _ count: Int) -> Void
  ) {
    // Many copies of the row, so that the loop is over many numbers at a time.
    let (copies, partRows) = (biasRows.start, min(rows, max(1, Self.partCount / width)))
    for row in 0..<partRows { (copies + row * width).update(from: bias, count: width) }
    for start in stride(from: 0, to: rows, by: partRows) {
      let count = min(partRows, rows - start) * width
      let part = matrix + start * width
      for index in 0..<count { part[index] += copies[index] }
      body(part, start * width, count)
    }
  }

  /// The numbers of a matrix that are worked on at a time between two products.
  private static var partCount: Int { 4096 }
}

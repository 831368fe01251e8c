/// A multilayer perceptron with an activation f between its layers, and its derivatives, on batches.
///
///     h₀ = x,   z_l = h_l W_l + b_l,   h_{l+1} = f(z_l),   y = z_last
///
/// b_l is 0 in a hidden layer without biases. ``forward(_:rows:)`` leaves the hidden values of all rows,
/// which the derivatives use.
///
///     JVP  ẏ = J v       (`pushForward`):  ż_l = ḣ_l W_l + h_l Ẇ_l + ḃ_l,   ḣ = f′ ż
///     VJP  g += Jᵀ u     (`pullBack`):     δ_l = f′ (δ_{l+1} W_{l+1}ᵀ),  W̄_l += h_lᵀ δ_l,  b̄_l += Σ δ_l
///
/// Complexity: 2 · rows · parameters flops a forward pass, twice that a derivative.
final class MultilayerPerceptron<Number: NetworkNumber>: Network {
  let shape: NetworkShape
  let capacity: Int
  let inputs: NetworkInputs<Number>
  let outputs: NetworkBuffer<Number>
  private let hidden: [NetworkBuffer<Number>]
  private let first: NetworkBuffer<Number>
  private let second: NetworkBuffer<Number>

  /// A workspace.
  init(_ shape: NetworkShape, capacity: Int) {
    precondition(capacity > 0, "a batch of \(capacity) rows")
    precondition(shape.convolutions == nil, "a perceptron with convolutions")
    self.shape = shape
    self.capacity = capacity
    inputs = .init(shape, rows: capacity)
    hidden = shape.widths.dropFirst().dropLast().map { .init(count: capacity * $0) }
    outputs = .init(count: capacity * shape.outputs)
    let widest = shape.widths.max() ?? 1
    let rows = min(shape.blockRows, capacity)
    first = .init(count: rows * widest)
    second = .init(count: rows * widest)
  }

  /// h of a layer, all rows.
  func values(_ layer: Int) -> UnsafeMutablePointer<Number> {
    layer == 0
      ? inputs.start : layer == shape.layerCount ? outputs.start : hidden[layer - 1].start
  }

  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  func forward(_ parameters: UnsafeBufferPointer<Number>, rows: Int) {
    precondition(
      parameters.count == shape.parameterCount && rows <= capacity,
      "\(parameters.count) parameters for \(shape.parameterCount), \(rows) rows for \(capacity)")
    guard let theta = parameters.baseAddress else { return }
    for block in shape.blocks(of: rows) {
      for layer in 0..<shape.layerCount {
        let next = shape.widths[layer + 1]
        let target = values(layer + 1) + block.lowerBound * next
        applyLayer(layer, of: theta, block, into: target)
        if layer < shape.layerCount - 1 {
          shape.activation.apply(target, count: block.count * next)
        }
      }
    }
  }

  func pushForward(
    _ direction: UnsafeBufferPointer<Number>, through parameters: UnsafeBufferPointer<Number>,
    block: Range<Int>, into result: UnsafeMutablePointer<Number>
  ) {
    pushForward(direction, through: parameters, block: block, inputTangent: nil, into: result)
  }

  /// ẏ = J v for a block of rows whose inputs move as well.
  ///
  /// - Parameter inputTangent: ẋ, `block.count` rows; nil for 0.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  func pushForward(
    _ direction: UnsafeBufferPointer<Number>, through parameters: UnsafeBufferPointer<Number>,
    block: Range<Int>, inputTangent: UnsafePointer<Number>?,
    into result: UnsafeMutablePointer<Number>
  ) {
    guard let theta = parameters.baseAddress, let v = direction.baseAddress else { return }
    var tangent = inputTangent
    var (next, spare) = (first.start, second.start)
    for layer in 0..<shape.layerCount {
      let (width, columns) = (shape.widths[layer], shape.widths[layer + 1])
      let isLast = layer == shape.layerCount - 1
      let target = isLast ? result : next
      applyLayer(layer, of: v, block, into: target)
      if let tangent {
        Number.multiply(
          tangent, theta + shape.weightStart[layer], into: target, rows: block.count,
          inner: width, columns: columns, keeping: 1)
      }
      if !isLast {
        shape.activation.multiplyBySlope(
          target, of: values(layer + 1) + block.lowerBound * columns,
          count: block.count * columns)
        tangent = UnsafePointer(target)
        swap(&next, &spare)
      }
    }
  }

  func pullBack(
    _ cotangent: UnsafePointer<Number>, through parameters: UnsafeBufferPointer<Number>,
    block: Range<Int>, addingTo gradient: UnsafeMutableBufferPointer<Number>
  ) {
    pullBack(
      cotangent, through: parameters, block: block, addingTo: gradient, inputCotangent: nil)
  }

  /// gradient += Jᵀ u for a block of rows, and what falls on their inputs.
  ///
  /// - Parameter inputCotangent: Room for x̄, `block.count` rows; nil where nobody asks.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  func pullBack(
    _ cotangent: UnsafePointer<Number>, through parameters: UnsafeBufferPointer<Number>,
    block: Range<Int>, addingTo gradient: UnsafeMutableBufferPointer<Number>,
    inputCotangent: UnsafeMutablePointer<Number>?
  ) {
    guard let theta = parameters.baseAddress, let g = gradient.baseAddress else { return }
    var delta = cotangent
    var (next, spare) = (first.start, second.start)
    for layer in (0..<shape.layerCount).reversed() {
      let (width, columns) = (shape.widths[layer], shape.widths[layer + 1])
      addLayerGradient(layer, delta, block, into: g)
      guard let target = layer > 0 ? next : inputCotangent else { return }
      Number.multiplyByTransposed(
        delta, theta + shape.weightStart[layer], into: target, rows: block.count, inner: columns,
        columns: width)
      guard layer > 0 else { return }
      shape.activation.multiplyBySlope(
        next, of: values(layer) + block.lowerBound * width, count: block.count * width)
      delta = UnsafePointer(next)
      swap(&next, &spare)
    }
  }

  /// h W + b of a layer for a block of rows.
  func applyLayer(
    _ layer: Int, of parameters: UnsafePointer<Number>, _ block: Range<Int>,
    into target: UnsafeMutablePointer<Number>
  ) {
    let (width, columns) = (shape.widths[layer], shape.widths[layer + 1])
    if shape.hasBiases(layer) {
      Self.repeatRow(
        parameters + shape.biasStart[layer], width: columns, block.count, into: target)
    } else {
      target.initialize(repeating: 0, count: block.count * columns)
    }
    Number.multiply(
      values(layer) + block.lowerBound * width, parameters + shape.weightStart[layer], into: target,
      rows: block.count, inner: width, columns: columns, keeping: 1)
  }

  /// W̄ += hᵀ δ and b̄ += Σ δ of a layer, from δ of a block of rows.
  func addLayerGradient(
    _ layer: Int, _ delta: UnsafePointer<Number>, _ block: Range<Int>,
    into gradient: UnsafeMutablePointer<Number>
  ) {
    let (width, columns) = (shape.widths[layer], shape.widths[layer + 1])
    Number.addTransposedProduct(
      values(layer) + block.lowerBound * width, delta, into: gradient + shape.weightStart[layer],
      rows: width, inner: block.count, columns: columns)
    guard shape.hasBiases(layer) else { return }
    Number.addColumns(
      delta, rows: block.count, width: columns, into: gradient + shape.biasStart[layer])
  }

  private static func repeatRow(
    _ row: UnsafePointer<Number>, width: Int, _ rows: Int,
    into target: UnsafeMutablePointer<Number>
  ) {
    // To initialise is to copy bytes; to update may be a call for each number.
    for index in 0..<rows { (target + index * width).initialize(from: row, count: width) }
  }
}

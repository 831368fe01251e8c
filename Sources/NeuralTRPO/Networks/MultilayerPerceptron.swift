/// A multilayer perceptron with tanh between its layers, and its derivatives, on batches.
///
///     h₀ = x,   z_l = h_l W_l + b_l,   h_{l+1} = tanh z_l,   y = z_last
///
/// A workspace for batches up to a capacity: ``forward(_:rows:)`` leaves the hidden values in it, and
/// the two derivatives use them until the next forward pass.
///
///     JVP  ẏ = J v       (`pushForward`):  ż_l = ḣ_l W_l + h_l Ẇ_l + ḃ_l,   ḣ = (1 − h²) ż
///     VJP  g += Jᵀ u     (`pullBack`):     δ_l = (1 − h²) (δ_{l+1} W_{l+1}ᵀ),  W̄_l += h_lᵀ δ_l,  b̄_l += Σ δ_l
///
/// No call allocates. Rows are worked on in blocks of ``blockRows``, so that the numbers that pass
/// from layer to layer stay in the cache; a block's first and last row may be chosen, so that a
/// product with Jᵀ M J goes block by block as well.
///
/// Complexity: 2 · rows · parameters flops a forward pass, twice that a derivative.
final class MultilayerPerceptron<Number: NetworkNumber> {
  /// Widths and parameter layout.
  let shape: NetworkShape
  /// The most rows of a batch.
  let capacity: Int
  /// How many rows are worked on at a time.
  static var blockRows: Int { 256 }

  /// Where the rows of a batch go in, row by row.
  let inputs: NetworkBuffer<Number>
  /// The outputs of the last forward pass, row by row.
  let outputs: NetworkBuffer<Number>
  private let hidden: [NetworkBuffer<Number>]
  private let first: NetworkBuffer<Number>
  private let second: NetworkBuffer<Number>

  /// A workspace.
  init(_ shape: NetworkShape, capacity: Int) {
    precondition(capacity > 0, "a batch of \(capacity) rows")
    self.shape = shape
    self.capacity = capacity
    inputs = .init(count: capacity * shape.inputs)
    hidden = shape.widths.dropFirst().dropLast().map { .init(count: capacity * $0) }
    outputs = .init(count: capacity * shape.outputs)
    let widest = shape.widths.max() ?? 1
    first = .init(count: Self.blockRows * widest)
    second = .init(count: Self.blockRows * widest)
  }

  /// The blocks of a batch.
  static func blocks(of rows: Int) -> [Range<Int>] { blocks(of: 0..<rows) }

  /// The blocks of some rows.
  static func blocks(of rows: Range<Int>) -> [Range<Int>] {
    stride(from: rows.lowerBound, to: rows.upperBound, by: blockRows).map {
      $0..<min($0 + blockRows, rows.upperBound)
    }
  }

  /// h of a layer, all rows.
  func values(_ layer: Int) -> UnsafeMutablePointer<Number> {
    layer == 0
      ? inputs.start : layer == shape.layerCount ? outputs.start : hidden[layer - 1].start
  }

  /// y for the first `rows` input rows.
  ///
  /// - Parameter parameters: ``NetworkShape/parameterCount`` numbers.
  func forward(_ parameters: UnsafeBufferPointer<Number>, rows: Int) {
    precondition(
      parameters.count == shape.parameterCount && rows <= capacity,
      "\(parameters.count) parameters for \(shape.parameterCount), \(rows) rows for \(capacity)")
    guard let theta = parameters.baseAddress else { return }
    for block in Self.blocks(of: rows) {
      for layer in 0..<shape.layerCount {
        let next = shape.widths[layer + 1]
        let target = values(layer + 1) + block.lowerBound * next
        applyLayer(layer, of: theta, block, into: target)
        if layer < shape.layerCount - 1 {
          Number.applyTanh(target, count: block.count * next)
        }
      }
    }
  }

  /// ẏ = J v for a block of rows of the last forward pass.
  ///
  /// - Parameters:
  ///   - direction: v, laid out as parameters are.
  ///   - result: ẏ, `block.count` rows of ``NetworkShape/outputs``.
  func pushForward(
    _ direction: UnsafeBufferPointer<Number>, through parameters: UnsafeBufferPointer<Number>,
    block: Range<Int>, into result: UnsafeMutablePointer<Number>
  ) {
    guard let theta = parameters.baseAddress, let v = direction.baseAddress else { return }
    var (tangent, next) = (first.start, second.start)
    for layer in 0..<shape.layerCount {
      let (width, columns) = (shape.widths[layer], shape.widths[layer + 1])
      let isLast = layer == shape.layerCount - 1
      let target = isLast ? result : next
      applyLayer(layer, of: v, block, into: target)
      if layer > 0 {
        Number.multiply(
          tangent, theta + shape.weightStart[layer], into: target, rows: block.count,
          inner: width, columns: columns, keeping: 1)
      }
      if !isLast {
        Number.multiplyBySlope(
          target, of: values(layer + 1) + block.lowerBound * columns,
          count: block.count * columns)
        swap(&tangent, &next)
      }
    }
  }

  /// gradient += Jᵀ u for a block of rows of the last forward pass.
  ///
  /// - Parameters:
  ///   - cotangent: u, `block.count` rows of ``NetworkShape/outputs``.
  ///   - gradient: Laid out as parameters are; added to.
  func pullBack(
    _ cotangent: UnsafePointer<Number>, through parameters: UnsafeBufferPointer<Number>,
    block: Range<Int>, addingTo gradient: UnsafeMutableBufferPointer<Number>
  ) {
    guard let theta = parameters.baseAddress, let g = gradient.baseAddress else { return }
    var delta = cotangent
    var (next, spare) = (first.start, second.start)
    for layer in (0..<shape.layerCount).reversed() {
      let (width, columns) = (shape.widths[layer], shape.widths[layer + 1])
      addLayerGradient(layer, delta, block, into: g)
      guard layer > 0 else { return }
      Number.multiplyByTransposed(
        delta, theta + shape.weightStart[layer], into: next, rows: block.count, inner: columns,
        columns: width)
      Number.multiplyBySlope(
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
    Self.repeatRow(
      parameters + shape.biasStart[layer], width: columns, block.count, into: target)
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

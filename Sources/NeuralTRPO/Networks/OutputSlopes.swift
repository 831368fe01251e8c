/// The products J v and Jᵀ u of a network, many times over at the same parameters, when it has few
/// outputs: with ∂y_o/∂z_l of every row, output and hidden layer at hand, half the matrix products
/// that ``MultilayerPerceptron`` makes anew each time fall away.
///
///     D_lo = ∂y_o/∂z_l:   D_last,o = f′ W_out[:, o],   D_{l−1},o = f′(z_l) (D_lo W_lᵀ)
///
///     J v    ẏ_o = Σ_l D_lo · (h_l V_l + v_l) + h_out V_out[:, o] + v_out,o
///     Jᵀ u   W̄_l += h_lᵀ E_l,   b̄_l += Σ E_l,   E_l = Σ_o u_o D_lo
///
/// A row costs 4 · (parameters) flops a pair of products in place of 8, and 4 · outputs · (hidden
/// units) more that wait for memory: worth it for one or two outputs.
final class OutputSlopes<Number: NetworkNumber> {
  private let network: MultilayerPerceptron<Number>
  /// D by hidden layer and output, row by row.
  private let slopes: [[NetworkBuffer<Number>]]
  /// h_l V_l or E_l of a block.
  private let block: NetworkBuffer<Number>

  /// Whether a network has products to save.
  static func pays(for shape: NetworkShape) -> Bool {
    shape.convolutions == nil && shape.outputs <= 2 && shape.layerCount >= 3
  }

  /// A workspace for the rows that a network has room for.
  init(_ network: MultilayerPerceptron<Number>) {
    self.network = network
    let hidden = network.shape.widths.dropFirst().dropLast()
    slopes = hidden.map { width in
      (0..<network.shape.outputs).map { _ in .init(count: network.capacity * width) }
    }
    block = .init(count: network.shape.blockRows * (hidden.max() ?? 0))
  }

  /// Takes the slopes of the network's last forward pass, for its first rows.
  func take(_ parameters: UnsafeBufferPointer<Number>, rows: Int) {
    guard let theta = parameters.baseAddress else { return }
    for block in network.shape.blocks(of: rows) {
      for output in 0..<network.shape.outputs { take(theta, block, output) }
    }
  }

  private func take(_ theta: UnsafePointer<Number>, _ block: Range<Int>, _ output: Int) {
    let shape = network.shape
    let last = shape.layerCount - 1
    let column = theta + shape.weightStart[last] + output
    for row in block {
      let target = slopes[last - 1][output].start + row * shape.widths[last]
      for unit in 0..<shape.widths[last] { target[unit] = column[unit * shape.outputs] }
    }
    for layer in (1...last).reversed() {
      let width = shape.widths[layer]
      let target = slopes[layer - 1][output].start + block.lowerBound * width
      if layer < last {
        let columns = shape.widths[layer + 1]
        Number.multiplyByTransposed(
          slopes[layer][output].start + block.lowerBound * columns,
          theta + shape.weightStart[layer], into: target, rows: block.count, inner: columns,
          columns: width)
      }
      shape.activation.multiplyBySlope(
        target, of: network.values(layer) + block.lowerBound * width, count: block.count * width)
    }
  }

  /// ẏ = J v for a block of rows.
  ///
  /// - Parameters:
  ///   - direction: v, laid out as parameters are.
  ///   - result: ẏ, `block.count` rows of outputs.
  func pushForward(
    _ direction: UnsafeBufferPointer<Number>, block: Range<Int>,
    into result: UnsafeMutablePointer<Number>
  ) {
    guard let v = direction.baseAddress else { return }
    let shape = network.shape
    network.applyLayer(shape.layerCount - 1, of: v, block, into: result)
    for layer in slopes.indices {
      let width = shape.widths[layer + 1]
      network.applyLayer(layer, of: v, block, into: self.block.start)
      for (output, slopes) in slopes[layer].enumerated() {
        Number.addRowProducts(
          self.block.start, slopes.start + block.lowerBound * width, rows: block.count,
          width: width, into: result + output, stride: shape.outputs)
      }
    }
  }

  /// gradient += Jᵀ u for a block of rows.
  ///
  /// - Parameters:
  ///   - cotangent: u, `block.count` rows of outputs.
  ///   - gradient: Laid out as parameters are; added to.
  func pullBack(
    _ cotangent: UnsafePointer<Number>, block: Range<Int>,
    addingTo gradient: UnsafeMutableBufferPointer<Number>
  ) {
    guard let g = gradient.baseAddress else { return }
    let shape = network.shape
    network.addLayerGradient(shape.layerCount - 1, cotangent, block, into: g)
    for layer in slopes.indices {
      let width = shape.widths[layer + 1]
      for (output, slopes) in slopes[layer].enumerated() {
        Number.scaleRows(
          slopes.start + block.lowerBound * width, by: cotangent + output, stride: shape.outputs,
          rows: block.count, width: width, into: self.block.start, keeping: output > 0)
      }
      network.addLayerGradient(layer, self.block.start, block, into: g)
    }
  }
}

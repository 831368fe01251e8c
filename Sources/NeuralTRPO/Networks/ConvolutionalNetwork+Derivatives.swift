extension ConvolutionalNetwork {
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  func pushForward(
    _ direction: UnsafeBufferPointer<Number>, through parameters: UnsafeBufferPointer<Number>,
    block: Range<Int>, into result: UnsafeMutablePointer<Number>
  ) {
    guard let theta = parameters.baseAddress, let v = direction.baseAddress else { return }
    need(block, parameters)
    var tangent: UnsafeMutablePointer<Number>?
    var (next, spare) = (first.start, second.start)
    for (index, layer) in layers.enumerated() {
      let rows = block.count * geometry[index].places
      Number.product(
        patches[index].start, transposed: false, v + layer.weightStart, transposed: false,
        into: next, rows: rows, inner: layer.inputs, columns: layer.outputs, keeping: 0)
      if let tangent {
        Patches.gather(
          tangent, count: block.count, geometry[index], into: patchTangents.start)
        Number.product(
          patchTangents.start, transposed: false, theta + layer.weightStart, transposed: false,
          into: next, rows: rows, inner: layer.inputs, columns: layer.outputs, keeping: 1)
      }
      let h = values[index + 1]
      addBias(v + layer.biasStart, layer.outputs, to: next, rows) {
        shape.activation.multiplyBySlope($0, of: h + $1, count: $2)
      }
      tangent = next
      swap(&next, &spare)
    }
    dense.pushForward(
      dense(direction), through: dense(parameters), block: 0..<block.count,
      inputTangent: tangent.map { UnsafePointer($0) }, into: result)
  }

  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  func pullBack(
    _ cotangent: UnsafePointer<Number>, through parameters: UnsafeBufferPointer<Number>,
    block: Range<Int>, addingTo gradient: UnsafeMutableBufferPointer<Number>
  ) {
    guard let theta = parameters.baseAddress, let g = gradient.baseAddress else { return }
    need(block, parameters)
    var (delta, next) = (first.start, second.start)
    dense.pullBack(
      cotangent, through: dense(parameters), block: 0..<block.count, addingTo: dense(gradient),
      inputCotangent: layers.isEmpty ? nil : delta)
    for (index, layer) in layers.enumerated().reversed() {
      let rows = block.count * geometry[index].places
      shape.activation.multiplyBySlope(
        delta, of: values[index + 1], count: rows * layer.outputs)
      Number.product(
        patches[index].start, transposed: true, delta, transposed: false,
        into: g + layer.weightStart, rows: layer.inputs, inner: rows, columns: layer.outputs,
        keeping: 1)
      Number.addColumns(delta, rows: rows, width: layer.outputs, into: g + layer.biasStart)
      guard index > 0 else { return }
      Number.product(
        delta, transposed: false, theta + layer.weightStart, transposed: true,
        into: patchTangents.start, rows: rows, inner: layer.outputs, columns: layer.inputs,
        keeping: 0)
      Patches.scatter(patchTangents.start, count: block.count, geometry[index], into: next)
      swap(&delta, &next)
    }
  }
}

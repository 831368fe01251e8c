import Testing

@testable import NeuralTRPO

@Suite("Policies against PyTorch")
struct PolicyGoldenTests {
  /// Both sides compute in double precision. The quantities are sums of at most a hundred terms of
  /// order 1, each with a few roundings of 1e-16 and a tanh or exponential right to 4 ulp: errors
  /// below 1e-13. A formula that is wrong is wrong by far more than 1e-12.
  static let tolerance = 1e-12

  private func expect(
    _ values: [Double], _ truth: [Double], _ what: String,
    within tolerance: Double = Self.tolerance,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(values.count == truth.count, "\(what)", sourceLocation: sourceLocation)
    for (index, (value, expected)) in zip(values, truth).enumerated() {
      #expect(
        abs(value - expected) <= tolerance * max(1, abs(expected)),
        "\(what), number \(index): \(value) in place of \(expected)",
        sourceLocation: sourceLocation)
    }
  }

  @Test("Outputs and Jacobian products of the network", arguments: PolicyGolden.all)
  func network(golden: PolicyGolden) {
    let network = golden.network()
    let (rows, count) = (golden.rows, golden.shape.parameterCount)
    var tangents = [Double](repeating: 0, count: rows * golden.shape.outputs)
    var transposed = [Double](repeating: 0, count: count)
    golden.parameters.withUnsafeBufferPointer { parameters in
      let theta = UnsafeBufferPointer(rebasing: parameters[..<count])
      golden.direction.withUnsafeBufferPointer { direction in
        network.pushForward(
          UnsafeBufferPointer(rebasing: direction[..<count]), through: theta, block: 0..<rows,
          into: &tangents)
      }
      transposed.withUnsafeMutableBufferPointer {
        network.pullBack(golden.cotangents, through: theta, block: 0..<rows, addingTo: $0)
      }
    }
    expect(
      (0..<golden.outputs.count).map { network.outputs.start[$0] }, golden.outputs, "outputs")
    expect(tangents, golden.jacobianProduct, "J v")
    expect(transposed, golden.transposedProduct, "Jᵀ u")
  }

  @Test("Log-probabilities and entropies", arguments: PolicyGolden.all)
  func head(golden: PolicyGolden) {
    let network = golden.network()
    var logProbabilities = [Double](repeating: 0, count: golden.rows)
    var entropies = logProbabilities
    golden.parameters.withUnsafeBufferPointer { parameters in
      guard let base = parameters.baseAddress else { return }
      let block = HeadBlock<Double>(
        outputs: network.outputs.start, parameters: base + golden.shape.parameterCount,
        rows: golden.rows)
      golden.head.head.logProbabilities(of: golden.actions, block, into: &logProbabilities)
      golden.head.head.entropies(block, into: &entropies)
    }
    expect(logProbabilities, golden.logProbabilities, "ln π")
    expect(entropies, golden.entropies, "entropy")
  }

  @Test("Surrogate, its gradient, and the divergence elsewhere", arguments: PolicyGolden.all)
  func surrogate(golden: PolicyGolden) {
    let batch = golden.loaded()
    let (here, there) = (batch.values(golden.parameters), batch.values(golden.otherParameters))
    expect([here.surrogate, here.meanDivergence], [golden.surrogate, 0], "at the policy")
    expect(
      [there.surrogate, there.meanDivergence], [golden.otherSurrogate, golden.otherDivergence],
      "at another")
    expect(batch.gradient(), golden.gradient, "gradient")
  }

  @Test("Fisher products, and the whole matrix column by column", arguments: PolicyGolden.all)
  func fisher(golden: PolicyGolden) {
    let batch = golden.loaded()
    var product = golden.direction
    batch.fisherProduct(golden.direction, into: &product)
    expect(product, golden.fisherProduct, "F v")
    var triangle: [Double] = []
    var columns: [[Double]] = []
    for column in golden.parameters.indices {
      var unit = [Double](repeating: 0, count: golden.parameters.count)
      unit[column] = 1
      batch.fisherProduct(unit, into: &product)
      columns.append(product)
      triangle += product[...column]
    }
    // The products give columns, and what stands here above the diagonal, is in the rows below it.
    if let truth = golden.fisherLowerTriangle { expect(triangle, truth, "F") }
    for (i, column) in columns.enumerated() {
      expect(column, columns.map { $0[i] }, "F is symmetric, column \(i)")
    }
  }

  /// x is of a linear system whose condition number is below 100, solved there directly and here by
  /// conjugate gradients to the last digit.
  @Test("A whole update", arguments: PolicyGolden.convolutional)
  func update(golden: PolicyGolden) throws {
    let updated = try #require(golden.updated)
    var parameters = golden.parameters
    let record = TrustRegionUpdate.perform(
      on: &parameters, golden.loaded(),
      UpdateConfiguration(
        budget: 0.01, conjugateGradient: .init(iterations: 500, tolerance: 1e-14), damping: 0.1,
        fisherShare: 1,
        backtrack: 0.8))
    #expect(record.outcome == .accepted)
    #expect(record.trials == golden.trials)
    expect(parameters, updated, "parameters", within: 1e-10)
  }
}

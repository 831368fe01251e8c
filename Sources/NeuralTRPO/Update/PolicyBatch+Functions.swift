extension PolicyBatch {
  /// L and D at a policy, from one forward pass.
  public struct Values: Sendable, Equatable {
    /// L, the sampled surrogate.
    public var surrogate: Double
    /// D, the sampled mean divergence.
    public var meanDivergence: Double

    /// Whether both are numbers.
    public var areFinite: Bool { surrogate.isFinite && meanDivergence.isFinite }
  }

  /// L(θ) and D(θ).
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public func values(_ parameters: [Number]) -> Values {
    var divergence = 0.0
    withOldPolicy { _, oldPsi in
      withPolicy(parameters) { theta, psi in
        for block in shape.blocks(of: rows) {
          other.inputs.take(block, of: network.inputs)
          other.forward(theta, rows: block.count)
          hideUnavailable(other.outputs.start, block)
          let new = HeadBlock(
            outputs: UnsafePointer(other.outputs.start), parameters: psi, rows: block.count)
          head.logProbabilities(
            of: actions.start + block.lowerBound * head.actionWidth, new,
            into: logProbabilities.start + block.lowerBound)
          head.divergences(
            from: old(block, oldPsi), to: new, into: results.start + block.lowerBound)
        }
      }
    }
    for row in 0..<rows {
      divergence += Double(estimator.rowWeights[row]) * Double(results.start[row])
    }
    let surrogate = estimator.value { row in
      Double(logProbabilities.start[row]) - Double(oldLogProbabilities.start[row])
    }
    return Values(
      surrogate: surrogate, meanDivergence: divergence / estimator.totalWeight(of: 0..<rows))
  }

  /// L(θ_old).
  public var oldSurrogate: Double { estimator.valueAtOldPolicy }

  /// ∇L at θ_old.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public func gradient() -> [Number] {
    var gradient = [Number](repeating: 0, count: parameterCount)
    estimator.slopes(into: results.start)
    addGradient(of: 0..<rows, to: &gradient)
    return gradient
  }

  /// The summand of ∇L at θ_old that comes from each part of the batch; a part is some ranges of rows.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  func gradients(of parts: [[Range<Int>]]) -> [[Number]] {
    estimator.slopes(into: results.start)
    return parts.map { ranges in
      var gradient = [Number](repeating: 0, count: parameterCount)
      for rows in ranges { addGradient(of: rows, to: &gradient) }
      return gradient
    }
  }

  /// - Precondition: the rows' slopes stand in the results.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  private func addGradient(of rows: Range<Int>, to gradient: inout [Number]) {
    withOldPolicy(and: &gradient) { theta, psi, networkPart, headPart in
      for block in shape.blocks(of: rows) {
        head.scores(
          of: actions.start + block.lowerBound * head.actionWidth,
          weights: results.start + block.lowerBound, old(block, psi), into: cotangents.start,
          addingTo: headPart)
        network.pullBack(cotangents.start, through: theta, block: block, addingTo: networkPart)
      }
    }
  }

  /// F v at θ_old.
  ///
  /// - Parameters:
  ///   - direction: v.
  ///   - rows: How many rows, from the first, stand for all: the paper takes a tenth.
  ///   - product: F v.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public func fisherProduct(
    _ direction: [Number], rows: Int? = nil, into product: inout [Number]
  ) {
    let used = min(rows ?? self.rows, self.rows)
    setWeightedFisherProduct(direction, of: 0..<used, into: &product)
    let scale = Number(1 / estimator.totalWeight(of: 0..<used))
    for index in product.indices { product[index] *= scale }
  }

  /// F v at θ_old over some rows, times their weight.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  func setWeightedFisherProduct(
    _ direction: [Number], of rows: Range<Int>, into product: inout [Number]
  ) {
    for index in product.indices { product[index] = 0 }
    withPolicy(direction) { direction, headDirection in
      withOldPolicy(and: &product) { theta, psi, networkPart, headPart in
        takeSlopes(theta, rows: rows.upperBound)
        for block in shape.blocks(of: rows) {
          if let slopes {
            slopes.pushForward(direction, block: block, into: cotangents.start)
          } else {
            network.pushForward(direction, through: theta, block: block, into: cotangents.start)
          }
          head.applyMetric(
            metric.start + block.lowerBound * head.metricWidth, old(block, psi),
            weights: estimator.rowWeights + block.lowerBound,
            tangents: cotangents.start, headTangent: headDirection, addingTo: headPart)
          if let slopes {
            slopes.pullBack(cotangents.start, block: block, addingTo: networkPart)
          } else {
            network.pullBack(cotangents.start, through: theta, block: block, addingTo: networkPart)
          }
        }
      }
    }
  }

  /// Takes the slopes of the outputs for so many rows, unless that is done.
  private func takeSlopes(_ theta: UnsafeBufferPointer<Number>, rows: Int) {
    guard let slopes, slopeRows < rows else { return }
    slopes.take(theta, rows: rows)
    slopeRows = rows
  }

  /// θ_old and a vector like it, each as the network's part and the head's.
  private func withOldPolicy(
    and vector: inout [Number],
    _ body: (
      _ theta: UnsafeBufferPointer<Number>, _ psi: UnsafePointer<Number>,
      _ networkPart: UnsafeMutableBufferPointer<Number>,
      _ headPart: UnsafeMutablePointer<Number>
    ) -> Void
  ) {
    precondition(
      vector.count == parameterCount, "a vector of \(vector.count) for \(parameterCount)")
    withOldPolicy { theta, psi in
      vector.withUnsafeMutableBufferPointer { vector in
        guard let start = vector.baseAddress else { return }
        body(
          theta, psi, UnsafeMutableBufferPointer(rebasing: vector[..<shape.parameterCount]),
          start + shape.parameterCount)
      }
    }
  }
}

extension PolicyBatch {
  /// The mean entropy of π_old over the rows, unweighted.
  public var meanEntropy: Double {
    guard rows > 0 else { return 0 }
    withOldPolicy { _, psi in head.entropies(old(0..<rows, psi), into: results.start) }
    var sum = 0.0
    for row in 0..<rows { sum += Double(results.start[row]) }
    return sum / Double(rows)
  }
}

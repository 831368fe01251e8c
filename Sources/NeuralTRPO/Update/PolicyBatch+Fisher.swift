extension PolicyBatch {
  /// F v at θ_old.
  ///
  /// - Parameters:
  ///   - direction: v.
  ///   - rows: How many rows, from the first, stand for all: the paper takes a tenth.
  ///   - matrix: How F is estimated.
  ///   - product: F v.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public func fisherProduct(
    _ direction: [Number], rows: Int? = nil, _ matrix: FisherMatrix = .analytic,
    into product: inout [Number]
  ) {
    let used = min(rows ?? self.rows, self.rows)
    setWeightedFisherProduct(direction, of: 0..<used, matrix, into: &product)
    let scale = Number(1 / estimator.totalWeight(of: 0..<used))
    for index in product.indices { product[index] *= scale }
  }

  /// F v at θ_old over some rows, times their weight.
  ///
  /// - Parameter weights: Of every row of the batch; nil for those that it was loaded with.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  func setWeightedFisherProduct(
    _ direction: [Number], of rows: Range<Int>, _ matrix: FisherMatrix = .analytic,
    weights: UnsafePointer<Number>? = nil, into product: inout [Number]
  ) {
    for index in product.indices { product[index] = 0 }
    withPolicy(direction) { direction, headDirection in
      withOldPolicy(and: &product) { theta, psi, networkPart, headPart in
        takeSlopes(theta, rows: rows.upperBound)
        for block in shape.blocks(of: rows) {
          pushForward(direction, theta, block)
          let first = block.lowerBound
          switch matrix {
          case .analytic:
            head.applyMetric(
              metric.start + first * head.metricWidth, old(block, psi),
              weights: (weights ?? estimator.rowWeights) + first,
              tangents: cotangents.start, headTangent: headDirection, addingTo: headPart)
          case .empirical:
            head.applyScores(
              of: actions.start + first * head.actionWidth,
              metric.start + first * head.metricWidth, old(block, psi),
              weights: (weights ?? estimator.actionWeights) + first,
              tangents: cotangents.start, headTangent: headDirection, addingTo: headPart)
          }
          if let slopes {
            slopes.pullBack(cotangents.start, block: block, addingTo: networkPart)
          } else {
            network.pullBack(cotangents.start, through: theta, block: block, addingTo: networkPart)
          }
        }
      }
    }
  }

  /// vᵀF_s v at θ_old for some rows: twice the divergence that a small step v causes in each state.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  func stateCurvatures(_ direction: [Number], of rows: Range<Int>) -> [Double] {
    withPolicy(direction) { direction, headDirection in
      withOldPolicy { theta, psi in
        takeSlopes(theta, rows: rows.upperBound)
        for block in shape.blocks(of: rows) {
          pushForward(direction, theta, block)
          head.curvatures(
            metric.start + block.lowerBound * head.metricWidth, old(block, psi),
            tangents: cotangents.start, headTangent: headDirection,
            into: results.start + block.lowerBound)
        }
      }
    }
    return rows.map { Double(results.start[$0]) }
  }

  /// Leaves J v of a block in the cotangents.
  private func pushForward(
    _ direction: UnsafeBufferPointer<Number>, _ theta: UnsafeBufferPointer<Number>,
    _ block: Range<Int>
  ) {
    if let slopes {
      slopes.pushForward(direction, block: block, into: cotangents.start)
    } else {
      network.pushForward(direction, through: theta, block: block, into: cotangents.start)
    }
  }

  /// Takes the slopes of the outputs for so many rows, unless that is done.
  private func takeSlopes(_ theta: UnsafeBufferPointer<Number>, rows: Int) {
    guard let slopes, slopeRows < rows else { return }
    slopes.take(theta, rows: rows)
    slopeRows = rows
  }
}

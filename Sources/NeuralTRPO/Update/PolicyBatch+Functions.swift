extension PolicyBatch {
  /// L and divergences at a policy, from one forward pass.
  public struct Values: Sendable, Equatable {
    /// L, the sampled surrogate.
    public var surrogate: Double
    /// D, the sampled mean divergence.
    public var meanDivergence: Double
    /// The largest divergence of a row.
    public var maximumDivergence: Double

    /// Whether they are numbers.
    public var areFinite: Bool { surrogate.isFinite && meanDivergence.isFinite }

    /// The divergence that a constraint bounds.
    public func divergence(_ constraint: DivergenceConstraint) -> Double {
      switch constraint {
      case .meanKL: meanDivergence
      case .maxKL: maximumDivergence
      }
    }
  }

  /// L(θ) and D(θ).
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public func values(_ parameters: [Number]) -> Values {
    var (divergence, largest) = (0.0, 0.0)
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
      // One that is no number leaves the mean none.
      largest = max(largest, Double(results.start[row]))
    }
    let surrogate = estimator.value { row in
      Double(logProbabilities.start[row]) - Double(oldLogProbabilities.start[row])
    }
    return Values(
      surrogate: surrogate, meanDivergence: divergence / estimator.totalWeight(of: 0..<rows),
      maximumDivergence: largest)
  }

  /// Σ w_i (ln π_θ(a_i|s_i) − ln π_old(a_i|s_i)): the gain of the actions' weighted log-likelihood.
  func likelihoodGain(_ parameters: [Number]) -> Double {
    _ = values(parameters)
    return (0..<rows).reduce(0) { sum, row in
      let ratio =
        Double(logProbabilities.start[row]) - Double(oldLogProbabilities.start[row])
      return sum + Double(estimator.rowWeights[row]) * ratio
    }
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

  /// θ_old and a vector like it, each as the network's part and the head's.
  func withOldPolicy(
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

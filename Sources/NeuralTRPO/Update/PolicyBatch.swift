internal import RealModule

/// A policy at work on a batch of observations and actions: surrogate, divergence, and their
/// derivatives in θ.
///
/// With rows i of weight w_i (1/N unless states are weighted) the quantities are
///
///     L(θ) = Σ w_i exp(ln π_θ(a_i|s_i) − ln π_old(a_i|s_i)) A_i        ``surrogate``
///     D(θ) = Σ w_i KL(π_old(·|s_i) ‖ π_θ(·|s_i)) / Σ w_i               ``meanDivergence``
///     F v  = Jᵀ M J v, the Hessian of D at θ_old                       ``fisherProduct``
///
/// Source: Schulman et al. 2015, eq. 12–14 and App. C.1.
public final class PolicyBatch<Number: NetworkNumber> {
  /// The network's widths.
  public let shape: NetworkShape
  /// The distribution over actions.
  public let head: any PolicyHead
  /// The most rows.
  public let capacity: Int
  /// The rows in use.
  public private(set) var rows = 0

  private let network: MultilayerPerceptron<Number>
  private let actions: NetworkBuffer<Number>
  private let oldOutputs: NetworkBuffer<Number>
  private let oldHead: NetworkBuffer<Number>
  private let oldLogProbabilities: NetworkBuffer<Number>
  private let advantages: NetworkBuffer<Number>
  private let weights: NetworkBuffer<Number>
  /// Weights of the rows that a derivative is taken over, and results by row.
  private let rowWeights: NetworkBuffer<Number>
  private let rowResults: NetworkBuffer<Number>
  private let cotangents: NetworkBuffer<Number>
  private var totalWeight = 0.0

  /// A workspace for batches of at most so many rows.
  public init(shape: NetworkShape, head: any PolicyHead, capacity: Int) {
    precondition(
      shape.outputs == head.outputs,
      "a network of \(shape.outputs) outputs for a head of \(head.outputs)")
    self.shape = shape
    self.head = head
    self.capacity = capacity
    network = MultilayerPerceptron(shape, capacity: capacity)
    actions = .init(count: capacity * head.actionWidth)
    oldOutputs = .init(count: capacity * shape.outputs)
    oldHead = .init(count: head.parameterCount)
    oldLogProbabilities = .init(count: capacity)
    advantages = .init(count: capacity)
    weights = .init(count: capacity)
    rowWeights = .init(count: capacity)
    rowResults = .init(count: capacity)
    cotangents = .init(count: MultilayerPerceptron<Number>.blockRows * shape.outputs)
  }

  /// The number of parameters of a policy of this shape.
  public var parameterCount: Int { shape.parameterCount + head.parameterCount }

  /// Takes a batch in, and the policy that made it as π_old.
  ///
  /// - Parameters:
  ///   - observations: Row by row.
  ///   - actions: Row by row.
  ///   - advantages: A by row.
  ///   - weights: w by row; nil for 1/N.
  ///   - parameters: θ_old.
  public func load(
    observations: [Number], actions: [Number], advantages: [Number], weights: [Number]? = nil,
    parameters: [Number]
  ) {
    let rows = advantages.count
    precondition(
      rows > 0 && rows <= capacity && observations.count == rows * shape.inputs
        && actions.count == rows * head.actionWidth && parameters.count == parameterCount
        && weights?.count ?? rows == rows,
      """
      \(rows) rows for \(capacity): \(observations.count) observations of \(shape.inputs), \
      \(actions.count) actions of \(head.actionWidth), \(parameters.count) of \(parameterCount) \
      parameters
      """)
    self.rows = rows
    network.inputs.set(observations)
    self.actions.set(actions)
    self.advantages.set(advantages)
    self.weights.set(weights ?? [Number](repeating: 1 / Number(rows), count: rows))
    totalWeight = (0..<rows).reduce(0) { $0 + Double(self.weights.start[$1]) }
    oldHead.set(Array(parameters[shape.parameterCount...]))
    forward(parameters)
    oldOutputs.start.update(from: network.outputs.start, count: rows * shape.outputs)
    head.logProbabilities(
      of: self.actions.start, old(0..<rows), into: oldLogProbabilities.start)
  }

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
  public func values(_ parameters: [Number]) -> Values {
    forward(parameters)
    var (surrogate, divergence) = (0.0, 0.0)
    withHead(parameters) { psi in
      let new = present(0..<rows, psi)
      head.logProbabilities(of: actions.start, new, into: rowResults.start)
      for row in 0..<rows {
        let logRatio = Double(rowResults.start[row]) - Double(oldLogProbabilities.start[row])
        surrogate +=
          Double(weights.start[row]) * Double.exp(logRatio) * Double(advantages.start[row])
      }
      head.divergences(from: old(0..<rows), to: new, into: rowResults.start)
      for row in 0..<rows {
        divergence += Double(weights.start[row]) * Double(rowResults.start[row])
      }
    }
    return Values(surrogate: surrogate, meanDivergence: divergence / totalWeight)
  }

  /// ∇L at θ_old, where the ratio is 1. Leaves the network at θ_old, as ``fisherProduct`` needs it.
  public func gradient(at parameters: [Number]) -> [Number] {
    var gradient = [Number](repeating: 0, count: parameterCount)
    forward(parameters)
    for row in 0..<rows {
      rowWeights.start[row] = weights.start[row] * advantages.start[row]
    }
    withSplit(parameters, &gradient) { theta, psi, gradient, headGradient in
      for block in MultilayerPerceptron<Number>.blocks(of: rows) {
        head.scores(
          of: actions.start + block.lowerBound * head.actionWidth,
          weights: rowWeights.start + block.lowerBound, present(block, psi),
          into: cotangents.start, addingTo: headGradient)
        network.pullBack(cotangents.start, through: theta, block: block, addingTo: gradient)
      }
    }
    return gradient
  }

  /// F v at θ_old, after ``gradient(at:)``.
  ///
  /// - Parameters:
  ///   - rows: How many rows, from the first, stand for all: the paper takes a tenth.
  public func fisherProduct(
    _ direction: [Number], at parameters: [Number], rows: Int? = nil, into product: inout [Number]
  ) {
    let used = min(rows ?? self.rows, self.rows)
    let total = (0..<used).reduce(0) { $0 + Double(weights.start[$1]) }
    for row in 0..<used { rowWeights.start[row] = weights.start[row] / Number(total) }
    for index in product.indices { product[index] = 0 }
    direction.withUnsafeBufferPointer { direction in
      guard let base = direction.baseAddress else { return }
      let networkPart = UnsafeBufferPointer(rebasing: direction[..<shape.parameterCount])
      withSplit(parameters, &product) { theta, psi, result, headResult in
        for block in MultilayerPerceptron<Number>.blocks(of: used) {
          network.pushForward(networkPart, through: theta, block: block, into: cotangents.start)
          head.applyMetric(
            present(block, psi), weights: rowWeights.start + block.lowerBound,
            tangents: cotangents.start, headTangent: base + shape.parameterCount,
            addingTo: headResult)
          network.pullBack(cotangents.start, through: theta, block: block, addingTo: result)
        }
      }
    }
  }

  private func forward(_ parameters: [Number]) {
    precondition(
      parameters.count == parameterCount, "\(parameters.count) of \(parameterCount) parameters")
    parameters.withUnsafeBufferPointer {
      network.forward(UnsafeBufferPointer(rebasing: $0[..<shape.parameterCount]), rows: rows)
    }
  }

  /// The old distributions of some rows.
  private func old(_ block: Range<Int>) -> HeadBlock<Number> {
    HeadBlock(
      outputs: oldOutputs.start + block.lowerBound * shape.outputs, parameters: oldHead.start,
      rows: block.count)
  }

  /// The distributions of some rows after the last forward pass.
  private func present(
    _ block: Range<Int>, _ psi: UnsafePointer<Number>
  ) -> HeadBlock<Number> {
    HeadBlock(
      outputs: network.outputs.start + block.lowerBound * shape.outputs, parameters: psi,
      rows: block.count)
  }

  private func withHead(_ parameters: [Number], _ body: (UnsafePointer<Number>) -> Void) {
    parameters.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      body(base + shape.parameterCount)
    }
  }

  /// Parameters and a vector like them, each as the network's part and the head's.
  private func withSplit(
    _ parameters: [Number], _ vector: inout [Number],
    _ body: (
      _ theta: UnsafeBufferPointer<Number>, _ psi: UnsafePointer<Number>,
      _ network: UnsafeMutableBufferPointer<Number>, _ head: UnsafeMutablePointer<Number>
    ) -> Void
  ) {
    precondition(
      vector.count == parameterCount, "a vector of \(vector.count) for \(parameterCount)")
    withHead(parameters) { psi in
      vector.withUnsafeMutableBufferPointer { vector in
        guard let base = vector.baseAddress else { return }
        body(
          UnsafeBufferPointer(start: psi - shape.parameterCount, count: shape.parameterCount), psi,
          UnsafeMutableBufferPointer(start: base, count: shape.parameterCount),
          base + shape.parameterCount)
      }
    }
  }
}

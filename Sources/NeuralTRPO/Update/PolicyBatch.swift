/// A policy at work on a batch of observations and actions: surrogate, divergence, and their
/// derivatives in θ.
///
/// With rows i of weight w_i (1/N unless states are weighted) the quantities are
///
///     L(θ) = Σ w_i exp(ln π_θ(a_i|s_i) − ln π_old(a_i|s_i)) A_i        the surrogate
///     D(θ) = Σ w_i KL(π_old(·|s_i) ‖ π_θ(·|s_i)) / Σ w_i               the mean divergence
///     F v  = Jᵀ M J v, the Hessian of D at θ_old                       ``fisherProduct(_:rows:into:)``
///
/// Actions may have been drawn from another distribution than π_old, and in groups of several a state;
/// see ``load(observations:actions:advantages:weights:importance:groupSize:mask:parameters:)``.
///
/// Source: Schulman et al. 2015, eq. 12–16 and App. C.1.
public final class PolicyBatch<Number: NetworkNumber> {
  /// The network's layers.
  public let shape: NetworkShape
  /// The distribution over actions.
  public let head: any PolicyHead
  /// The most rows.
  public let capacity: Int
  /// The rows in use.
  public private(set) var rows = 0
  /// θ_old, the policy that the batch was loaded with.
  public private(set) var oldParameters: [Number] = []

  /// The network at θ_old on the whole batch, and at any other θ on a block of it. Two, so that the
  /// hidden values that derivatives need outlive the line search, and other policies stay in the cache.
  let network: any Network<Number>
  let other: any Network<Number>
  /// Slopes of the outputs for Fisher products, where they pay, and for how many rows they are taken.
  let slopes: OutputSlopes<Number>?
  var slopeRows = 0
  let estimator: SurrogateEstimator<Number>
  let actions: NetworkBuffer<Number>
  /// Whether each output's choice is available; empty where all are.
  private(set) var mask: [Bool] = []
  let oldLogProbabilities: NetworkBuffer<Number>
  /// The head's metric at θ_old.
  let metric: NetworkBuffer<Number>
  /// Results by row, and cotangents of a block's outputs.
  let logProbabilities: NetworkBuffer<Number>
  let results: NetworkBuffer<Number>
  let cotangents: NetworkBuffer<Number>

  /// A workspace for batches of at most so many rows.
  public init(shape: NetworkShape, head: any PolicyHead, capacity: Int) {
    precondition(
      shape.outputs == head.outputs,
      "a network of \(shape.outputs) outputs for a head of \(head.outputs)")
    self.shape = shape
    self.head = head
    self.capacity = capacity
    network = shape.network(capacity: capacity, keepsBytes: true)
    other = shape.network(capacity: min(shape.blockRows, capacity), keepsBytes: true)
    slopes =
      OutputSlopes<Number>.pays(for: shape)
      ? (network as? MultilayerPerceptron<Number>).map { OutputSlopes($0) } : nil
    estimator = SurrogateEstimator(capacity: capacity)
    actions = .init(count: capacity * head.actionWidth)
    oldLogProbabilities = .init(count: capacity)
    metric = .init(count: capacity * head.metricWidth)
    logProbabilities = .init(count: capacity)
    results = .init(count: capacity)
    cotangents = .init(count: shape.blockRows * shape.outputs)
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
  ///   - importance: π_old(a|s)/q(a|s) by row, where the actions were drawn from q; nil for 1.
  ///   - groupSize: K, where each K rows are actions at one state, to be self-normalised: the
  ///     surrogate is Σ_g w_g (Σ r A)/(Σ r) over groups g, with r = π_θ/q and w_g the sum of the
  ///     group's weights. The mean divergence is over rows as ever, hence over groups.
  ///   - mask: Whether each output's choice is available, row by row, for categorical heads; empty if
  ///     all are. The probability of the others is exactly 0, and so is what they add to anything.
  ///   - parameters: θ_old.
  public func load(
    observations: [Number], actions: [Number], advantages: [Number], weights: [Number]? = nil,
    importance: [Number]? = nil, groupSize: Int? = nil, mask: [Bool] = [], parameters: [Number]
  ) {
    load(
      ObservationRows(observations, for: shape), actions: actions, advantages: advantages,
      weights: weights, importance: importance, groupSize: groupSize, mask: mask,
      parameters: parameters)
  }

  /// Takes a batch in as above, its observations as numbers or bytes.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  func load(
    _ observations: ObservationRows<Number>, actions: [Number], advantages: [Number],
    weights: [Number]?, importance: [Number]?, groupSize: Int?, mask: [Bool],
    parameters: [Number]
  ) {
    let rows = advantages.count
    precondition(
      rows > 0 && rows <= capacity && observations.numberCount == rows * shape.inputs
        && actions.count == rows * head.actionWidth && parameters.count == parameterCount,
      """
      \(rows) rows for \(capacity): \(observations.numberCount) observations of \(shape.inputs), \
      \(actions.count) actions of \(head.actionWidth), \(parameters.count) of \(parameterCount) \
      parameters
      """)
    if !mask.isEmpty { ActionMask.check(mask, head, actions: actions, rows: rows) }
    self.rows = rows
    self.mask = mask
    oldParameters = parameters
    slopeRows = 0
    network.inputs.set(0..<rows, of: observations)
    self.actions.set(actions)
    estimator.load(
      advantages: advantages, weights: weights, importance: importance, groupSize: groupSize)
    withOldPolicy { theta, psi in
      network.forward(theta, rows: rows)
      hideUnavailable(network.outputs.start, 0..<rows)
      let policy = old(0..<rows, psi)
      head.logProbabilities(of: self.actions.start, policy, into: oldLogProbabilities.start)
      head.takeMetric(policy, into: metric.start)
    }
  }

  /// Replaces the outputs of choices that some rows do not offer.
  func hideUnavailable(_ outputs: UnsafeMutablePointer<Number>, _ block: Range<Int>) {
    guard !mask.isEmpty else { return }
    mask.withUnsafeBufferPointer { mask in
      guard let start = mask.baseAddress else { return }
      ActionMask.apply(
        start + block.lowerBound * shape.outputs, to: outputs, count: block.count * shape.outputs)
    }
  }

  /// The old distributions of some rows.
  func old(_ block: Range<Int>, _ psi: UnsafePointer<Number>) -> HeadBlock<Number> {
    HeadBlock(
      outputs: network.outputs.start + block.lowerBound * shape.outputs, parameters: psi,
      rows: block.count)
  }

  /// θ_old as the network's part and the head's.
  func withOldPolicy(
    _ body: (_ theta: UnsafeBufferPointer<Number>, _ psi: UnsafePointer<Number>) -> Void
  ) {
    withPolicy(oldParameters, body)
  }

  /// Parameters as the network's part and the head's.
  func withPolicy(
    _ parameters: [Number],
    _ body: (_ theta: UnsafeBufferPointer<Number>, _ psi: UnsafePointer<Number>) -> Void
  ) {
    precondition(
      parameters.count == parameterCount, "\(parameters.count) of \(parameterCount) parameters")
    parameters.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      body(
        UnsafeBufferPointer(rebasing: buffer[..<shape.parameterCount]),
        start + shape.parameterCount)
    }
  }
}

package import MonotoneProbability

/// A value network: a network with one output, fitted to returns.
///
///     minimise mean (V(s_i) − y_i)²   by Adam, in minibatches of a new order each epoch
///
/// The mean is over the minibatch; there is no factor ½. The last minibatch of an epoch has what
/// rows are left. The order is Fisher and Yates's shuffle of the last epoch's, drawn from the stream
/// that `fit` is given; the first is 0, 1, ….
///
/// However many the rows, they pass through one small workspace, so that nothing is allocated for a
/// minibatch and all of it stays in the cache.
///
/// Complexity: 6 · parameters · rows · epochs flops, and 4 · parameters · rows for the record.
package final class Critic<Number: NetworkNumber> {
  /// Layers and parameter layout.
  package let shape: NetworkShape
  /// The network's parameters.
  package private(set) var parameters: [Number]
  /// The optimiser's state.
  package private(set) var adam: Adam<Number>

  private let network: any Network<Number>
  private let cotangents: NetworkBuffer<Number>
  private let gradient: NetworkBuffer<Number>
  private var order: [Int32] = []

  /// A critic that knows nothing.
  ///
  /// - Parameters:
  ///   - shape: Its layers.
  ///   - initialisation: Where its parameters begin.
  ///   - stream: What they are drawn from.
  package convenience init(
    _ shape: NetworkShape,
    _ initialisation: NetworkInitialisation = .orthogonal(outputGain: 1),
    stream: inout RandomStream
  ) {
    let parameters = initialisation.parameters(of: shape, as: Number.self, stream: &stream)
    self.init(
      shape: shape, parameters: parameters, adam: Adam(parameterCount: shape.parameterCount))
  }

  /// A critic that was saved.
  package init(shape: NetworkShape, parameters: [Number], adam: Adam<Number>) {
    precondition(shape.outputs == 1, "a critic of \(shape.outputs) outputs")
    self.shape = shape
    self.parameters = parameters
    self.adam = adam
    network = shape.network(capacity: shape.blockRows, keepsBytes: true)
    cotangents = .init(count: shape.blockRows)
    gradient = .init(count: shape.parameterCount)
    checkState()
  }

  /// Goes back to a state that was saved.
  package func restore(parameters: [Number], adam: Adam<Number>) {
    (self.parameters, self.adam) = (parameters, adam)
    checkState()
  }

  /// V of each row of observations.
  package func values(_ observations: ObservationRows<Number>) -> [Number] {
    let rows = observations.numberCount / shape.inputs
    precondition(
      observations.numberCount == rows * shape.inputs,
      "\(observations.numberCount) numbers are no rows of \(shape.inputs)")
    return [Number](unsafeUninitializedCapacity: rows) { values, count in
      parameters.withUnsafeBufferPointer { theta in
        guard let target = values.baseAddress else { return }
        for block in shape.blocks(of: rows) {
          network.inputs.set(block, of: observations)
          network.forward(theta, rows: block.count)
          (target + block.lowerBound).initialize(
            from: network.outputs.start, count: block.count)
        }
      }
      count = rows
    }
  }

  /// V of each row of observations.
  package func values(_ observations: [Number]) -> [Number] {
    values(ObservationRows(observations, for: shape))
  }

  /// Fits the values of observations to targets.
  ///
  /// - Parameters:
  ///   - observations: Row by row.
  ///   - targets: y by row.
  ///   - configuration: Epochs, minibatches, Adam; the widths are those the critic has.
  ///   - stream: What the order of rows is drawn from.
  package func fit(
    observations: ObservationRows<Number>, targets: [Number],
    _ configuration: CriticConfiguration, stream: inout RandomStream
  ) -> CriticRecord {
    let rows = targets.count
    precondition(
      rows > 0 && observations.numberCount == rows * shape.inputs,
      "\(rows) targets for \(observations.numberCount) numbers in rows of \(shape.inputs)")
    let before = Fit(values(observations), targets)
    order.removeAll(keepingCapacity: true)
    order.append(contentsOf: 0..<Int32(rows))
    targets.withUnsafeBufferPointer { targets in
      guard let y = targets.baseAddress else { return }
      for _ in 0..<configuration.epochs {
        if configuration.minibatch != nil { stream.shuffle(&order) }
        let size = configuration.minibatch ?? rows
        for start in stride(from: 0, to: rows, by: size) {
          step(start..<min(start + size, rows), observations, y, configuration.adam)
        }
      }
    }
    let after = Fit(values(observations), targets)
    return CriticRecord(
      lossBefore: before.loss, lossAfter: after.loss,
      explainedVarianceBefore: before.explainedVariance,
      explainedVarianceAfter: after.explainedVariance)
  }

  /// Fits the values of observations to targets; observations row by row.
  package func fit(
    observations: [Number], targets: [Number], _ configuration: CriticConfiguration,
    stream: inout RandomStream
  ) -> CriticRecord {
    fit(
      observations: ObservationRows(observations, for: shape), targets: targets, configuration,
      stream: &stream)
  }

  /// A step of the optimiser on a minibatch, given as places in the order.
  private func step(
    _ minibatch: Range<Int>, _ observations: ObservationRows<Number>,
    _ targets: UnsafePointer<Number>, _ configuration: AdamConfiguration
  ) {
    gradient.clear()
    let sums = UnsafeMutableBufferPointer(start: gradient.start, count: gradient.count)
    let scale = 2 / Number(minibatch.count)
    parameters.withUnsafeMutableBufferPointer { parameters in
      let theta = UnsafeBufferPointer(parameters)
      order.withUnsafeBufferPointer { order in
        guard let order = order.baseAddress else { return }
        for start in stride(
          from: minibatch.lowerBound, to: minibatch.upperBound, by: network.capacity)
        {
          let count = min(network.capacity, minibatch.upperBound - start)
          network.inputs.gather(order + start, count: count, of: observations)
          network.forward(theta, rows: count)
          Number.scaledErrors(
            network.outputs.start, order + start, of: targets, scale: scale, count: count,
            into: cotangents.start)
          network.pullBack(
            cotangents.start, through: theta, block: 0..<count, addingTo: sums)
        }
      }
      adam.step(parameters, gradient: UnsafeBufferPointer(sums), configuration)
    }
  }

  private func checkState() {
    precondition(
      parameters.count == shape.parameterCount && adam.firstMoment.count == shape.parameterCount,
      """
      \(parameters.count) parameters and \(adam.firstMoment.count) moments for a critic of \
      \(shape.parameterCount)
      """)
  }
}

extension Critic {
  /// How well values fit targets.
  private struct Fit {
    let loss: Double
    let explainedVariance: Double

    init(_ values: [Number], _ targets: [Number]) {
      let targets = Number.doubles(targets)
      let errors = zip(Number.doubles(values), targets).map { $0 - $1 }
      let count = Double(targets.count)
      func variance(_ numbers: [Double]) -> Double {
        let mean = numbers.reduce(0, +) / count
        return numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      }
      loss = errors.reduce(0) { $0 + $1 * $1 } / count
      let spread = variance(targets)
      explainedVariance = spread > 0 ? 1 - variance(errors) / spread : .nan
    }
  }
}

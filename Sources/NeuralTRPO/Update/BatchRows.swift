package import MonotoneProbability

/// The rows of an update, in any order.
package struct BatchRows<Number: NetworkNumber>: Sendable {
  /// Row by row.
  package var observations: ObservationRows<Number>
  /// Row by row.
  package var actions: [Number]
  /// Row by row; empty if all choices are always available.
  package var masks: [Bool]
  /// Â by row.
  package var advantages: [Number]
  /// w by row.
  package var weights: [Number]
  /// π_old/q by row; nil where all of it is 1.
  package var importance: [Number]?
  /// How many rows stay together; nil for one.
  package var groupSize: Int?
  /// The trajectory of each row; empty where nobody asks.
  package var clusters: [Int32]

  package init(
    observations: ObservationRows<Number>, actions: [Number], masks: [Bool],
    advantages: [Number],
    weights: [Number], importance: [Number]? = nil, groupSize: Int? = nil,
    clusters: [Int32] = []
  ) {
    self.observations = observations
    self.actions = actions
    self.masks = masks
    self.advantages = advantages
    self.weights = weights
    self.importance = importance
    self.groupSize = groupSize
    self.clusters = clusters
  }

  /// Brings the groups of rows into a random order, each order as likely.
  package mutating func shuffle(_ stream: inout RandomStream) {
    guard groups > 1 else { return }
    var order = Array(0..<groups)
    stream.shuffle(&order)
    arrange(order)
  }

  /// How many groups of rows stay together.
  var groups: Int { advantages.count / (groupSize ?? 1) }

  /// Brings the groups of rows into an order.
  mutating func arrange(_ order: [Int]) {
    observations.arrange(order, rowsOfGroup: groupSize ?? 1)
    actions = Self.gather(actions, order)
    masks = Self.gather(masks, order)
    advantages = Self.gather(advantages, order)
    weights = Self.gather(weights, order)
    importance = importance.map { Self.gather($0, order) }
    clusters = Self.gather(clusters, order)
  }

  private static func gather<T>(_ values: [T], _ order: [Int]) -> [T] {
    let width = values.count / order.count
    guard width > 0 else { return values }
    var gathered: [T] = []
    gathered.reserveCapacity(values.count)
    for row in order { gathered += values[row * width..<(row + 1) * width] }
    return gathered
  }
}

extension PolicyBatch {
  /// Takes in rows, and the policy that made them.
  ///
  /// - Parameter parameters: θ_old.
  package func load(_ rows: BatchRows<Number>, _ parameters: [Number]) {
    load(
      rows.observations, actions: rows.actions, advantages: rows.advantages,
      weights: rows.weights, importance: rows.importance, groupSize: rows.groupSize,
      mask: rows.masks, parameters: parameters)
  }
}

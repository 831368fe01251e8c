internal import Distributions

/// The rows of an update, in any order.
struct BatchRows<Number: NetworkNumber> {
  var observations: [Number]
  var actions: [Number]
  var masks: [Bool]
  var advantages: [Number]
  var weights: [Number]
  /// nil where all of it is 1.
  var importance: [Number]?
  /// How many rows stay together; nil for one.
  var groupSize: Int?

  /// Brings the groups of rows into a random order, each order as likely.
  mutating func shuffle(_ stream: inout RandomStream) {
    let groups = advantages.count / (groupSize ?? 1)
    guard groups > 1 else { return }
    var order = Array(0..<groups)
    stream.shuffle(&order)
    observations = Self.gather(observations, order)
    actions = Self.gather(actions, order)
    masks = Self.gather(masks, order)
    advantages = Self.gather(advantages, order)
    weights = Self.gather(weights, order)
    importance = importance.map { Self.gather($0, order) }
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

internal import Distributions

/// The rows of an update, in any order.
struct BatchRows<Number: NetworkNumber> {
  var observations: [Number]
  var actions: [Number]
  var masks: [Bool]
  var advantages: [Number]
  var weights: [Number]

  /// Brings the rows into a random order, each order as likely.
  mutating func shuffle(_ stream: inout RandomStream) {
    let rows = advantages.count
    guard rows > 1 else { return }
    var order = Array(0..<rows)
    for last in stride(from: rows - 1, to: 0, by: -1) {
      order.swapAt(last, stream.integer(below: last + 1))
    }
    observations = Self.gather(observations, order)
    actions = Self.gather(actions, order)
    masks = Self.gather(masks, order)
    advantages = Self.gather(advantages, order)
    weights = Self.gather(weights, order)
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

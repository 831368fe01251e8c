import ArgumentParser

/// Holds options to their ranges, in one way and with one message.
enum OptionRange {
  /// Refuses a value outside a range; NaN is outside of all.
  static func require<Value: Comparable>(
    _ option: String, _ value: Value?, in range: ClosedRange<Value>
  ) throws {
    guard let value, !range.contains(value) else { return }
    throw ValidationError(
      "\(option) must lie in \(range.lowerBound) … \(range.upperBound), not \(value)")
  }

  /// Counts of what takes time, but for each of which there is always room.
  static let counts = 1...1_000_000_000_000
  /// Threads.
  static let threads = 1...1024
  /// Seconds to wait: from a millisecond to thirty years.
  static let seconds = 0.001...1_000_000_000.0
}

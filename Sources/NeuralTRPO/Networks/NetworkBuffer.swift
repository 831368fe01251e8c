/// Numbers at a fixed address, freed with their owner: what BLAS writes into.
final class NetworkBuffer<Number: NetworkNumber> {
  let start: UnsafeMutablePointer<Number>
  let count: Int

  /// `count` zeros.
  init(count: Int) {
    self.count = count
    start = .allocate(capacity: max(count, 1))
    start.initialize(repeating: 0, count: max(count, 1))
  }

  /// Copies numbers to the beginning.
  func set(_ values: [Number]) {
    precondition(values.count <= count, "\(values.count) numbers for \(count)")
    values.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { start.update(from: base, count: source.count) }
    }
  }

  /// Makes every number 0, as bytes: the numbers' own assignment is a call for each of them where
  /// their type is not known.
  func clear() {
    UnsafeMutableRawPointer(start).initializeMemory(
      as: UInt8.self, repeating: 0, count: count * MemoryLayout<Number>.stride)
  }

  deinit {
    start.deinitialize(count: max(count, 1))
    start.deallocate()
  }
}

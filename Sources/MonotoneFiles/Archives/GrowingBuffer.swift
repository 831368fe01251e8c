/// Bytes that arrive piece by piece, up to a limit.
struct GrowingBuffer: ~Copyable {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0
  let limit: Int
  private var isOwned = true

  init(limit: Int) {
    self.limit = limit
    capacity = min(limit, 1 << 16) + 1
    base = InputBytes.allocate(capacity + InputBytes.padding)
  }

  deinit { if isOwned { InputBytes.release(base) } }

  /// The room behind the bytes: at least one byte, as long as the limit is not passed.
  mutating func withRoom<T>(_ body: (UnsafeMutablePointer<UInt8>, Int) -> (T, written: Int)) -> T {
    if count == capacity {
      capacity = min(2 * capacity, limit + 1)
      base = InputBytes.grow(base, to: capacity + InputBytes.padding)
    }
    let (result, written) = body(base + count, capacity - count)
    count += written
    return result
  }

  /// Whether more arrived than may.
  var isBeyondLimit: Bool { count > limit }

  /// Hands over the bytes.
  consuming func finish(name: String) -> InputBytes {
    isOwned = false
    return InputBytes(name: name, owning: base, count: count)
  }
}

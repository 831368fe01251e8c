internal import CMonotone
internal import Synchronization

/// The memory that a reply in C points into: its arrays, and the text that is written on first use.
///
/// Errors are replies, so that nothing is thrown over the border.
final class ReplyOwner: @unchecked Sendable {
  // Sendable: the text is written under `lock`, everything else before the reply is handed out.
  private var json: (() throws -> String)?
  private var text: UnsafeMutableBufferPointer<CChar>?
  private let elements: UnsafeMutableRawPointer
  private let arrays: UnsafeMutablePointer<monotone_array>
  private let lock = Mutex<Void>(())

  /// The reply of a call.
  static func reply(to call: () throws -> Reply) -> UnsafeMutablePointer<monotone_reply> {
    do { return make(try call(), status: Int32(MONOTONE_OK)) } catch {
      let failure = CallFailure(any: error)
      return make(Reply { failure.json }, status: failure.kind.rawValue)
    }
  }

  private static func make(
    _ reply: Reply, status: Int32
  ) -> UnsafeMutablePointer<monotone_reply> {
    let owner = ReplyOwner(reply)
    let pointer = UnsafeMutablePointer<monotone_reply>.allocate(capacity: 1)
    pointer.initialize(
      to: monotone_reply(
        status: status, array_count: Int32(reply.arrays.count), arrays: owner.arrays,
        handle: reply.handle, owner: Unmanaged.passRetained(owner).toOpaque()))
    return pointer
  }

  private init(_ reply: Reply) {
    json = reply.json
    let size = reply.arrays.reduce(0) { $0 + $1.elements.paddedSize }
    elements = .allocate(byteCount: max(size, 8), alignment: 8)
    arrays = .allocate(capacity: max(reply.arrays.count, 1))
    var place = elements
    for (index, array) in reply.arrays.enumerated() {
      array.elements.write(to: place)
      var lengths = array.shape.map { Int64($0) }
      lengths += [Int64](repeating: 0, count: 4 - lengths.count)
      (arrays + index).initialize(
        to: monotone_array(
          data: UnsafeRawPointer(place), type: array.elements.type, rank: Int32(array.shape.count),
          shape: (lengths[0], lengths[1], lengths[2], lengths[3]),
          name: UnsafeRawPointer(array.name.utf8Start).assumingMemoryBound(to: CChar.self)))
      place += array.elements.paddedSize
    }
  }

  deinit {
    elements.deallocate()
    arrays.deallocate()
    text?.deallocate()
  }

  /// The document, ending in a zero byte.
  func document() -> UnsafeBufferPointer<CChar> {
    lock.withLock { _ in
      if let text { return UnsafeBufferPointer(text) }
      let written: String
      do { written = try json?() ?? "{}" } catch { written = CallFailure(any: error).json }
      json = nil
      let utf8 = written.utf8
      let buffer = UnsafeMutableBufferPointer<CChar>.allocate(capacity: utf8.count + 1)
      for (place, byte) in zip(buffer.indices, utf8) { buffer[place] = CChar(bitPattern: byte) }
      buffer[utf8.count] = 0
      text = buffer
      return UnsafeBufferPointer(buffer)
    }
  }
}

extension Reply.Output.Elements {
  fileprivate var type: Int32 {
    switch self {
    case .float64: Int32(MONOTONE_FLOAT64)
    case .int32: Int32(MONOTONE_INT32)
    case .int8: Int32(MONOTONE_INT8)
    }
  }

  private func withBytes<T>(_ body: (UnsafeRawBufferPointer) -> T) -> T {
    switch self {
    case .float64(let values): values.withUnsafeBytes(body)
    case .int32(let values): values.withUnsafeBytes(body)
    case .int8(let values): values.withUnsafeBytes(body)
    }
  }

  /// The bytes that the elements take, so that the next array is aligned.
  fileprivate var paddedSize: Int { withBytes { ($0.count + 7) / 8 * 8 } }

  fileprivate func write(to place: UnsafeMutableRawPointer) {
    withBytes { bytes in
      if let start = bytes.baseAddress { place.copyMemory(from: start, byteCount: bytes.count) }
    }
  }
}

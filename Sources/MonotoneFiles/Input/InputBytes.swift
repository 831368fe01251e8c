/// The bytes of a file or of standard input, and the name that messages give them.
///
/// One owned buffer, read once and never copied, or a file that is mapped into memory and read where
/// it is looked at; readers walk it by pointer. Behind the last byte
/// stand ``padding`` zero bytes: no text contains a zero byte, so a scanner that meets one knows
/// that it is lost or done, and may load a word at a time without looking for the end.
public final class InputBytes: @unchecked Sendable {
  // Sendable: the buffer is written before `init` returns and never again, and a mapping is read only.

  /// The path, or `standard input`.
  public let name: String
  /// How many bytes there are.
  public let count: Int

  package let base: UnsafePointer<UInt8>

  /// Whose memory it is.
  private enum Memory {
    case allocated
    /// So many bytes, padding included.
    case mapped(Int)
    case part(of: InputBytes)
  }

  private let memory: Memory

  package static let padding = 16

  /// Takes over a buffer from `malloc` with `padding` bytes of room behind `count`.
  package init(name: String, owning buffer: UnsafeMutablePointer<UInt8>, count: Int) {
    self.name = name
    self.count = count
    memory = .allocated
    (buffer + count).initialize(repeating: 0, count: Self.padding)
    base = UnsafePointer(buffer)
  }

  /// Takes over a mapping, `padding` zeros behind `count` included.
  init(name: String, mapped base: UnsafePointer<UInt8>, of mappedCount: Int, count: Int) {
    self.name = name
    self.count = count
    memory = .mapped(mappedCount)
    self.base = base
  }

  /// Some bytes of a file where they are, for readers that look at no padding: the rest of the file stands there.
  package init(_ range: Range<Int>, of whole: InputBytes, name: String) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= whole.count, "bytes \(range) of \(whole.count)")
    self.name = name
    count = range.count
    memory = .part(of: whole)
    base = whole.base + range.lowerBound
  }

  /// Bytes that are in memory already.
  public convenience init(_ bytes: some Collection<UInt8>, name: String) {
    let buffer = Self.allocate(bytes.count + Self.padding)
    _ = UnsafeMutableBufferPointer(start: buffer, count: bytes.count).initialize(from: bytes)
    self.init(name: name, owning: buffer, count: bytes.count)
  }

  /// A text that is in memory already.
  public convenience init(_ text: String, name: String) { self.init(text.utf8, name: name) }

  deinit {
    let start = UnsafeMutablePointer(mutating: base)
    switch memory {
    case .allocated: Self.release(start)
    case .mapped(let count): Self.unmap(start, count)
    case .part: break
    }
  }

  /// Whether there is nothing but white space.
  public var isBlank: Bool { buffer.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } }

  /// A copy of the bytes.
  public var bytes: [UInt8] { Array(buffer) }

  /// All bytes, without the padding.
  package var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }
}

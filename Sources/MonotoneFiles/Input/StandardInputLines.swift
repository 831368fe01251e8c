#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The lines of standard input, as they come.
package struct StandardInputLines {
  private var buffer: [UInt8] = []
  /// Where the next line starts, and up to where no newline was found.
  private var (start, scanned) = (0, 0)
  private var hasEnded = false
  private var number = 0
  private let longestLine: Int

  /// - Parameter longestLine: The bytes that a line may have; by default a gibibyte, a policy of some ten million
  ///   state-action pairs. What has no newline would fill the memory otherwise.
  /// - Throws: ``UnreadableInput`` where standard input is closed, or open for writing only.
  package init(longestLine: Int = 1 << 30) throws(UnreadableInput) {
    self.longestLine = longestLine
    let flags = fcntl(STDIN_FILENO, F_GETFL)
    guard flags >= 0, flags & O_ACCMODE != O_WRONLY else {
      throw UnreadableInput(file: Self.name, code: EBADF)
    }
  }

  private static let name = "standard input"
  private static let chunk = 1 << 16

  /// The next line without its newline, named by its number; nil at the end.
  ///
  /// - Throws: ``UnreadableInput``.
  package mutating func next() throws(UnreadableInput) -> InputBytes? {
    while true {
      if let end = buffer[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
        return line(upTo: end, next: end + 1)
      }
      scanned = buffer.count
      guard scanned - start <= longestLine else {
        throw UnreadableInput(
          file: "\(Self.name), line \(number + 1)",
          reason: """
            longer than \(longestLine >> 20) MiB; a line is one JSON object, and ends in a newline
            """)
      }
      if hasEnded {
        return start < buffer.count ? line(upTo: buffer.count, next: buffer.count) : nil
      }
      try fill()
    }
  }

  private mutating func line(upTo end: Int, next: Int) -> InputBytes {
    number += 1
    let line = InputBytes(buffer[start..<end], name: "\(Self.name), line \(number)")
    (start, scanned) = (next, next)
    return line
  }

  private mutating func fill() throws(UnreadableInput) {
    buffer.removeFirst(start)
    (start, scanned) = (0, buffer.count)
    var (received, code) = (0, Int32(0))
    buffer += [UInt8](unsafeUninitializedCapacity: Self.chunk) { target, count in
      received = InputBytes.retrying { read(STDIN_FILENO, target.baseAddress, target.count) }
      code = errno
      count = max(received, 0)
    }
    guard received >= 0 else { throw UnreadableInput(file: Self.name, code: code) }
    hasEnded = received == 0
  }
}

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// An output that cannot be written: exit status 73, or 141 where its reader has gone.
public struct UnwritableOutput: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file, folder or stream.
  public let path: String
  /// Why not.
  public let reason: String
  /// Whether it is a pipe that nobody reads any more.
  public let isReaderGone: Bool

  /// The failure to write a file.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
    isReaderGone = false
  }

  /// The failure of a system call.
  ///
  /// - Parameter code: its `errno`; by default that of the last call.
  package init(systemErrorAt path: String, code: Int32 = errno) {
    self.path = path
    reason =
      switch code {
      case ENOENT: "its folder does not exist"
      case EFBIG: "the file would be larger than this process may write"
      case EBADF: "it is closed"
      default: String(cString: strerror(code))
      }
    isReaderGone = code == EPIPE
  }

  /// The problem, as a sentence for the user.
  public var message: String { "\(path) cannot be written: \(reason)" }

  public var description: String { message }
}

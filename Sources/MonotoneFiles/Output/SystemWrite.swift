#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Writing to a descriptor: the one place where it is done.
package enum SystemWrite {
  /// Writes every byte.
  ///
  /// - Returns: 0, or the `errno` of the failure; some bytes may then be written.
  package static func all(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
    var rest = bytes[...]
    while let start = rest.isEmpty ? nil : UnsafeRawBufferPointer(rebasing: rest).baseAddress {
      let written = write(descriptor, start, rest.count)
      if written >= 0 {
        rest = rest.dropFirst(written)
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        // Somebody else made it non-blocking: wait until it takes more.
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&ready, 1, -1)
      default: return errno
      }
    }
    return 0
  }

  /// Writes every byte.
  ///
  /// - Parameter path: What the descriptor is called, in errors.
  package static func all(
    _ bytes: [UInt8], to descriptor: Int32, named path: String
  ) throws(UnwritableOutput) {
    let code = bytes.withUnsafeBytes { all($0, to: descriptor) }
    guard code == 0 else { throw UnwritableOutput(systemErrorAt: path, code: code) }
  }
}

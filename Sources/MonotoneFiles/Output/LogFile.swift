#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A file that is written while others read it: not whole until its end, unlike ``AtomicFile``.
package final class LogFile: Sendable {
  private let path: String
  private let descriptor: Int32

  /// Opens a file, emptied where it is a regular one.
  package init(_ path: String) throws(UnwritableOutput) {
    self.path = path
    descriptor = try OutputDestination(path).open()
    guard descriptor >= 0 else { throw UnwritableOutput(systemErrorAt: path) }
  }

  /// Writes bytes at the end.
  package func write(_ bytes: [UInt8]) throws(UnwritableOutput) {
    try SystemWrite.all(bytes, to: descriptor, named: path)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}

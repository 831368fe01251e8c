#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A file without a name, for what goes to and comes from another program: whatever ends the process,
/// nothing is left.
package final class UnnamedFile {
  /// Open for reading and writing.
  package let descriptor: Int32

  /// Makes one that holds bytes, to be read from its beginning.
  package init(_ bytes: [UInt8] = []) throws(UnwritableOutput) {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let file = try TemporaryFile(in: folder, reportedAs: folder)
    defer { file.remove() }
    descriptor = open(file.path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw UnwritableOutput(systemErrorAt: folder) }
    try SystemWrite.all(bytes, to: descriptor, named: folder)
    lseek(descriptor, 0, SEEK_SET)
  }

  /// All that it holds now.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = pread(descriptor, &chunk, chunk.count, off_t(bytes.count))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}

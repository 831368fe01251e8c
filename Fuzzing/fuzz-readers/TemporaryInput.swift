import CFuzzer
import Glibc

/// Bytes as a file, for readers that take a path; the file lives in memory, and as long as this does.
final class TemporaryInput {
  private let descriptor: Int32

  init(_ bytes: [UInt8]) {
    descriptor = fuzzer_memory_file()
    precondition(descriptor >= 0, "no file in memory")
    let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    precondition(written == bytes.count, "no room for \(bytes.count) bytes")
  }

  deinit { close(descriptor) }

  /// Where it is found.
  var path: String { "/proc/self/fd/\(descriptor)" }
}

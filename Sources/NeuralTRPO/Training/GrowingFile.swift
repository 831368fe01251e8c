internal import Foundation

/// A file that is written at its end, and that a resumed run takes back to a length it once had.
///
/// What a run wrote after its last checkpoint goes away with that, so that a run which goes on leaves
/// the same bytes as one that was never stopped.
final class GrowingFile {
  /// Where it is.
  let path: String
  /// How many bytes it has.
  private(set) var length: Int
  private let descriptor: Int32

  /// Opens a file at a length; at 0 it is made if it is not there.
  ///
  /// - Throws: ``UnwritableFile``, also if the file is shorter.
  init(path: String, length: Int) throws(UnwritableFile) {
    precondition(length >= 0, "a file of \(length) bytes")
    self.path = path
    self.length = length
    // No O_APPEND: the end is wherever the truncation below puts it.
    descriptor = open(path, O_WRONLY | O_CLOEXEC | (length == 0 ? O_CREAT : 0), 0o666)
    guard descriptor >= 0 else { throw UnwritableFile(path: path) }
    // From here on `deinit` closes it.
    let present = lseek(descriptor, 0, SEEK_END)
    guard present >= length else {
      throw UnwritableFile(
        path: path, reason: "it has \(present) bytes where the run that goes on had \(length)")
    }
    guard ftruncate(descriptor, off_t(length)) == 0,
      lseek(descriptor, off_t(length), SEEK_SET) == length
    else { throw UnwritableFile(path: path) }
  }

  /// Writes bytes at the end.
  func write(_ bytes: [UInt8]) throws(UnwritableFile) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        throw UnwritableFile(path: path)
      }
      rest = rest.dropFirst(written)
      length += written
    }
  }

  /// Waits until everything written is on the disk.
  func synchronize() throws(UnwritableFile) {
    guard fsync(descriptor) == 0 else { throw UnwritableFile(path: path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}

/// A file of a training run that cannot be written.
public struct UnwritableFile: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// Why not.
  public let reason: String

  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// The failure of the last system call.
  init(path: String) {
    self.init(path: path, reason: String(cString: strerror(errno)))
  }

  /// What is wrong.
  public var description: String { "\(path) cannot be written: \(reason)" }
}

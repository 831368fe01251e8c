#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A file that is written at its end, and that a resumed run takes back to a length it once had.
///
/// Lines written after the last checkpoint are dropped when a run is resumed, so that a resumed run leaves
/// the same bytes as one that was never stopped.
package final class GrowingFile {
  /// Where it is.
  package let path: String
  /// How many bytes it has.
  package private(set) var length: Int
  private let descriptor: Int32

  /// Opens a file at a length; at 0 it is made if it is not there.
  ///
  /// - Throws: ``UnwritableOutput``, also if the file is shorter.
  package init(path: String, length: Int) throws(UnwritableOutput) {
    precondition(length >= 0, "a file of \(length) bytes")
    self.path = path
    self.length = length
    // No O_APPEND: the end is wherever the truncation below puts it.
    descriptor = open(path, O_WRONLY | O_CLOEXEC | (length == 0 ? O_CREAT : 0), 0o666)
    guard descriptor >= 0 else {
      throw length > 0 && errno == ENOENT
        ? UnwritableOutput(path: path, reason: "the resumed run had it, and it is missing")
        : UnwritableOutput(systemErrorAt: path)
    }
    // From here on `deinit` closes it.
    let present = lseek(descriptor, 0, SEEK_END)
    guard present >= length else {
      throw UnwritableOutput(
        path: path, reason: "it has \(present) bytes where the resumed run had \(length)")
    }
    guard ftruncate(descriptor, off_t(length)) == 0,
      lseek(descriptor, off_t(length), SEEK_SET) == length
    else { throw UnwritableOutput(systemErrorAt: path) }
  }

  /// Writes bytes at the end: all, or none.
  package func write(_ bytes: [UInt8]) throws(UnwritableOutput) {
    do throws(UnwritableOutput) {
      try SystemWrite.all(bytes, to: descriptor, named: path)
    } catch {
      // Half a row would be read as a whole one.
      ftruncate(descriptor, off_t(length))
      lseek(descriptor, off_t(length), SEEK_SET)
      throw error
    }
    length += bytes.count
  }

  /// Waits until everything written is on the disk.
  package func synchronize() throws(UnwritableOutput) {
    guard fsync(descriptor) == 0 else { throw UnwritableOutput(systemErrorAt: path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}

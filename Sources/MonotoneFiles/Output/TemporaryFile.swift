#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Synchronization

/// A file with a temporary name, made empty, that goes away if the process is told to end.
package struct TemporaryFile {
  /// Where it is.
  package let path: String
  /// Its descriptor, open for writing until it is closed.
  let descriptor: Int32
  private let slot: TemporaryFiles.Slot

  private static let count = Atomic<Int>(0)
  private static let beginning = ".monotone-"
  private static let ending = ".tmp"

  /// Makes one in a folder.
  ///
  /// - Parameter target: The output that it is for, in errors.
  package init(in folder: String, reportedAs target: String) throws(UnwritableOutput) {
    while true {
      let number = Self.count.add(1, ordering: .relaxed).newValue
      let path = "\(folder)/\(Self.beginning)\(getpid())-\(number)\(Self.ending)"
      let slot = TemporaryFiles.slot(for: path)
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 {
        self.path = path
        self.slot = slot
        self.descriptor = descriptor
        return
      }
      let code = errno
      slot.free()
      // A process of the same number may have been killed here.
      guard code == EEXIST else { throw UnwritableOutput(systemErrorAt: target, code: code) }
    }
  }

  /// Writes bytes and waits until they are on the disk.
  package func write(_ bytes: [UInt8], reportedAs target: String) throws(UnwritableOutput) {
    try SystemWrite.all(bytes, to: descriptor, named: target)
    guard fsync(descriptor) == 0 else { throw UnwritableOutput(systemErrorAt: target) }
  }

  /// Gives the file its name, and the permissions of the one that it replaces.
  func rename(to target: String, reportedAs path: String) throws(UnwritableOutput) {
    var status = stat()
    if stat(target, &status) == 0 { fchmod(descriptor, status.st_mode & 0o7777) }
    #if canImport(Glibc)
      let code = Glibc.rename(self.path, target)
    #else
      let code = Darwin.rename(self.path, target)
    #endif
    guard code == 0 else { throw UnwritableOutput(systemErrorAt: path) }
    close(descriptor)
    slot.free()
  }

  /// Removes the file.
  package func remove() {
    close(descriptor)
    unlink(path)
    slot.free()
  }

  /// Removes what processes that were killed left in a folder that no other process writes into.
  package static func removeLeftovers(in folder: String) {
    for name in FileSystem.names(in: folder)
    where name.hasPrefix(beginning) && name.hasSuffix(ending) {
      unlink("\(folder)/\(name)")
    }
  }
}
